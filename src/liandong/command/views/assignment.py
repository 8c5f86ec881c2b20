"""Resources given out: who is where, giving one to an order or an incident, taking it back."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liandong.command import actions, queries
from liandong.command.forms.assignment import AssignForm, ReleaseForm
from liandong.command.models import Assignment, Incident, Order
from liandong.command.permissions import Permission
from liandong.command.rules.assignment import KINDS
from liandong.kernel import clock
from liandong.organization import queries as organization
from liandong.web.deeds import deed
from liandong.web.requests import actor_of


def assignments(request: HttpRequest) -> HttpResponse:
    """Who and what is where, and what is free."""
    actor = actor_of(request)
    actor.demand(Permission.READ_INCIDENT)
    now = clock.now(actor.realm)
    may = actor.may(Permission.ASSIGN_RESOURCE)
    context = {
        "out": queries.out_now(actor),
        "free": queries.free_records(actor, KINDS, now) if may else [],
        "may_assign": may,
        "now": now,
    }
    return render(request, "command/assignments.html", context)


def assign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give something to an incident as a whole."""
    actor = actor_of(request)
    actor.demand(Permission.ASSIGN_RESOURCE)
    incident = queries.incident_for(actor, pk)
    return _assign(request, incident, None, reverse("command:room", args=[incident.pk]))


def assign_to_order(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give something to an order."""
    actor = actor_of(request)
    actor.demand(Permission.ASSIGN_RESOURCE)
    order = queries.order_for(actor, pk)
    page = reverse("command:order", args=[order.pk])
    return _assign(request, order.incident.lives_in, order, page)


def release(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take something back."""
    actor = actor_of(request)
    actor.demand(Permission.ASSIGN_RESOURCE)
    found = queries.assignment_for(actor, pk)
    page = reverse("command:assignments")
    return deed(
        request,
        ReleaseForm(request.POST or None, initial={"expected_version": found.version}),
        run=lambda data: actions.release_resource(actor, assignment=found, **data),
        to=page,
        context={"note": f"{found} → {found.whither}", "back": page},
    )


def _assign(
    request: HttpRequest, incident: Incident, order: Order | None, page: str
) -> HttpResponse:
    actor = actor_of(request)
    # Posted, all are offered: what somebody else took meanwhile is refused by name.
    moment = None if request.method == "POST" else clock.now(actor.realm)
    form = AssignForm(
        request.POST or None,
        records=queries.free_records(actor, KINDS, moment),
        people=organization.people_here(),
    )

    def run(data: dict[str, Any]) -> Assignment:
        return actions.assign_resource(actor, incident=incident, order=order, **data)

    note = f"{order} · {order.to_body}" if order else incident.title
    return deed(request, form, run=run, to=page, context={"note": note, "back": page})
