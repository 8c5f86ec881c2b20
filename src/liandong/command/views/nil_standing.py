"""Nil rounds that a clock asks for: the list, laying one down, withdrawing it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy

from liandong.command import actions, queries
from liandong.command.forms.nil_standing import NilStandingForm, WithdrawNilStandingForm
from liandong.command.models import NilStanding
from liandong.command.permissions import Permission
from liandong.command.states import ResponseLevel
from liandong.command.views.nil_round import QUESTION
from liandong.kernel.wording import as_kept
from liandong.kernel.wording import gettext as _
from liandong.web.deeds import deed
from liandong.web.requests import actor_of
from liandong.web.tables import Column, Table, listing


def _level(row: NilStanding) -> str:
    if not row.level:
        return _("不限")
    return _("%(level)s及以上") % {"level": ResponseLevel(row.level).label}


def _season(row: NilStanding) -> str:
    if not row.from_on and not row.until_on:
        return _("全年")
    return f"{row.from_on or ''}—{row.until_on or ''}"


COLUMNS: list[Column[NilStanding]] = [
    Column(key="at", label=gettext_lazy("每天"), value=lambda row: f"{row.at:%H:%M}"),
    Column(key="question", label=gettext_lazy("要报什么"), value=lambda row: row.question),
    Column(
        key="minutes",
        label=gettext_lazy("限时（分钟）"),
        value=lambda row: row.minutes,
        numeric=True,
    ),
    Column(key="hazard", label=gettext_lazy("灾种"), value=lambda row: row.hazard or _("全部")),
    Column(key="level", label=gettext_lazy("响应级别"), value=_level),
    Column(key="season", label=gettext_lazy("起止"), value=_season),
]


def standings(request: HttpRequest) -> HttpResponseBase:
    """At which hours townships are asked by themselves."""
    actor_of(request).demand(Permission.SET_REPORT_CLOCK)
    table = Table(
        request,
        queries.nil_standings(),
        COLUMNS,
        order=("at", "pk"),
        name="nil-standings",
        link=lambda row: reverse("command:withdraw_nil_standing", args=[row.pk]),
    )
    return listing(request, table, "command/nil_standings.html", title=_("定时零报告"))


def lay_down(request: HttpRequest) -> HttpResponse:
    """Lay one down."""
    actor = actor_of(request)
    actor.demand(Permission.SET_REPORT_CLOCK)
    page = reverse("command:nil_standings")
    return deed(
        request,
        NilStandingForm(request.POST or None, initial={"question": as_kept(QUESTION)}),
        run=lambda data: actions.set_nil_standing(actor, **data),
        to=page,
        context={"back": page},
    )


def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let the clock ask no longer."""
    actor = actor_of(request)
    actor.demand(Permission.SET_REPORT_CLOCK)
    found = queries.nil_standing_with(pk)
    page = reverse("command:nil_standings")
    return deed(
        request,
        WithdrawNilStandingForm(
            request.POST or None, initial={"expected_version": found.version}
        ),
        run=lambda data: actions.withdraw_nil_standing(actor, standing=found, **data),
        to=page,
        context={"note": str(found), "back": page},
    )
