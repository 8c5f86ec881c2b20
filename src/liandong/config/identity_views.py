"""Coming in by the county's identity provider, binding an identity once, proving it again."""

from typing import Any, cast

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from liandong.config import identity
from liandong.config.accounts import BY_PROVIDER
from liandong.config.identity import Identity, IdentityRefused
from liandong.config.settings.identity import IdentityProvider
from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _
from liandong.organization import actions, queries
from liandong.organization.models import Account
from liandong.web.requests import actor_of

ASKED = "identity"  # in the session: what somebody set out to the provider for, and where they go then
MAY_BIND = "identity_may_bind"  # in the session: the page that binds was opened by its owner


@login_not_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Go to the provider: to come in or, signed in, to bind an identity or prove it anew."""
    provider, known = _provider(request), request.user.is_authenticated
    binds = known and bool(request.session.pop(MAY_BIND, False))
    request.session[ASKED] = {"binds": binds, "next": _next(request)}
    back = request.build_absolute_uri(reverse("identity_callback"))
    return identity.ask(provider, request, back, again=known and not binds)


@login_not_required
@require_safe
def callback(request: HttpRequest) -> HttpResponse:
    """Come back from the provider."""
    provider = _provider(request)
    asked: dict[str, Any] = request.session.pop(ASKED, {})
    proven = identity.answer(provider, request)
    if not request.user.is_authenticated:
        return _come_in(request, provider, proven, asked.get("next", ""))
    account = request.user
    if asked.get("binds"):
        return _bind(request, account, proven)
    return _prove(request, account, proven, asked.get("next", ""))


@reauthentication_required  # type: ignore[untyped-decorator]  # allauth has no types for it
@require_safe
def bind(request: HttpRequest) -> HttpResponse:
    """Say what binding does, to whoever has just proved that the account is theirs.

    A page of its own: the content security policy lets no form lead to another server.
    """
    provider = _provider(request)
    request.session[MAY_BIND] = True
    return render(request, "account/identity_bind.html", {"provider": provider})


def _come_in(
    request: HttpRequest, provider: IdentityProvider, proven: Identity, on: str
) -> HttpResponse:
    account = queries.account_by_identity(proven.issuer, proven.subject)
    if account is None:
        raise IdentityRefused(
            _("这个身份还没有绑定账号，不能登录。"),
            place=f"{provider.name} {proven.subject}",
            remedy=_(
                "请用用户名和口令登录后在“我的账号”绑定，或把上面的标识报给安全管理员绑定。"
            ),
        )
    record_authentication(request, account, method=BY_PROVIDER, twice=proven.is_twice)
    login = Login(user=account, redirect_url=on or None)
    return cast("HttpResponse", perform_login(request, login))


def _bind(request: HttpRequest, account: Account, proven: Identity) -> HttpResponse:
    actions.bind_identity(
        actor_of(request),
        account=account,
        issuer=proven.issuer,
        subject=proven.subject,
        expected_version=account.version,
    )
    messages.success(request, _("统一身份已绑定，今后可以用它登录。"))
    return redirect("organization:me")


def _prove(request: HttpRequest, account: Account, proven: Identity, on: str) -> HttpResponse:
    own = (account.identity_issuer, account.identity_subject)
    if own != (proven.issuer, proven.subject) or not proven.is_fresh:
        raise IdentityRefused(
            _("这次验证的不是本账号绑定的身份，或不是刚刚验证的。"),
            place=account.username,
            remedy=_("请在身份认证页重新登录本人的身份，或改用口令验证。"),
        )
    record_authentication(request, account, method=BY_PROVIDER, reauthenticated=True)
    return HttpResponseRedirect(on or reverse("organization:me"))


def _provider(request: HttpRequest) -> IdentityProvider:
    provider: IdentityProvider | None = settings.IDENTITY_PROVIDER
    if provider is None:
        raise Missing(
            _("本平台没有接入统一身份认证。"),
            place=request.path,
            remedy=_("请用用户名和口令登录。"),
        )
    return provider


def _next(request: HttpRequest) -> str:
    """Where somebody was going, if it is a page of ours."""
    url = request.GET.get("next", "")
    return url if url_has_allowed_host_and_scheme(url, {request.get_host()}) else ""
