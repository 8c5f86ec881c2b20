"""The sheet beside the telephone, and what it asks while it is filled in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liandong.command import actions, queries
from liandong.command.forms.chat import chat_context
from liandong.command.forms.sheet import around, sheet
from liandong.command.models import Call
from liandong.command.permissions import Permission
from liandong.command.rules.alike import alike_incidents
from liandong.kernel import clock
from liandong.web.deeds import deed
from liandong.web.requests import actor_of

SHEET = "command/_call_form.html"


def new_call(request: HttpRequest) -> HttpResponse:
    """Write a call down: alone on its page, as a telephone shows it; the desk sends here too."""
    actor = actor_of(request)
    actor.demand(Permission.OPEN_INCIDENT)
    named = request.GET.get("signal", "")
    signal = queries.signal_for(actor, named) if named else None

    known = chat_context(signal)["known"] if signal else {}

    def run(data: dict[str, Any]) -> Call:
        chosen = request.POST.get("incident", "")
        incident = queries.incident_for(actor, chosen) if chosen else None
        return actions.register_call(actor, signal=signal, incident=incident, **data)

    return deed(
        request,
        sheet(actor, signal, request.POST or None, **known),
        run=run,
        to=lambda made: reverse("command:room", args=[made.incident_id]),
        template="command/call.html",
        partial=SHEET,
        context=around(signal),
    )


def alike(request: HttpRequest) -> HttpResponse:
    """Open incidents that the call may be about; asked as kind and place are written or shown."""
    actor = actor_of(request)
    actor.demand(Permission.OPEN_INCIDENT)
    found = alike_incidents(
        actor,
        request.GET.get("hazard", "")[:20],
        request.GET.get("place", "")[:300],
        clock.now(actor.realm),
        spot=sheet(actor, None, request.GET).spot,
    )
    return render(request, "command/_alike.html", {"alike": found})


def place_map(request: HttpRequest) -> HttpResponse:
    """The map on which the sheet's place is shown; fetched when its part is unfolded."""
    actor = actor_of(request)
    actor.demand(Permission.OPEN_INCIDENT)
    named = request.GET.get("signal", "")
    signal = queries.signal_for(actor, named) if named else None
    form = sheet(actor, signal, request.GET)
    return render(request, "command/_call_map.html", {"form": form})
