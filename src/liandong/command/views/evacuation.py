"""Evacuation of an incident: the sums, shelters filling, and every household."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liandong.command import actions, queries
from liandong.command.forms.evacuation import ListHouseholdsForm, MoveHouseholdsForm
from liandong.command.models import Incident
from liandong.command.permissions import Permission
from liandong.command.states import HouseholdState
from liandong.command.views.visit import Visit
from liandong.kernel.actors import Actor
from liandong.organization import queries as organization
from liandong.organization.models import Body
from liandong.organization.states import BodyKind
from liandong.web.deeds import deed
from liandong.web.requests import actor_of

SHELTERS_SHOWN = 12


def shown(visit: Visit) -> dict[str, Any]:
    """The room's part: how many have left, and how many nobody can find."""
    return {
        "moving": queries.moving(visit.incident)[0],
        "missing": queries.missing_figures(visit.incident),
    }


def evacuation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Sums, shelters, and the lists the reader may see."""
    return render(request, "command/evacuation.html", _page(actor_of(request), pk))


def part(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The same again, when somebody left."""
    return render(request, "command/_evacuation.html", _page(actor_of(request), pk))


def list_(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter a village's list."""
    actor = actor_of(request)
    actor.demand(Permission.EVACUATE)
    incident = queries.incident_for(actor, pk)
    page = reverse("command:evacuation", args=[incident.pk])
    return deed(
        request,
        ListHouseholdsForm(_townships(actor), request.POST or None),
        run=lambda data: actions.list_households(actor, incident=incident, **data),
        to=page,
        context={"note": incident.title, "back": page},
    )


def move(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say what became of some households."""
    actor = actor_of(request)
    actor.demand(Permission.EVACUATE)
    incident = queries.incident_for(actor, pk)
    page = reverse("command:evacuation", args=[incident.pk])
    villages = queries.villages(actor, incident)
    asked = request.GET.get("list", "")
    chosen = [
        home.value
        for village in villages
        if str(village.row.pk) == asked
        for home in village.homes
        if home.row.state == HouseholdState.TO_MOVE
    ]
    if asked:
        villages = [one for one in villages if str(one.row.pk) == asked]

    def run(data: dict[str, Any]) -> Incident:
        data["households"] = queries.households_for(actor, incident, data["households"])
        return actions.move_households(actor, incident=incident, **data)

    return deed(
        request,
        MoveHouseholdsForm(
            villages,
            queries.shelters(actor),
            request.POST or None,
            initial={"people": chosen, "state": HouseholdState.MOVED},
        ),
        run=run,
        to=page,
        context={"note": incident.title, "back": page},
    )


def _townships(actor: Actor) -> list[Body]:
    """Whose households the actor may list: the desk everybody's, a township its own."""
    every = list(organization.bodies_by_kind(BodyKind.TOWNSHIP))
    if actor.may(Permission.NOTE_DELIVERY):
        return every
    return [one for one in every if f"body:{one.pk}" in actor.scopes]


def _page(actor: Actor, pk: UUID) -> dict[str, Any]:
    incident = queries.incident_for(actor, pk)
    total, townships = queries.moving(incident)
    evacuates = actor.may(Permission.EVACUATE)
    fillings = queries.shelters(actor)
    used = [one for one in fillings if one.people]
    return {
        "incident": incident,
        "total": total,
        "townships": townships,
        "shelters": used or fillings[:SHELTERS_SHOWN],
        "villages": queries.villages(actor, incident),
        "may": {
            "list": evacuates and incident.is_open and bool(_townships(actor)),
            "move": evacuates,
        },
    }
