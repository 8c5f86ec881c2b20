"""Special periods: those in force and past, one of them, and what is decided about it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liandong.command import actions, queries
from liandong.command.forms.special_period import (
    DeclarePeriodForm,
    ExtendPeriodForm,
    FileForm,
    LiftPeriodForm,
    ReceiptForm,
)
from liandong.command.permissions import Permission
from liandong.command.rules.special_period import LAWS, law_of
from liandong.command.states import SpecialPeriodKind
from liandong.kernel.journal.reading import timeline
from liandong.web.deeds import deed
from liandong.web.requests import actor_of

KIND = "command.special_period"
MOST = 100
MOST_TOLD = 40


def periods(request: HttpRequest) -> HttpResponse:
    """All of them, those in force first."""
    actor = actor_of(request)
    rows = list(queries.visible_special_periods(actor)[:MOST])
    context = {
        "in_force": [one for one in rows if one.is_in_force],
        "past": [one for one in rows if not one.is_in_force],
        "may_declare": actor.may(Permission.DECLARE_SPECIAL_PERIOD),
    }
    return render(request, "command/periods.html", context)


def period(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What it is, its powers with their articles, its filing, and what happened to it."""
    actor = actor_of(request)
    found = queries.special_period_for(actor, pk)
    context = {
        "period": found,
        "law": law_of(found),
        "filings": list(queries.visible_filings(actor).filter(special_period=found)),
        "told": timeline(actor, subject=(KIND, str(found.pk)), limit=MOST_TOLD),
        "may_extend": actor.may(Permission.DECLARE_SPECIAL_PERIOD),
        "may_lift": actor.may(Permission.LIFT_SPECIAL_PERIOD),
        "may_file": actor.may(Permission.FILE_WITH_CONGRESS),
    }
    return render(request, "command/period.html", context)


def declare(request: HttpRequest) -> HttpResponse:
    """Enter one that was declared; beside the form what each law says."""
    actor = actor_of(request)
    actor.demand(Permission.DECLARE_SPECIAL_PERIOD)
    asked = request.GET.get("incident", "")
    incident = queries.incident_for(actor, asked) if asked else None
    laws = [(SpecialPeriodKind(kind).label, law) for kind, law in LAWS.items()]
    back = (
        reverse("command:room", args=[incident.pk]) if incident else reverse("command:periods")
    )
    return deed(
        request,
        DeclarePeriodForm(request.POST or None),
        run=lambda data: actions.declare_special_period(actor, incident=incident, **data),
        to=lambda made: reverse("command:period", args=[made.pk]),
        template="command/declare_period.html",
        context={"laws": laws, "incident": incident, "back": back},
    )


def extend(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let it go on."""
    actor = actor_of(request)
    actor.demand(Permission.DECLARE_SPECIAL_PERIOD)
    found = queries.special_period_for(actor, pk)
    page = reverse("command:period", args=[found.pk])
    return deed(
        request,
        ExtendPeriodForm(request.POST or None, initial={"expected_version": found.version}),
        run=lambda data: actions.extend_special_period(actor, period=found, **data),
        to=page,
        context={"note": str(found), "back": page},
    )


def lift(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End it."""
    actor = actor_of(request)
    actor.demand(Permission.LIFT_SPECIAL_PERIOD)
    found = queries.special_period_for(actor, pk)
    page = reverse("command:period", args=[found.pk])
    initial = {"expected_version": found.version, "lifted_by": found.declared_by}
    return deed(
        request,
        LiftPeriodForm(request.POST or None, initial=initial),
        run=lambda data: actions.lift_special_period(actor, period=found, **data),
        to=page,
        context={"note": str(found), "back": page},
    )


def file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note that it was filed, or, once it was, the receipt."""
    actor = actor_of(request)
    actor.demand(Permission.FILE_WITH_CONGRESS)
    found = queries.filing_for(actor, pk)
    page = reverse("command:period", args=[found.special_period_id])
    form = ReceiptForm if found.filed_at else FileForm
    act = actions.receive_congress_receipt if found.filed_at else actions.file_with_congress
    return deed(
        request,
        form(request.POST or None, initial={"expected_version": found.version}),
        run=lambda data: act(actor, filing=found, **data),
        to=page,
        context={"note": str(found), "back": page},
    )
