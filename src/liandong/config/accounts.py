"""Sign-in, second factors and passwords: what allauth and axes do, told to the journal."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa import signals
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL, Actor, Grant, system_actor
from liandong.organization import actions, queries
from liandong.organization.models import Account, Secret
from liandong.organization.permissions import Permission

BY_PROVIDER = "identity"  # how a proof is called that the county's identity provider gave
STAGE = f"{AuthenticateStage.__module__}.{AuthenticateStage.__qualname__}"


class SecondFactorStage(AuthenticateStage):
    """Asks for the second factor, unless the identity provider said that it did."""

    def handle(self) -> Any:
        if proved_twice_elsewhere(self.request, self.login.user):
            return None, True
        return super().handle()


class AccountAdapter(DefaultAccountAdapter):
    """Nobody registers themselves; who came in, and who did not, stands in the journal."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 -- base class's signature
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Leave counting to axes, which locks by account and address and says for how long."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Look the account up as it is kept, so that Wang, WANG and wang share one count."""
        name = str(credentials.get("username") or "").strip().lower()
        return super().authenticate(request, **{**credentials, "username": name})

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        name = str(credentials.get("username") or "")
        address = address_of(request)
        failures = getattr(request, "axes_failures_since_start", None)
        if getattr(request, "axes_locked_out", False):
            vars(request).update(locked_for=_locked_for(request, name))
        account = queries.account_by_username(name)
        if account is None or failures is None:  # a shut door counts nothing
            return
        if failures <= settings.AXES_FAILURE_LIMIT:
            actions.record_failed_sign_in(
                door(), account=account, address=address, step="password"
            )
        if failures == settings.AXES_FAILURE_LIMIT:
            minutes = int(_cool_off(request).total_seconds()) // 60
            actions.record_locked_sign_in(
                door(), account=account, address=address, minutes=minutes
            )

    def pre_login(self, request: HttpRequest, user: Account, **kwargs: Any) -> Any:
        """Turn back whoever has the right password to a locked account."""
        if user.is_locked:
            user.is_active = False  # on this object only: allauth knows no locks
        return super().pre_login(request, user, **kwargs)

    def respond_user_inactive(self, request: HttpRequest, user: Account) -> HttpResponse:
        return render(request, "organization/account_shut.html", {"account": user}, status=403)

    def post_login(self, request: HttpRequest, user: Account, **kwargs: Any) -> HttpResponse:
        proofs = get_authentication_records(request, user)
        methods = [str(one.get("type") or one.get("method")) for one in proofs]
        actions.sign_in(
            _entering(user), account=user, address=address_of(request), methods=methods
        )
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

    def get_login_stages(self) -> list[str]:
        ours = f"{SecondFactorStage.__module__}.{SecondFactorStage.__qualname__}"
        return [ours if one == STAGE else one for one in super().get_login_stages()]

    def is_reauthentication_required(self, *, app: str) -> bool:  # noqa: ARG002 -- base class's signature
        """Ask for the password again unless it was given a short while ago."""
        request = context.request
        proofs = get_authentication_records(request, request.user)
        last = max((float(one["at"]) for one in proofs), default=0.0)
        return clock.real().timestamp() - last > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT

    def logout(self, request: HttpRequest) -> None:
        if isinstance(request.user, Account):
            account = request.user
            actions.sign_out(queries.actor_for(account), account=account)
        super().logout(request)

    def set_password(self, user: Account, password: str) -> None:
        """Keep a password its owner has chosen; every other session ends."""
        actions.change_password(
            queries.actor_for(user),
            account=user,
            password=Secret(password),
            expected_version=user.version,
        )

    def send_mail(self, template_prefix: str, email: str, context: Mapping[str, Any]) -> None:
        """Send none: passwords are reset by the security administrator, face to face."""

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002 -- base class's signature
        return str(settings.LOGIN_REDIRECT_URL)


def proofs_by_provider(request: HttpRequest, account: Any) -> list[dict[str, Any]]:
    """What the county's identity provider proved in this browser's sign-in."""
    proofs = get_authentication_records(request, account)
    return [one for one in proofs if one.get("method") == BY_PROVIDER]


def proved_twice_elsewhere(request: HttpRequest, account: Any) -> bool:
    """Say whether the provider vouched for a second factor."""
    return any(one.get("twice") for one in proofs_by_provider(request, account))


class MFAAdapter(DefaultMFAAdapter):
    """Second factors; their secrets lie encrypted under the node's key."""

    def get_totp_label(self, user: Account) -> str:
        return user.username

    def encrypt(self, text: str) -> str:
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _fernet().decrypt(encrypted_text.encode()).decode()


def listen() -> None:
    """Hear what allauth tells of second factors; it has no other hook for them."""
    signals.authenticator_added.connect(_factor_added, dispatch_uid="liandong")
    signals.authenticator_removed.connect(_factor_removed, dispatch_uid="liandong")
    signals.authentication_failed.connect(_factor_failed, dispatch_uid="liandong")


def _factor_added(request: HttpRequest, authenticator: Authenticator, **_more: Any) -> None:
    account = authenticator.user
    if authenticator.type == Authenticator.Type.TOTP:
        # The code that proved the new secret is spent: it must not open the door a second time.
        authenticator.wrap().validate_code(request.POST.get("code", ""))
    actions.add_second_factor(
        queries.actor_for(account), account=account, method=str(authenticator.type)
    )


def _factor_removed(request: HttpRequest, authenticator: Authenticator, **_more: Any) -> None:
    account = authenticator.user
    request.session.pop("second_factor", None)
    actions.withdraw_second_factor(
        queries.actor_for(account), account=account, method=str(authenticator.type)
    )


def _factor_failed(request: HttpRequest, user: Account, **_more: Any) -> None:
    actions.record_failed_sign_in(
        door(), account=user, address=address_of(request), step="second_factor"
    )


def door() -> Actor:
    """Make the actor of the sign-in page, where nobody is anybody yet."""
    return system_actor("node", "登录页", ACTUAL, Permission.RECORD_SIGN_IN)


def address_of(request: HttpRequest) -> str:
    """Say from where a request came, as axes has worked it out."""
    found = getattr(request, "axes_ip_address", None) or request.META.get("REMOTE_ADDR")
    return str(found or "")


def _entering(account: Account) -> Actor:
    actor = queries.actor_for(account)
    return replace(actor, grants=actor.grants | {Grant(permission=Permission.RECORD_SIGN_IN)})


def _cool_off(request: HttpRequest) -> timedelta:
    cool_off: timedelta | None = get_cool_off(request)
    return cool_off or timedelta()


def _locked_for(request: HttpRequest, username: str) -> int:
    """How many minutes are left, rounded up, for the page that says so."""
    tries = AccessAttempt.objects.filter(username=username, ip_address=address_of(request))
    last = tries.order_by("-attempt_time").values_list("attempt_time", flat=True).first()
    if last is None:
        return 0
    left = last + _cool_off(request) - clock.real()
    return max(1, -(-int(left.total_seconds()) // 60))


def _fernet() -> Fernet:
    key = hashlib.sha256(f"second factor {settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
