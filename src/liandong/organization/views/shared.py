"""The duty-room machine: let in by a code, joined and left by the shift, its operator changed."""

import secrets
from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST

from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL, system_actor
from liandong.kernel.problems import Invalid, Missing
from liandong.kernel.wording import gettext as _
from liandong.organization import actions, queries
from liandong.organization.models import Account, Attendance, Person, Secret
from liandong.organization.permissions import Permission
from liandong.organization.states import AccountKind
from liandong.organization.views.fetching import found
from liandong.web.browsers import browser_words
from liandong.web.deeds import deed, go
from liandong.web.forms import DeedForm
from liandong.web.requests import actor_of

COOKIE, LONG = "desk", 400 * 24 * 3600  # browsers keep no cookie longer
BACKEND = "django.contrib.auth.backends.ModelBackend"
CODE = {"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}


class EnrollForm(DeedForm):
    """启用值班机."""

    title, verb, done = _lazy("启用值班机"), _lazy("启用"), _lazy("这台电脑已是值班机。")
    username = forms.CharField(label=_lazy("值班机账号"), max_length=60)
    code = forms.CharField(
        label=_lazy("登记码"),
        max_length=60,
        help_text=_lazy("安全管理员给的四组字符，只能用一次"),
        widget=forms.TextInput({**CODE, "data-no-draft": ""}),
    )


class JoinForm(DeedForm):
    """上班签到."""

    title, verb, done = _lazy("上班签到"), _lazy("签到"), _lazy("已签到。")
    widths = {"person": "half", "proof": "half"}

    person = forms.ModelChoiceField(label=_lazy("姓名"), queryset=Person.objects.none())
    proof = forms.CharField(
        label=_lazy("签名口令、动态码或登录口令"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Person]", self.fields["person"])
        field.queryset = Person.objects.filter(pk__in=[one.pk for one in people])
        field.choices = [("", "")] + [
            (str(one.pk), one.name) for one in people
        ]  # the roster's first


def desk_of(request: HttpRequest) -> Account:
    """The machine that asks; raises ``Missing`` for a person's own browser."""
    account = request.user
    if not isinstance(account, Account) or account.kind != AccountKind.DESK:
        raise Missing(_("这台电脑不是值班机。"), remedy=_("请由安全管理员登记值班机。"))
    return account


@login_not_required
def enroll(request: HttpRequest) -> HttpResponse:
    """Make this browser a duty-room machine, by the code it was given."""
    token, agent = secrets.token_urlsafe(32), request.headers.get("User-Agent", "")

    def run(data: dict[str, Any]) -> Account:
        desk = queries.account_by_username(data["username"])
        if desk is None or desk.kind != AccountKind.DESK:
            raise Invalid(_("没有这台值班机。"), fields={"username": _("没有这台值班机")})
        door = system_actor("node", _("登录页"), ACTUAL, Permission.ENROLL_DESK)
        return actions.enroll_desk(
            door,
            account=desk,
            code=Secret(data["code"].strip().lower()),
            token=Secret(token),
            browser=browser_words(agent),
            address=request.META.get("REMOTE_ADDR", ""),
        )

    def then(_data: dict[str, Any], desk: Account) -> HttpResponse:
        login(request, desk, backend=BACKEND)
        request.session.set_expiry(LONG)
        answer = go(request, reverse("organization:shared"))
        answer.set_cookie(
            COOKIE, token, LONG, secure=settings.SECURE, httponly=True, samesite="Lax"
        )
        return answer

    return deed(request, EnrollForm(request.POST or None), run=run, to="/", then=then)


def shared(request: HttpRequest) -> HttpResponse:
    """Show who is on duty at this machine; let somebody come on duty."""
    desk = desk_of(request)

    def run(data: dict[str, Any]) -> Attendance:
        person = data["person"]
        try:
            by = actions.prove(desk, person.account, Secret(data["proof"]), password_too=True)
        except Invalid as wrong:
            raise Invalid(
                wrong.title, remedy=wrong.remedy, fields={"proof": wrong.fields["signing_code"]}
            ) from wrong
        actor = queries.actor_for(person.account, device=str(desk.pk))
        row = actions.join_shift(
            actor,
            desk=desk,
            person=person,
            by=by.value,
            idempotency_key=data["idempotency_key"],
        )
        _sit(request, row)
        return row

    return deed(
        request,
        JoinForm(request.POST or None, people=queries.may_join(desk)),
        run=run,
        to=reverse("organization:shared"),
        template="organization/shared.html",
        context={
            "desk": desk,
            "shift": queries.on_duty(desk),
            "operator": request.session.get("operator", ""),
            "minutes": settings.DESK_IDLE_MINUTES,
        },
    )


@require_POST
def leave(request: HttpRequest, pk: Any) -> HttpResponse:
    """Let somebody go off duty at this machine."""
    row = found(queries.on_duty(desk_of(request)).select_related("desk"), pk)
    actions.leave_shift(actor_of(request), attendance=row)
    if request.session.get("operator") == str(row.pk):
        del request.session["operator"]
    messages.success(request, _("%(name)s已签退。") % {"name": row.person.name})
    return go(request, reverse("organization:shared"))


@require_POST
def operate(request: HttpRequest, pk: Any) -> HttpResponse:
    """Take over the machine as the one who sits at it, by the name on the shift; no more than a name.

    It says who registers what is ordinary; whatever matters asks for a signature all the same.
    """
    row = found(queries.on_duty(desk_of(request)), pk)
    _sit(request, row)
    return go(request, reverse("organization:desk"))


def bar(request: HttpRequest) -> HttpResponse:
    """The machine's place in the top bar again: who sits there, or that nobody has for a while."""
    desk, operator = desk_of(request), str(request.session.get("operator", ""))
    return render(request, "organization/_shift.html", queries.shift_bar(desk, operator))


def _sit(request: HttpRequest, row: Attendance) -> None:
    request.session["operator"] = str(row.pk)
    request.session["operator_at"] = clock.real().timestamp()
