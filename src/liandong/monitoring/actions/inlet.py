"""Taking in what waits at the broker: messages of many devices, and how far they go, at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from liandong.kernel import clock
from liandong.kernel.actions import action
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Stale
from liandong.kernel.wording import gettext as _
from liandong.monitoring import rules
from liandong.monitoring.actions.reading import record_readings
from liandong.monitoring.models import Inlet, Presence
from liandong.monitoring.permissions import Permission
from liandong.monitoring.signals.observations import Observation, Refusal


@dataclass
class Delivery:
    """What one device said in some messages; rows are numbered by message."""

    actor: Actor
    source: str
    readings: list[Observation] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


@dataclass(frozen=True)
class Span:
    """The messages of a stream after one and up to another."""

    stream: str
    born: str
    after: int
    upto: int


@action(Permission.RECORD_READINGS)
def take_messages(
    actor: Actor,
    *,
    span: Span,
    deliveries: Sequence[Delivery],
    said: Mapping[UUID, str] | None = None,
    idempotency_key: str = "",
) -> Inlet:
    """Store what messages of the broker say, each device's as its own batch, and how far they go.

    One transaction: a message is in the table exactly when it is passed, whoever is killed when.
    Publishes ``ReadingsReceived`` once a device. Refuses a drill, and messages that do not follow
    upon those already taken: somebody else took them meanwhile.
    """
    rules.demand_actual(actor)
    now = clock.now(actor.realm)
    inlet = _follow(span, now)
    for delivery in deliveries:
        record_readings(
            delivery.actor,
            readings=delivery.readings,
            refused=delivery.refused,
            source=delivery.source,
        )
    _hear(said or {}, now)
    return inlet


def _follow(span: Span, now: datetime) -> Inlet:
    """Move the inlet on, if it stands where these messages begin."""
    inlet, _made = Inlet.objects.get_or_create(
        name=span.stream, defaults={"born": span.born, "taken_at": now}
    )
    values = {"born": span.born, "position": span.upto, "taken_at": now}
    stands = Inlet.objects.filter(
        name=span.stream,
        born=inlet.born,
        position=span.after if inlet.born == span.born else inlet.position,
    )
    if not stands.update(**values):
        raise Stale(
            _("这些报文已由别处收下。"),
            place=span.stream,
            remedy=_("请从已收到的位置接着收。"),
        )
    inlet.born, inlet.position, inlet.taken_at = span.born, span.upto, now
    return inlet


def _hear(said: Mapping[UUID, str], now: datetime) -> None:
    rows = [Presence(device=device, said=text[:200], at=now) for device, text in said.items()]
    Presence.objects.bulk_create(
        sorted(rows, key=lambda row: row.device),
        update_conflicts=True,
        unique_fields=["device"],
        update_fields=["said", "at"],
    )
