"""One's own account: the chair to sign from, password, second factor, sessions."""

from typing import Any, cast

from allauth.account.decorators import reauthentication_required
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from liandong.kernel.journal.reading import timeline
from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _
from liandong.organization import actions, queries
from liandong.organization.forms import PinForm
from liandong.organization.models import Account, Secret
from liandong.web.deeds import deed, go
from liandong.web.forms import DeedForm
from liandong.web.requests import actor_of


def me(request: HttpRequest) -> HttpResponse:
    """Show one's chairs, and what was done with one's account."""
    account, actor = cast("Account", request.user), actor_of(request)
    context = {
        "account": account,
        "chairs": queries.positions_of(account.person) if account.person else [],
        "has_second_factor": is_mfa_enabled(account),
        "sessions": queries.sessions_of(account),
        "here": request.session.get("session", ""),
        "form": DeedForm(initial={"expected_version": account.version}),
        "entries": timeline(actor, subject=("organization.account", str(account.pk)), limit=30),
    }
    return render(request, "organization/me.html", context)


@require_POST
def choose_post(request: HttpRequest) -> HttpResponse:
    """Sign from another of one's chairs, in this session; housekeeping, not journalled."""
    account = cast("Account", request.user)
    wanted = request.POST.get("post", "")
    held = queries.positions_of(account.person) if account.person else []
    if wanted not in {str(one.post_id) for one in held}:
        raise Missing(_("您现在不担任这个岗位。"), remedy=_("请刷新后从现任的岗位中选择。"))
    request.session["post"] = wanted
    return go(request, "/")


@require_POST
def end_own_sessions(request: HttpRequest) -> HttpResponse:
    """End one's sessions everywhere but here."""
    account, actor = cast("Account", request.user), actor_of(request)
    form = DeedForm(request.POST)
    data = form.arguments() if form.is_valid() else {}
    actions.end_own_sessions(actor, account=account, **{"expected_version": 0, **data})
    update_session_auth_hash(request, account)
    messages.success(request, _("其他设备上的登录已经结束。"))
    return redirect("organization:me")


@reauthentication_required  # type: ignore[untyped-decorator]  # allauth has no types for it
def set_pin(request: HttpRequest) -> HttpResponse:
    """Choose the PIN one signs with on shared machines."""
    account, actor = cast("Account", request.user), actor_of(request)

    def run(data: dict[str, Any]) -> Account:
        return actions.set_pin(
            actor,
            account=account,
            pin=Secret(data["pin"]),
            expected_version=data.get("expected_version", 0),
            idempotency_key=data["idempotency_key"],
        )

    return deed(
        request,
        PinForm(request.POST or None, initial={"expected_version": account.version}),
        run=run,
        to=reverse("organization:me"),
        context={"back": reverse("organization:me")},
    )


def closed(request: HttpRequest) -> HttpResponse:
    """Stand where the account package would let people register or reset by themselves."""
    raise Missing(
        _("本平台不开放自助注册和找回口令。"),
        place=request.path,
        remedy=_("请联系本单位联络员，由安全管理员开设账号或重置口令。"),
    )


closed.login_required = False  # type: ignore[attr-defined]
