"""The sheet of one call: what it begins with, and where it is sent."""

from typing import Any

from django.urls import reverse

from liandong.command import queries
from liandong.command.forms.call import CallForm, PasteForm
from liandong.command.forms.chat import chat_context
from liandong.command.models import Signal
from liandong.command.states import SignalState
from liandong.kernel import clock
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Missing
from liandong.web.forms import DeedForm


def desk_sheet(actor: Actor, key: str, tab: str) -> dict[str, Any]:
    """What the desk's middle column shows: the sheet of the call that was taken, or the paste box."""
    signal = _named(actor, key)
    if tab == "paste":
        form: DeedForm = PasteForm()
    else:
        form = sheet(actor, signal, **(chat_context(signal)["known"] if signal else {}))
    return around(signal) | {
        "form": form,
        "title": form.title,
        "tab": tab,
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
