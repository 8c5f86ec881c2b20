"""Missing people of an incident: the sums, each of them, and what became of them."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liandong.command import actions, queries
from liandong.command.forms.missing_person import (
    ReopenMissingForm,
    ReportMissingForm,
    SettleMissingForm,
)
from liandong.command.permissions import Permission
from liandong.command.states import MISSING_MOVES, MissingState
from liandong.kernel.actors import Actor
from liandong.web.deeds import deed
from liandong.web.requests import actor_of


def missing(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everybody reported missing, those still sought first."""
    return render(request, "command/missing.html", _page(actor_of(request), pk))


def part(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The same again, when somebody was found."""
    return render(request, "command/_missing.html", _page(actor_of(request), pk))


def report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter somebody."""
    actor = actor_of(request)
    actor.demand(Permission.TRACE_MISSING)
    incident = queries.incident_for(actor, pk)
    page = reverse("command:missing", args=[incident.pk])
    return deed(
        request,
        ReportMissingForm(request.POST or None),
        run=lambda data: actions.report_missing_person(actor, incident=incident, **data),
        to=page,
        context={"note": incident.title, "back": page},
    )


def settle(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say what became of somebody."""
    actor = actor_of(request)
    actor.demand(Permission.TRACE_MISSING)
    found = queries.missing_person_for(actor, pk)
    page = reverse("command:missing", args=[found.incident.lives_in.pk])
    return deed(
        request,
        SettleMissingForm(
            found, request.POST or None, initial={"expected_version": found.version}
        ),
        run=lambda data: actions.settle_missing_person(actor, person=found, **data),
        to=page,
        context={"note": str(found), "back": page},
    )


def reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Have somebody missing again."""
    actor = actor_of(request)
    actor.demand(Permission.TRACE_MISSING)
    found = queries.missing_person_for(actor, pk)
    page = reverse("command:missing", args=[found.incident.lives_in.pk])
    return deed(
        request,
        ReopenMissingForm(request.POST or None, initial={"expected_version": found.version}),
        run=lambda data: actions.reopen_missing_person(actor, person=found, **data),
        to=page,
        context={"note": str(found), "back": page},
    )


def _page(actor: Actor, pk: UUID) -> dict[str, Any]:
    incident = queries.incident_for(actor, pk)
    people = queries.sought(actor, incident)
    traces = actor.may(Permission.TRACE_MISSING)
    return {
        "incident": incident,
        "figures": queries.missing_figures(incident),
        "still": [one for one in people if one.row.state == MissingState.MISSING],
        "settled": [
            (one, not MISSING_MOVES.is_final(one.row.state))
            for one in people
            if one.row.state != MissingState.MISSING
        ],
        "may": {"report": traces and incident.is_open, "settle": traces},
    }
