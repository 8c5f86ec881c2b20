"""Reports: what is due, writing, showing and sending one."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liandong.command import actions, queries
from liandong.command.forms.report import (
    AddReportForm,
    CorrectForm,
    DraftForm,
    LatenessForm,
    ReviewForm,
    SendForm,
)
from liandong.command.models import Report
from liandong.command.permissions import Permission
from liandong.command.rules.casualties import SHOWN, conservation_hint, figures_of
from liandong.command.rules.copies import copies_for
from liandong.command.rules.report import ELEMENTS, NOT_KNOWN, not_known
from liandong.command.states import OWED, ReportKind
from liandong.kernel import clock
from liandong.kernel.actors import Actor
from liandong.web.deeds import deed
from liandong.web.forms import UNKNOWN
from liandong.web.requests import actor_of


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
    may = {
        "correct": found.is_sent
        and found.corrects is None
        and actor.may(Permission.DRAFT_REPORT),
        "explain": found.lacks_late_reason and actor.may(Permission.SEND_REPORT),
    }
    if found.state not in OWED or not actor.may(Permission.DRAFT_REPORT):
        corrections = list(queries.visible_reports(actor).filter(corrects=found))
        context = _page(found) | {"may": may, "corrections": corrections}
        return render(request, "command/report.html", context)
    page = reverse("command:report", args=[found.pk])
    since = _since(actor, found)
    return deed(
        request,
        DraftForm(
            request.POST or None,
            initial=_initial(found, since),
            report=found,
            after=queries.compared_with(found),
        ),
        run=lambda data: actions.draft_report(actor, report=found, **data),
        to=page,
        template="command/report.html",
        context=_page(found)
        | {
            "since": since,
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


def correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin the report that puts this one right."""
    actor = actor_of(request)
    actor.demand(Permission.DRAFT_REPORT)
    found = queries.report_for(actor, pk)
    return deed(
        request,
        CorrectForm(request.POST or None, initial={"expected_version": found.version}),
        run=lambda data: actions.correct_report(actor, report=found, **data),
        to=lambda made: reverse("command:report", args=[made.pk]),
        context={
            "note": f"{found.incident} {found.title}",
            "back": reverse("command:report", args=[found.pk]),
        },
    )


def explain(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say why it went up late."""
    actor = actor_of(request)
    actor.demand(Permission.SEND_REPORT)
    found = queries.report_for(actor, pk)
    page = reverse("command:report", args=[found.pk])
    return deed(
        request,
        LatenessForm(request.POST or None, initial={"expected_version": found.version}),
        run=lambda data: actions.explain_late_report(actor, report=found, **data),
        to=page,
        context={"note": f"{found.incident} {found.title}", "back": page},
    )


def _initial(report: Report, since: queries.Since) -> dict[str, Any]:
    """What was written before; else what the incident tells. What nobody could tell stays marked so."""
    drafted = report.drafted_at is not None
    elements = report.elements or queries.drafted_elements(report, since)
    figures = (
        vars(figures_of(report))
        if drafted
        else queries.drafted_figures(report, queries.compared_with(report))
    )
    initial: dict[str, Any] = {
        "expected_version": report.version,
        "text": report.text,
        "reduction_note": report.reduction_note or report.correction_reason,
    }
    for name, value in figures.items():
        blank = name in SHOWN and drafted and value is None
        initial[name] = UNKNOWN if blank else value
    for key in ELEMENTS:
        said = elements.get(key)
        initial[f"element_{key}"] = UNKNOWN if said is None and drafted else said
    if report.kind == ReportKind.FINAL:
        span = queries.span_of(report, clock.now(report.realm))
        initial["from_at"] = report.from_at or span[0]
        initial["until_at"] = report.until_at or span[1]
    return initial


def _page(report: Report) -> dict[str, Any]:
    before = queries.compared_with(report)
    figures = figures_of(report)
    return {
        "report": report,
        "incident": report.incident,
        "before": before,
        "before_figures": [
            (label, getattr(before, name)) for name, label in SHOWN.items() if before
        ],
        "figures": [(label, getattr(report, name)) for name, label in SHOWN.items()],
        "now": clock.now(report.realm),
        "not_known": not_known(report.elements) if report.elements else [],
        "unknown": NOT_KNOWN,
        "hint": "" if report.is_sent else conservation_hint(before, figures),
        "copies": copies_for(report),
    }


def _since(actor: Actor, report: Report) -> queries.Since:
    """What is new after what the receiver was told last; for the last report, from the beginning."""
    told = None if report.kind == ReportKind.FINAL else queries.told_before(report)
    return queries.changed_since(actor, report.incident, told.sent_at if told else None)
