"""Signals in: what a voice gateway, a village informant's telephone or a platform makes the desk ring with."""

from datetime import datetime
from typing import Annotated

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.responses import Status
from pydantic import AwareDatetime, ConfigDict, Field

from liandong.command.actions import raise_signal
from liandong.command.models import Signal
from liandong.command.permissions import Permission
from liandong.command.queries import signal_for
from liandong.command.states import SignalChannel, SignalState
from liandong.web.requests import LONGEST_KEY, actor_of, key_of

router = Router(tags=["command"])


class SignalIn(Schema):
    """A call or a word that came in; at least one of caller, number and words."""

    model_config = ConfigDict(extra="forbid")

    channel: SignalChannel = SignalChannel.PLATFORM
    caller: Annotated[str, Field(max_length=120)] = ""
    number: Annotated[str, Field(max_length=40)] = ""
    words: Annotated[str, Field(max_length=4000)] = ""
    received_at: AwareDatetime | None = None


class SignalOut(Schema):
    """How a signal stands: whether it still rings, and who took it."""

    signal: str
    state: SignalState
    received_at: datetime
    taken_by: str
    taken_at: datetime | None


@router.post("", response={201: SignalOut})
def post_signal(request: HttpRequest, told: SignalIn) -> Status[dict[str, object]]:
    """Make the duty desk ring. It rings until somebody takes it, and climbs to the leader after 60 seconds.

    ``Idempotency-Key`` makes sending the same signal again harmless.
    """
    actor = actor_of(request)
    signal = raise_signal(actor, **told.model_dump(), idempotency_key=key_of(request))
    return Status(201, _told(signal))


@router.get("/{signal}", response=SignalOut)
def get_signal(request: HttpRequest, signal: str) -> dict[str, object]:
    """Tell whoever sent a signal, and the duty desk, whether somebody has taken it."""
    actor = actor_of(request)
    actor.demand(Permission.RAISE_SIGNAL)
    return _told(signal_for(actor, signal[:LONGEST_KEY].replace("\0", "")))


def _told(signal: Signal) -> dict[str, object]:
    return {
        "signal": str(signal.pk),
        "state": signal.state,
        "received_at": signal.received_at,
        "taken_by": signal.taken_by,
        "taken_at": signal.taken_at,
    }
