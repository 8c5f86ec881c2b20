"""Where an incident is: picked on the map, or typed."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from liandong.command import actions, queries
from liandong.command.forms.location import LocateForm
from liandong.command.permissions import Permission
from liandong.web.deeds import deed
from liandong.web.requests import actor_of


def locate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The map and two boxes; a click on the map fills them."""
    actor = actor_of(request)
    actor.demand(Permission.LOCATE_INCIDENT)
    incident = queries.incident_for(actor, pk)
    initial = {
        "expected_version": incident.version,
        "lon": incident.lon,
        "lat": incident.lat,
    }
    room = reverse("command:room", args=[incident.pk])
    return deed(
        request,
        LocateForm(request.POST or None, initial=initial),
        run=lambda data: actions.locate_incident(actor, incident=incident, **data),
        to=room,
        template="command/locate.html",
        context={"incident": incident, "note": incident.title, "back": room},
    )
