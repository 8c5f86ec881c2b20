"""Report clocks: by when reports go up in this county, laying one down, changing and withdrawing it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy

from liandong.command import actions, queries
from liandong.command.forms.report import ClockForm, WithdrawClockForm
from liandong.command.models import ReportClock
from liandong.command.permissions import Permission
from liandong.command.states import BasisStatus, ResponseLevel, Severity
from liandong.kernel.wording import gettext as _
from liandong.web.deeds import deed
from liandong.web.requests import actor_of
from liandong.web.tables import Column, Table, listing


def _severity(row: ReportClock) -> str:
    if row.severity is None:
        return _("不限")
    return _("%(severity)s及以上") % {"severity": Severity(row.severity).label}


CLOCKS: list[Column[ReportClock]] = [
    Column(key="kind", label=gettext_lazy("报告"), value=lambda row: row.get_kind_display()),
    Column(
        key="channel", label=gettext_lazy("方式"), value=lambda row: row.get_channel_display()
    ),
    Column(key="to", label=gettext_lazy("报送"), value=lambda row: row.to),
    Column(key="hazard", label=gettext_lazy("灾种"), value=lambda row: row.hazard or _("全部")),
    Column(key="severity", label=gettext_lazy("事件级别"), value=_severity),
    Column(
        key="level",
        label=gettext_lazy("响应级别"),
        value=lambda row: str(ResponseLevel(row.level).label) if row.level else _("不限"),
    ),
    Column(key="when", label=gettext_lazy("时限"), value=queries.clock_text),
    Column(
        key="status", label=gettext_lazy("来源"), value=lambda row: row.get_status_display()
    ),
    Column(key="basis", label=gettext_lazy("依据"), value=lambda row: row.basis),
]
KEPT = (
    "kind",
    "channel",
    "to",
    "hazard",
    "severity",
    "level",
    "anchor",
    "minutes",
    "every_minutes",
    "basis",
)


def clocks(request: HttpRequest) -> HttpResponseBase:
    """By when reports go up in this county, and by which paper."""
    actor_of(request).demand(Permission.SET_REPORT_CLOCK)
    table = Table(
        request,
        queries.all_clocks(),
        CLOCKS,
        order=("hazard", "kind", "severity", "level", "pk"),
        name="report-clocks",
        link=lambda row: reverse("command:change_clock", args=[row.pk]),
    )
    return listing(request, table, "command/clocks.html", title=_("报告时限"))


def lay_down(request: HttpRequest) -> HttpResponse:
    """Lay one down."""
    actor_of(request).demand(Permission.SET_REPORT_CLOCK)
    return _set(request, ClockForm(request.POST or None), None)


def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Lay one down in the place of another, which is kept out of force."""
    actor_of(request).demand(Permission.SET_REPORT_CLOCK)
    found = queries.clock_with(pk)
    initial = {name: getattr(found, name) for name in KEPT}
    initial["expected_version"] = found.version
    return _set(request, ClockForm(request.POST or None, initial=initial), found)


def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let it count no longer."""
    actor = actor_of(request)
    actor.demand(Permission.SET_REPORT_CLOCK)
    found = queries.clock_with(pk)
    page = reverse("command:clocks")
    return deed(
        request,
        WithdrawClockForm(request.POST or None, initial={"expected_version": found.version}),
        run=lambda data: actions.withdraw_report_clock(actor, clock=found, **data),
        to=page,
        context={"note": f"{found}，{queries.clock_text(found)}", "back": page},
    )


def _set(request: HttpRequest, form: ClockForm, found: ReportClock | None) -> HttpResponse:
    actor = actor_of(request)

    def run(data: dict[str, Any]) -> ReportClock:
        if found is None:
            data.pop("expected_version", None)
        status = BasisStatus.RECORDED if data["basis"].strip() else BasisStatus.ASSUMED
        return actions.set_report_clock(actor, **data, status=status, replaces=found)

    page = reverse("command:clocks")
    away = reverse("command:withdraw_clock", args=[found.pk]) if found else ""
    return deed(
        request,
        form,
        run=run,
        to=page,
        template="command/clock.html",
        context={"back": page, "clock": found, "withdrawing_url": away},
    )
