"""The sheet beside the telephone, and what it asks while it is filled in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liandong.command import actions, queries
from liandong.command.forms.call import CallForm, PasteForm
from liandong.command.models import Call, Signal
from liandong.command.permissions import Permission
from liandong.command.states import SignalState
from liandong.command.views.chat import chat_context
from liandong.kernel import clock
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Missing
from liandong.web.deeds import deed
from liandong.web.forms import DeedForm
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
    """Open incidents that the call may be about; asked as kind and place are written."""
    actor = actor_of(request)
    actor.demand(Permission.OPEN_INCIDENT)
    found = queries.alike_incidents(
        actor,
        request.GET.get("hazard", "")[:20],
        request.GET.get("place", "")[:300],
        clock.now(actor.realm),
    )
    return render(request, "command/_alike.html", {"alike": found})


def desk_call(request: HttpRequest) -> dict[str, Any]:
    """What the desk's middle column shows: the sheet of the call that was taken, or the paste box."""
    actor = actor_of(request)
    signal = _named(actor, request.GET.get("signal", ""))
    if request.GET.get("tab") == "paste":
        form: DeedForm = PasteForm()
    else:
        form = sheet(actor, signal, **(chat_context(signal)["known"] if signal else {}))
    return around(signal) | {
        "form": form,
        "title": form.title,
        "tab": request.GET.get("tab", ""),
        "pasting": reverse("command:paste"),
        "now": clock.now(actor.realm),
    }


def _named(actor: Actor, key: str) -> Signal | None:
    """The signal an address names, while there is still something to write down about it."""
    try:
        signal = queries.signal_for(actor, key) if key else None
    except Missing:
        return None
    return signal if signal and signal.state != SignalState.REGISTERED else None


def sheet(actor: Actor, signal: Signal | None, data: Any = None, **known: Any) -> CallForm:
    """The sheet, with what a signal tells already; ``known`` is what was read out of its words."""
    initial: dict[str, Any] = {}
    if signal is not None:
        initial = {
            "caller": signal.caller,
            "number": signal.number,
            "received_at": signal.received_at,
            "what": signal.words[:2000],
        }
    return CallForm(
        data,
        realm=actor.realm,
        channel=signal.channel if signal else "",
        own=str(signal.pk) if signal else "",
        initial=initial | known,
    )


def around(signal: Signal | None) -> dict[str, Any]:
    """What a sheet's template needs besides the form."""
    page = reverse("command:new_call")
    return {"signal": signal, "action": f"{page}?signal={signal.pk}" if signal else page}
