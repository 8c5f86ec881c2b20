"""Routes of an incident: drawn on the map or written down, listed, withdrawn."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from liandong.command import actions, queries
from liandong.command.forms.route import RouteForm, WithdrawRouteForm
from liandong.command.permissions import Permission
from liandong.command.states import RouteState
from liandong.web.deeds import deed
from liandong.web.requests import actor_of


def draw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The map, a box of points, and the routes that stand."""
    actor = actor_of(request)
    actor.demand(Permission.DRAW_ROUTE)
    incident = queries.incident_for(actor, pk)
    standing = queries.visible_routes(actor).filter(incident=incident, state=RouteState.DRAWN)
    room = reverse("command:room", args=[incident.pk])
    return deed(
        request,
        RouteForm(request.POST or None),
        run=lambda data: actions.draw_route(actor, incident=incident, **data),
        to=room,
        template="command/draw_route.html",
        context={"incident": incident, "routes": standing, "back": room},
    )


def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take one off the maps."""
    actor = actor_of(request)
    actor.demand(Permission.WITHDRAW_ROUTE)
    route = queries.route_for(actor, pk)
    page = reverse("command:draw_route", args=[route.incident_id])
    return deed(
        request,
        WithdrawRouteForm(request.POST or None, initial={"expected_version": route.version}),
        run=lambda data: actions.withdraw_route(actor, route=route, **data),
        to=page,
        context={"note": str(route), "back": page},
    )
