"""Settings every node shares. Loads without any environment; places come from ``LIANDONG_HOME``."""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from liandong.config.settings.database import databases
from liandong.config.settings.identity import identity_provider
from liandong.config.settings.secrets import secret_key

PACKAGE = Path(__file__).parents[2]
LIANDONG_HOME = Path(os.environ["LIANDONG_HOME"]) if "LIANDONG_HOME" in os.environ else None
LIVE_PORT = int(os.environ.get("LIANDONG_LIVE_PORT", "8001"))

SECRET_KEY = secret_key(LIANDONG_HOME)
DEBUG = False
ALLOWED_HOSTS = os.environ.get("LIANDONG_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
SECURE = os.environ.get("LIANDONG_HTTPS") == "1"
# The certificate that this very process group was started with.
CERTIFICATE = os.environ.get("LIANDONG_CERTIFICATE", "")
# What others on the network call the node, and where plain HTTP shows how to trust it (0: nowhere).
ADDRESS = os.environ.get("LIANDONG_ADDRESS", "")
HTTP_PORT = int(os.environ.get("LIANDONG_HTTP_PORT", "0"))
# The live stream is this host at a port of its own; a page may connect to nothing else.
LIVE_ORIGINS = [
    f"{'https' if SECURE else 'http'}://{host}:{LIVE_PORT}"
    for host in ALLOWED_HOSTS
    if host[0] != "["
]

JOURNAL_ALGORITHM = os.environ.get("LIANDONG_DIGEST", "sha256")

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]  # each calls itself by its own name
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "servestatic",
    "liandong.kernel.apps.KernelConfig",
    "liandong.web.apps.WebConfig",
    "liandong.organization.apps.OrganizationConfig",
    "liandong.messaging.apps.MessagingConfig",
    "liandong.sharing.apps.SharingConfig",
    "liandong.monitoring.apps.MonitoringConfig",
    "liandong.plans.apps.PlansConfig",
    "liandong.command.apps.CommandConfig",
    "liandong.evaluation.apps.EvaluationConfig",
    "liandong.config.apps.ConfigConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "liandong.web.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "liandong.config.middleware.ActorMiddleware",
    "liandong.web.middleware.ProblemMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "liandong.config.urls"
WSGI_APPLICATION = "liandong.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Ours before allauth's of the same name.
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "liandong.web.context.chrome",
            ]
        },
    }
]

DATABASES = databases(LIANDONG_HOME)
# Rate limits, code replay and lock-outs rest on this cache: one for all processes.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kernel_cache",
    }
}

AUTH_USER_MODEL = "organization.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"liandong.config.passwords.{name}", "OPTIONS": options}
    for name, options in [
        ("NotOneself", {}),
        ("LongEnough", {"min_length": 10}),
        ("NotCommon", {}),
        ("NotDigitsOnly", {}),
    ]
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "liandong.config.accounts.AccountAdapter"
MFA_ADAPTER = "liandong.config.accounts.MFAAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
# An office shares one address and changes shift at one hour; guessing is axes' business.
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "60/m/ip"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "联动"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
# An office shares one address: lock the account as tried from there, not the office.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "account/lockout.html"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_IPWARE_PROXY_COUNT = 0

# The county's own identity provider; None: user names and passwords only.
IDENTITY_PROVIDER = identity_provider(os.environ)

SESSION_COOKIE_AGE = 12 * 3600
# Untouched for so long, a shared machine no longer takes its operator for present.
# After so many days without a test call a number counts as not verified.
CONTACT_DAYS = int(os.environ.get("LIANDONG_CONTACT_DAYS", "90"))
DESK_IDLE_MINUTES = int(os.environ.get("LIANDONG_DESK_IDLE_MINUTES", "10"))
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
CSRF_FAILURE_VIEW = "liandong.web.errors.csrf_failure"
CSRF_COOKIE_HTTPONLY = False
SECURE_HSTS_SECONDS = 7 * 24 * 3600 if SECURE else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "worker-src": [SELF],
        "connect-src": [SELF, *LIVE_ORIGINS],
        "font-src": [SELF],
        "form-action": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
# A form carries text and a few photographs; longer files come in pieces.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("LIANDONG_STATIC", PACKAGE.parents[1] / "build" / "static"))
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": str((LIANDONG_HOME or Path("var")) / "files"),
            "base_url": None,
        },
    },
    "staticfiles": {"BACKEND": "liandong.config.static.Storage"},
}
SERVESTATIC_KEEP_ONLY_HASHED_FILES = True
SERVESTATIC_SKIP_COMPRESS_EXTENSIONS = ("png", "webp", "woff2", "gz", "br", "map")

VOICE_URL = os.environ.get("LIANDONG_VOICE_URL", "")
VOICE_TOKEN = os.environ.get("LIANDONG_VOICE_TOKEN", "")
VOICE_SECRET = os.environ.get("LIANDONG_VOICE_SECRET", "")
VOICE_LINES = int(os.environ.get("LIANDONG_VOICE_LINES", "30"))
VOICE_TRIES = int(os.environ.get("LIANDONG_VOICE_TRIES", "3"))
VOICE_PAUSE_SECONDS = int(os.environ.get("LIANDONG_VOICE_PAUSE_SECONDS", "15"))
VOICE_RING_SECONDS = int(os.environ.get("LIANDONG_VOICE_RING_SECONDS", "20"))
VOICE_AWAY_MINUTES = int(os.environ.get("LIANDONG_VOICE_AWAY_MINUTES", "3"))
VOICE_DOOR_MINUTES = int(os.environ.get("LIANDONG_VOICE_DOOR_MINUTES", "30"))
VOICE_AT_ONCE = os.environ.get("LIANDONG_VOICE_AT_ONCE", "")
VOICE_TEST_PERCENT = int(os.environ.get("LIANDONG_VOICE_TEST_PERCENT", "0"))
EMAIL_HOST = os.environ.get("LIANDONG_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("LIANDONG_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("LIANDONG_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("LIANDONG_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("LIANDONG_SMTP_TLS") == "1"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("LIANDONG_SMTP_FROM", "liandong@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"liandong": {"level": "INFO"}},
}
