"""Reports: what is due, writing, showing and sending one."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from liandong.command import actions, queries
from liandong.command.forms.report import (
    AddReportForm,
    ClockForm,
    DraftForm,
    ReviewForm,
    SendForm,
)
from liandong.command.models import Incident, Report, ReportClock
from liandong.command.permissions import Permission
from liandong.command.rules.copies import copies_for
from liandong.command.rules.report import (
    ELEMENTS,
    NOT_KNOWN,
    Figures,
    conservation_hint,
    not_known,
)
from liandong.command.states import BasisStatus
from liandong.kernel import clock
from liandong.kernel.wording import gettext as _
from liandong.web.deeds import deed
from liandong.web.forms import UNKNOWN
from liandong.web.requests import actor_of
from liandong.web.tables import Column, Table, listing
from liandong.web.times import full_moment

CLOCKS: list[Column[ReportClock]] = [
    Column(key="kind", label=gettext_lazy("报告"), value=lambda row: row.get_kind_display()),
    Column(
        key="channel", label=gettext_lazy("方式"), value=lambda row: row.get_channel_display()
    ),
    Column(key="to", label=gettext_lazy("报送"), value=lambda row: row.to),
    Column(key="hazard", label=gettext_lazy("灾种"), value=lambda row: row.hazard or _("全部")),
    Column(key="level", label=gettext_lazy("级别"), value=lambda row: row.level or _("不限")),
    Column(key="when", label=gettext_lazy("时限"), value=queries.clock_text),
    Column(
        key="status", label=gettext_lazy("来源"), value=lambda row: row.get_status_display()
    ),
    Column(key="basis", label=gettext_lazy("依据"), value=lambda row: row.basis),
]


def add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin a report no clock asked for."""
    actor = actor_of(request)
    actor.demand(Permission.CALL_REPORT)
    incident = queries.incident_for(actor, pk)
    return deed(
        request,
        AddReportForm(request.POST or None),
        run=lambda data: actions.add_report(actor, incident=incident, **data),
        to=lambda made: reverse("command:report", args=[made.pk]),
        context={"note": incident.title, "back": reverse("command:room", args=[incident.pk])},
    )


def report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A report: its elements to be filled in, its text to be copied, and sending it."""
    actor = actor_of(request)
    found = queries.report_for(actor, pk)
    if found.is_sent or not actor.may(Permission.DRAFT_REPORT):
        return render(request, "command/report.html", _page(found))
    page = reverse("command:report", args=[found.pk])
    return deed(
        request,
        DraftForm(request.POST or None, initial=_initial(found)),
        run=lambda data: actions.draft_report(actor, report=found, **data),
        to=page,
        template="command/report.html",
        context=_page(found)
        | {
            "sending": SendForm(initial={"expected_version": found.version}),
            "sending_url": reverse("command:send", args=[found.pk]),
            "reviewing_url": reverse("command:review", args=[found.pk]),
        },
    )


def send(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep that it went up."""
    actor = actor_of(request)
    actor.demand(Permission.SEND_REPORT)
    found = queries.report_for(actor, pk)
    page = reverse("command:report", args=[found.pk])
    return deed(
        request,
        SendForm(request.POST or None, initial={"expected_version": found.version}),
        run=lambda data: actions.send_report(actor, report=found, **data),
        to=page,
        context={"note": found.title, "back": page},
    )


def review(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show it to somebody, while its clock goes on."""
    actor = actor_of(request)
    actor.demand(Permission.DRAFT_REPORT)
    found = queries.report_for(actor, pk)
    page = reverse("command:report", args=[found.pk])
    return deed(
        request,
        ReviewForm(request.POST or None, initial={"expected_version": found.version}),
        run=lambda data: actions.request_review(actor, report=found, **data),
        to=page,
        context={"note": found.title, "back": page},
    )


def clocks(request: HttpRequest) -> HttpResponseBase:
    """By when reports go up in this county, and by which paper."""
    actor = actor_of(request)
    actor.demand(Permission.SET_REPORT_CLOCK)
    table = Table(
        request,
        queries.all_clocks(),
        CLOCKS,
        order=("hazard", "kind", "level", "pk"),
        name="report-clocks",
    )
    return listing(request, table, "command/clocks.html", title=_("报告时限"))


def set_clock(request: HttpRequest) -> HttpResponse:
    """Lay one down."""
    actor = actor_of(request)
    actor.demand(Permission.SET_REPORT_CLOCK)

    def run(data: dict[str, Any]) -> ReportClock:
        data.pop("expected_version", None)
        status = BasisStatus.RECORDED if data["basis"].strip() else BasisStatus.ASSUMED
        return actions.set_report_clock(actor, **data, status=status)

    page = reverse("command:clocks")
    return deed(
        request, ClockForm(request.POST or None), run=run, to=page, context={"back": page}
    )


def _initial(report: Report) -> dict[str, Any]:
    """What was written before; an element nobody could tell stays marked so."""
    before = queries.last_sent(report.incident, but=report)
    elements = report.elements or (before.elements if before else {})
    source = report if report.drafted_at else (before or report)
    initial: dict[str, Any] = {
        "expected_version": report.version,
        "text": report.text,
        "reduction_note": report.reduction_note,
    }
    for name in ("dead", "missing", "injured"):
        value = getattr(source, name)
        initial[name] = UNKNOWN if value is None and report.drafted_at else value
    if not report.drafted_at:
        # Where tellers differ and nobody has settled on a value, the figure stays blank.
        facts = {"dead": "deaths", "missing": "missing"}
        told = queries.reported_figures(report.incident, facts.values())
        initial |= {name: told[fact] for name, fact in facts.items() if told[fact] is not None}
    if not elements:
        elements = _known(report.incident)
    for key in ELEMENTS:
        said = elements.get(key)
        initial[f"element_{key}"] = UNKNOWN if said is None and report.drafted_at else said
    return initial


def _known(incident: Incident) -> dict[str, str | None]:
    """What the register of the incident answers already."""
    at = incident.occurred_at or incident.discovered_at
    return {
        "time": full_moment(at) if at else None,
        "place": incident.place or None,
        "source": incident.source,
        "nature": incident.title,
    }


def _page(report: Report) -> dict[str, Any]:
    before = queries.last_sent(report.incident, but=report)
    figures = Figures(dead=report.dead, missing=report.missing, injured=report.injured)
    return {
        "report": report,
        "incident": report.incident,
        "before": before,
        "now": clock.now(report.realm),
        "not_known": not_known(report.elements) if report.elements else [],
        "unknown": NOT_KNOWN,
        "hint": conservation_hint(before, figures),
        "copies": copies_for(report),
    }
