"""Administration of accounts: the security administrator's desk."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL, Actor
from liandong.kernel.journal.reading import timeline
from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import pgettext
from liandong.organization import actions, forms, queries
from liandong.organization.models import Account, Secret
from liandong.organization.permissions import Permission
from liandong.organization.states import AccountKind
from liandong.organization.views.fetching import found
from liandong.web.deeds import deed
from liandong.web.forms import DeedForm
from liandong.web.requests import actor_of, is_htmx
from liandong.web.tables import Column, Filter, Table, listing


def state(account: Account) -> str:
    """Say in a word whether an account can be used."""
    if account.is_locked:
        return _("已锁定")
    return _("可用") if account.is_active else _("已停用")


COLUMNS: list[Column[Account]] = [
    Column(
        key="username",
        label=gettext_lazy("用户名"),
        value=lambda one: one.username,
        sort="username",
    ),
    Column(
        key="who",
        label=gettext_lazy("谁"),
        value=lambda one: one.person.name if one.person else one.title,
    ),
    Column(
        key="kind", label=gettext_lazy("类别"), value=lambda one: AccountKind(one.kind).label
    ),
    Column(key="state", label=gettext_lazy("状态"), value=state),
    Column(
        key="last",
        label=gettext_lazy("最近登录"),
        value=lambda one: one.last_login,
        sort="last_login",
    ),
]
FILTERS = [
    Filter(
        key="kind",
        label=gettext_lazy("类别"),
        lookup="kind",
        kind="choice",
        choices=AccountKind.choices,
    ),
    Filter(key="username", label=gettext_lazy("用户名"), lookup="username__icontains"),
    Filter(key="name", label=gettext_lazy("姓名"), lookup="person__name__icontains"),
]


def address(account: Account) -> str:
    """Where an account's page is."""
    return reverse("organization:account", args=[account.pk])


def accounts(request: HttpRequest) -> HttpResponseBase:
    """List every account, for the security and the audit administrator."""
    actor = actor_of(request)
    actor.demand(Permission.READ_ACCOUNTS)
    table = Table(
        request=request,
        rows=queries.all_accounts(),
        columns=COLUMNS,
        filters=FILTERS,
        order=("kind", "username"),
        name="accounts",
        link=address,
    )
    return listing(
        request,
        table,
        "organization/accounts.html",
        title=pgettext("栏目", "账号"),
        may_create=actor.may(Permission.CREATE_ACCOUNT),
        may_register=actor.may(Permission.REGISTER_DEVICE),
    )


def account(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show an account, what was done with it, and what may be done."""
    actor, row = actor_of(request), found(queries.all_accounts(), pk)
    actor.demand(Permission.READ_ACCOUNTS)
    context = {
        "account": row,
        "state": state(row),
        "kind": AccountKind(row.kind).label,
        "positions": queries.positions_of(row.person) if row.person else [],
        "has_second_factor": is_mfa_enabled(row),
        "deeds": _deeds(actor.may, row),
        "sessions": queries.sessions_of(row),
        "here": request.session.get("session", ""),
        "may_end": actor.may(Permission.END_SESSIONS),
        "entries": timeline(actor, subject=("organization.account", str(row.pk)), limit=50),
    }
    return render(request, "organization/account.html", context)


def _deeds(may: Callable[..., bool], row: Account) -> list[tuple[str, str, bool]]:
    """Name what may be done with an account now: label, address, and whether it is dangerous."""
    is_person, is_desk = row.kind == AccountKind.PERSON, row.kind == AccountKind.DESK
    offers = [
        ("unlock_account", _("解锁"), Permission.UNLOCK_ACCOUNT, False, row.is_locked),
        ("reset_password", _("重置口令"), Permission.RESET_PASSWORD, False, is_person),
        (
            "rotate_token",
            _("更换令牌"),
            Permission.ROTATE_TOKEN,
            True,
            row.kind == AccountKind.DEVICE,
        ),
        ("renew_desk_code", _("更换登记码"), Permission.ROTATE_TOKEN, True, is_desk),
        (
            "reset_pin",
            _("取消签名口令"),
            Permission.RESET_PIN,
            True,
            is_person and bool(row.pin),
        ),
        (
            "reset_second_factor",
            _("重置第二因素"),
            Permission.RESET_SECOND_FACTOR,
            True,
            is_person,
        ),
        (
            "bind_identity",
            _("绑定统一身份"),
            Permission.BIND_IDENTITY,
            False,
            is_person and not row.identity_subject and bool(settings.IDENTITY_PROVIDER),
        ),
        (
            "release_identity",
            _("解除统一身份"),
            Permission.BIND_IDENTITY,
            True,
            bool(row.identity_subject),
        ),
        ("end_sessions", _("结束登录"), Permission.END_SESSIONS, True, is_person),
        ("lock_account", _("锁定"), Permission.LOCK_ACCOUNT, True, not row.is_locked),
    ]
    return [
        (label, reverse(f"organization:{name}", args=[row.pk]), dangerous)
        for name, label, permission, dangerous, fits in offers
        if fits and may(permission)
    ]


def create_account(request: HttpRequest) -> HttpResponse:
    """Give somebody an account and a one-time password."""
    actor = actor_of(request)
    actor.demand(Permission.CREATE_ACCOUNT)
    return deed(
        request,
        forms.AccountForm(request.POST or None, initial={"person": request.GET.get("person")}),
        run=lambda data: actions.create_account(
            actor,
            person=data["person"],
            username=data["username"],
            password=Secret(data["password"]),
            idempotency_key=data["idempotency_key"],
        ),
        to=address,
        context={"back": reverse("organization:accounts")},
        then=lambda data, made: _slip(request, made, data["password"]),
    )


def register_desk(request: HttpRequest) -> HttpResponse:
    """Register a machine of the duty room, and show the code that lets it in."""
    actor = actor_of(request)
    actor.demand(Permission.REGISTER_DEVICE)
    return deed(
        request,
        forms.DeskForm(request.POST or None),
        run=lambda data: actions.register_desk(
            actor,
            username=data["username"],
            title=data["desk_title"],
            post=data["post"],
            code=Secret(data["code"]),
            idempotency_key=data["idempotency_key"],
        ),
        to=address,
        context={"back": reverse("organization:accounts")},
        then=lambda data, made: _slip(request, made, data["code"], "desk_slip"),
    )


def _slip(
    request: HttpRequest, row: Account, password: str, name: str = "slip"
) -> HttpResponse:
    """Show a one-time password the only time there is: in groups to be read out, and to print."""
    door = reverse("organization:enroll") if name == "desk_slip" else "/"
    context = {
        "account": row,
        "groups": password.split("-"),
        "address": request.build_absolute_uri(door),
        "at": clock.now(ACTUAL),
        "back": address(row),
    }
    name = f"organization/{'_' if is_htmx(request) else ''}{name}.html"
    response = render(request, name, context)
    response["Cache-Control"] = "no-store"
    return response


def register_device(request: HttpRequest) -> HttpResponse:
    """Give a device an account and a token."""
    actor = actor_of(request)
    actor.demand(Permission.REGISTER_DEVICE)
    return deed(
        request,
        forms.DeviceForm(request.POST or None),
        run=lambda data: actions.register_device(
            actor,
            username=data["username"],
            title=data["device_title"],
            token=Secret(data["token"]),
            body=data["body"],
            idempotency_key=data["idempotency_key"],
        ),
        to=address,
        context={"back": reverse("organization:accounts")},
    )


def _on(
    request: HttpRequest,
    pk: UUID,
    form: type[DeedForm],
    permission: str,
    run: Callable[..., Account],
    then: Callable[[dict[str, Any], Account], HttpResponse] | None = None,
) -> HttpResponse:
    """Do one thing with one account; what the form calls password or token travels as a secret."""
    actor, row = actor_of(request), found(queries.all_accounts(), pk)
    actor.demand(permission)

    def act(data: dict[str, Any]) -> Account:
        for name in {"password", "token", "code"} & data.keys():
            data[name] = Secret(data[name])
        return run(actor, account=row, **{"expected_version": 0, **data})

    return deed(
        request,
        form(request.POST or None, initial=forms.versioned(row)),
        run=act,
        to=address(row),
        context={"back": address(row), "note": str(row)},
        then=then,
    )


def lock_account(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Shut an account."""
    return _on(request, pk, forms.LockForm, Permission.LOCK_ACCOUNT, actions.lock_account)


def unlock_account(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open an account."""
    return _on(request, pk, forms.UnlockForm, Permission.UNLOCK_ACCOUNT, actions.unlock_account)


def reset_password(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give out a one-time password."""
    return _on(
        request,
        pk,
        forms.ResetForm,
        Permission.RESET_PASSWORD,
        actions.reset_password,
        then=lambda data, row: _slip(request, row, data["password"]),
    )


def reset_second_factor(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a lost second factor off."""
    return _on(
        request,
        pk,
        forms.SecondFactorForm,
        Permission.RESET_SECOND_FACTOR,
        actions.reset_second_factor,
    )


def end_sessions(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End every session of an account."""
    return _on(request, pk, forms.SessionsForm, Permission.END_SESSIONS, actions.end_sessions)


def bind_identity(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let an identity of the county's provider open an account."""

    def run(actor: Actor, **data: Any) -> Account:
        provider = settings.IDENTITY_PROVIDER
        if provider is None:
            raise Missing(
                _("本平台没有接入统一身份认证。"),
                remedy=_("请系统管理员先写好 LIANDONG_OIDC_ISSUER 等设置。"),
            )
        return actions.bind_account_identity(actor, issuer=provider.issuer, **data)

    return _on(request, pk, forms.IdentityForm, Permission.BIND_IDENTITY, run)


def release_identity(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take an identity off."""
    return _on(
        request,
        pk,
        forms.ReleaseIdentityForm,
        Permission.BIND_IDENTITY,
        actions.release_identity,
    )


def rotate_token(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a device another token."""
    return _on(request, pk, forms.TokenForm, Permission.ROTATE_TOKEN, actions.rotate_token)


def renew_desk_code(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Shut a duty-room machine out, and show the code for the one that takes its place."""
    return _on(
        request,
        pk,
        forms.DeskCodeForm,
        Permission.ROTATE_TOKEN,
        actions.renew_desk_code,
        then=lambda data, row: _slip(request, row, data["code"], "desk_slip"),
    )


def reset_pin(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take away a PIN."""
    return _on(request, pk, forms.PinResetForm, Permission.RESET_PIN, actions.reset_pin)
