"""What is real and waits while somebody is in a drill."""

from dataclasses import dataclass, replace

from liandong.command import queries as command
from liandong.command.models import Signal
from liandong.command.permissions import Permission as Command
from liandong.kernel.actors import ACTUAL, Actor
from liandong.messaging import queries as messaging
from liandong.messaging.models import Message
from liandong.monitoring import queries as monitoring
from liandong.monitoring.models import Warning  # noqa: A004 -- a weather warning

MOST = 20


@dataclass(frozen=True)
class Waiting:
    """Real signals that ring for somebody, warnings proposed to them, and urgent messages they have not read.

    ``sounds`` says whether the bell is to be heard here.
    """

    signals: list[Signal]
    warnings: list[Warning]
    messages: list[Message]
    sounds: bool

    def __bool__(self) -> bool:
        return bool(self.signals or self.warnings or self.messages)


def real_for(actor: Actor) -> Waiting:
    """What calls somebody back from a drill. Three small queries at most while nothing does."""
    here = replace(actor, realm=ACTUAL)
    ring = command.ring_of(here) if here.may(Command.TAKE_SIGNAL) else None
    urgent = messaging.unread_for(here).filter(is_urgent=True)
    return Waiting(
        signals=[ring.signal, *ring.behind] if ring else [],
        warnings=monitoring.drafts_for(here),
        messages=list(urgent[:MOST]),
        sounds=bool(ring and ring.sounds),
    )
