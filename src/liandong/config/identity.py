"""The county's identity provider: whom it is asked about, and what it says of who came back.

Authlib does the protocol: authorization code with PKCE, state, nonce, signatures. What is checked
here besides: that the provider is who it was set to be, and that its signatures can prove it.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.base_client.errors import MismatchingStateError
from authlib.integrations.django_client import OAuth
from django.http import HttpRequest, HttpResponse
from joserfc.errors import ExpiredTokenError, InvalidClaimError, JoseError
from requests import RequestException

from liandong.config.settings.identity import IdentityProvider
from liandong.kernel import clock
from liandong.kernel.problems import Problem
from liandong.kernel.wording import gettext as _

logger = logging.getLogger(__name__)
# Only what the provider alone can sign: neither unsigned tokens nor ones signed with our secret.
SIGNATURES = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")  # fmt: skip
PATIENCE = 10  # seconds for each answer
LEEWAY = 60  # seconds by which its clock and ours may differ
JUST_NOW = 300  # seconds since somebody proved themselves anew
LONGEST = 255
# Where a token may travel unencrypted: it does not leave the machine.
AT_HOME = frozenset({"localhost", "127.0.0.1", "::1"})


class IdentityRefused(Problem):
    """The way back from the provider is not one that began here, or not yet over."""

    status, code = 403, "identity-refused"


class ProviderFault(Problem):
    """The provider does not answer, or answers what proves nothing."""

    status, code = 502, "identity-provider"


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Who somebody is by the provider's word, and how they proved it there."""

    issuer: str
    subject: str
    is_twice: bool = False
    is_fresh: bool = False


def ask(
    provider: IdentityProvider, request: HttpRequest, back: str, *, again: bool = False
) -> HttpResponse:
    """Send the browser to the provider, to come back at ``back``; ``again`` asks for a new proof.

    Raises ``ProviderFault`` where the provider cannot be reached or is another than was set.
    """
    more = {"prompt": "login", "max_age": "0"} if again else {}
    with _told_in_chinese(provider):
        response: HttpResponse = _client(provider).authorize_redirect(request, back, **more)
    return response


def answer(provider: IdentityProvider, request: HttpRequest) -> Identity:
    """Exchange the code the browser came back with for an identity.

    Raises ``IdentityRefused`` for a way back that did not begin in this browser, or that ended at
    the provider; ``ProviderFault`` for what it said and cannot be believed.
    """
    with _told_in_chinese(provider):
        token = _client(provider).authorize_access_token(
            request, claims_options={"iss": {"values": [provider.issuer]}}, leeway=LEEWAY
        )
        claims = token.get("userinfo") or {}
        subject = str(claims.get(provider.claim) or "").strip()
        if not subject or len(subject) > LONGEST:
            raise _fault(
                provider,
                _("对方没有说明登录的是谁。"),
                _("请系统管理员核对设置 LIANDONG_OIDC_CLAIM 和 LIANDONG_OIDC_SCOPES。"),
            )
        proofs = {str(one) for one in [*(claims.get("amr") or ()), claims.get("acr")]}
        age = clock.real().timestamp() - float(claims.get("auth_time") or 0)
    return Identity(
        issuer=provider.issuer,
        subject=subject,
        is_twice=bool(proofs & provider.second_factors),
        is_fresh=age < JUST_NOW,
    )


def _client(provider: IdentityProvider) -> Any:
    """A client that has looked the provider up: so keys changed there count at once."""
    if urlsplit(provider.issuer).scheme != "https" and not _is_at_home(provider.issuer):
        raise _fault(
            provider,
            _("身份认证的地址不是 https，不能用。"),
            _("请系统管理员核对设置 LIANDONG_OIDC_ISSUER。"),
        )
    client = OAuth().register(
        "identity",
        client_id=provider.client_id,
        client_secret=provider.secret(),
        server_metadata_url=f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": provider.scopes,
            "code_challenge_method": "S256",
            "default_timeout": PATIENCE,
        },
    )
    told = client.load_server_metadata()
    if told.get("issuer") != provider.issuer:
        raise _fault(
            provider,
            _("对方自称的身份与设置的不一致。"),
            _("请系统管理员核对设置 LIANDONG_OIDC_ISSUER。"),
        )
    told["id_token_signing_alg_values_supported"] = list(SIGNATURES)
    methods = told.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    if "client_secret_basic" not in methods and "client_secret_post" in methods:
        client.client_kwargs["token_endpoint_auth_method"] = "client_secret_post"  # noqa: S105 -- a name
    return client


def _is_at_home(url: str) -> bool:
    return urlsplit(url).hostname in AT_HOME


@contextmanager
def _told_in_chinese(provider: IdentityProvider) -> Iterator[None]:
    """Turn whatever goes wrong on the way into a problem with its remedy; the log keeps the rest."""
    try:
        yield
    except Problem:
        raise
    except MismatchingStateError as trouble:
        raise IdentityRefused(
            _("这次登录不是从这个浏览器开始的，或已经过时。"),
            place=provider.name,
            remedy=_("请回到登录页重新开始。"),
        ) from trouble
    except (InvalidClaimError, ExpiredTokenError) as trouble:
        raise _disbelieved(provider, trouble) from trouble
    except AuthlibBaseError as trouble:
        logger.warning("identity provider", exc_info=trouble)
        raise IdentityRefused(
            _("身份认证没有通过。"),
            place=provider.name,
            remedy=_("请重新登录，或改用用户名和口令；一再不行请系统管理员查看日志。"),
        ) from trouble
    except (RequestException, OSError) as trouble:
        logger.warning("identity provider", exc_info=trouble)
        raise _fault(
            provider,
            _("身份认证现在连不上。"),
            _("请改用用户名和口令登录，并请系统管理员查看网络、证书和密钥文件。"),
        ) from trouble
    except (
        JoseError,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        RuntimeError,
    ) as trouble:
        raise _disbelieved(provider, trouble) from trouble


def _disbelieved(provider: IdentityProvider, trouble: Exception) -> ProviderFault:
    logger.warning("identity provider", exc_info=trouble)
    if isinstance(trouble, ExpiredTokenError):
        title, remedy = (
            _("对方给的凭证已经过期。"),
            _("请重新登录；一再如此，请核对两边的时钟。"),
        )
    else:
        title = _("对方给的凭证不可信，没有让进。")
        remedy = _("请改用用户名和口令登录，并请系统管理员查看日志。")
    return _fault(provider, title, remedy)


def _fault(provider: IdentityProvider, title: str, remedy: str) -> ProviderFault:
    return ProviderFault(title, place=provider.name, remedy=remedy)
