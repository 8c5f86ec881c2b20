"""Orders to operate a reservoir: giving one, and saying that everybody downstream knows."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from liandong.command import actions, queries
from liandong.command.forms.operating_order import ConfirmDownstreamForm, OperatingForm
from liandong.command.permissions import Permission
from liandong.web.deeds import deed
from liandong.web.requests import actor_of


def operate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Gates, outflow, moment, and whoever lives below."""
    actor = actor_of(request)
    actor.demand(Permission.ISSUE_ORDER)
    incident = queries.incident_for(actor, pk)
    return deed(
        request,
        OperatingForm(request.POST or None),
        run=lambda data: actions.issue_operating_order(actor, incident=incident, **data),
        to=lambda made: reverse("command:order", args=[made.order_id]),
        context={
            "note": incident.title,
            "back": reverse("command:room", args=[incident.pk]),
        },
    )


def confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everybody downstream knows."""
    actor = actor_of(request)
    actor.demand(Permission.ISSUE_ORDER)
    found = queries.operating_order_for(actor, pk)
    page = reverse("command:order", args=[found.order_id])
    return deed(
        request,
        ConfirmDownstreamForm(
            request.POST or None, initial={"expected_version": found.version}
        ),
        run=lambda data: actions.confirm_downstream(actor, operating=found, **data),
        to=page,
        context={"note": str(found), "back": page},
    )
