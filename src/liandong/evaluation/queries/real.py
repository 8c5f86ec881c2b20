"""What is real and waits while somebody is in a drill."""

from dataclasses import dataclass, replace

from liandong.command import queries as command
from liandong.command.models import Signal
from liandong.command.permissions import Permission as Command
from liandong.kernel.actors import ACTUAL, Actor
from liandong.messaging import queries as messaging
from liandong.messaging.models import Message

MOST = 20


@dataclass(frozen=True)
class Waiting:
    """Real signals that ring for somebody, and urgent messages they have not read; the newest of those first.

    ``sounds`` says whether the bell is to be heard here.
    """

    signals: list[Signal]
    messages: list[Message]
    sounds: bool

    def __bool__(self) -> bool:
        return bool(self.signals or self.messages)


def real_for(actor: Actor) -> Waiting:
    """What calls somebody back from a drill. Two small queries while nothing does."""
    here = replace(actor, realm=ACTUAL)
    ring = command.ring_of(here) if here.may(Command.TAKE_SIGNAL) else None
    urgent = messaging.unread_for(here).filter(is_urgent=True)
    return Waiting(
        signals=[ring.signal, *ring.behind] if ring else [],
        messages=list(urgent[:MOST]),
        sounds=bool(ring and ring.sounds),
    )
