"""The sheet with which command is handed over: situation, forces, open orders, as at a moment."""

from dataclasses import dataclass
from datetime import datetime

from liandong.command.models import Incident, Order, Response
from liandong.command.queries.incident import within
from liandong.command.queries.order import visible_orders
from liandong.command.queries.replay import Room, replay
from liandong.command.states import DONE, LIVE, OWED, OrderState, ResponseLevel
from liandong.kernel.actors import Actor
from liandong.kernel.wording import gettext as _
from liandong.plans import queries as plans
from liandong.plans.language import dictionary, fact_named


@dataclass(frozen=True, kw_only=True)
class OpenOrder:
    """An order that was not carried out yet at the moment of the sheet."""

    number: int
    to: str
    text: str
    state: str


@dataclass(frozen=True, kw_only=True)
class Force:
    """A body in the incident: what it had been ordered, and what of it was done."""

    name: str
    owed: int
    done: int


@dataclass(frozen=True, kw_only=True)
class CommandSheet:
    """移交单: what whoever takes over has to know; told again from the journal, so it never changes."""

    place: str
    room: Room
    facts: list[tuple[str, str]]
    responses: list[str]
    forces: list[Force]
    orders: list[OpenOrder]
    reports: list[str]


def command_sheet(
    actor: Actor, incident: Incident, *, until: datetime | None = None
) -> CommandSheet:
    """Put together the sheet as at a moment, or now; a fixed number of queries."""
    told = replay(actor, incident, until=until)
    orders = {str(one.pk): one for one in visible_orders(actor).filter(within(incident))}
    return CommandSheet(
        place=told.place,
        room=told.room,
        facts=_facts(told.room),
        responses=_responses(told.room),
        forces=_forces(told.room, orders),
        orders=_open(told.room, orders),
        reports=[one["title"] for one in told.room.reports.values() if one["state"] in OWED],
    )


def _facts(room: Room) -> list[tuple[str, str]]:
    """What was known, in the words of the dictionary; what people settled on as they settled it."""
    known, areas = dictionary(), plans.townships()
    said = []
    for name, value in (room.facts | room.settled).items():
        fact = fact_named(name, known, areas)
        shown = value if fact is None or name in room.settled else fact.show(fact.read(value))
        said.append((fact.label if fact else name, shown))
    return said


def _responses(room: Room) -> list[str]:
    rows = Response.objects.filter(pk__in=list(room.responses)).select_related("plan_version")
    return [
        _("%(level)s响应（%(plan)s）")
        % {
            "level": ResponseLevel(room.responses[str(one.pk)]).label,
            "plan": one.plan_version.title,
        }
        for one in rows.order_by("started_at")
    ]


def _forces(room: Room, orders: dict[str, Order]) -> list[Force]:
    counts: dict[str, list[int]] = {}
    for pk, told in room.orders.items():
        if order := orders.get(pk):
            count = counts.setdefault(str(order.to_body), [0, 0])
            count[0] += told["state"] in LIVE
            count[1] += told["state"] in DONE
    found = [Force(name=name, owed=owed, done=done) for name, (owed, done) in counts.items()]
    return sorted(found, key=lambda one: (-one.owed, one.name))


def _open(room: Room, orders: dict[str, Order]) -> list[OpenOrder]:
    found = [
        OpenOrder(
            number=told["number"],
            to=str(orders[pk].to_body) if pk in orders else "",
            text=told["text"],
            state=str(OrderState(told["state"]).label),
        )
        for pk, told in room.orders.items()
        if told["state"] in LIVE
    ]
    return sorted(found, key=lambda one: one.number)
