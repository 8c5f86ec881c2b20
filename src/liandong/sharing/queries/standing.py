"""How fresh the registers are: counts, what is due, and for whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from liandong.kernel.actors import EVERYTHING, Actor
from liandong.sharing.models import Inspection, Record
from liandong.sharing.permissions import Permission
from liandong.sharing.queries.records import today, visible_to
from liandong.sharing.registers import REGISTERS, Register
from liandong.sharing.registers.reading import Word
from liandong.sharing.states import RecordState

SOON = timedelta(days=30)
STANDINGS: Mapping[str, Word] = {
    "stale": _("逾期未核实"),
    "inspect": _("应检查"),
    "mend": _("问题未整改"),
    "expiring": _("即将或已经到期"),
    "unplaced": _("没有坐标"),
}
# What a place lacks is no task of a day.
OWED = ("stale", "inspect", "mend", "expiring")


def condition(standing: str, on: date) -> Q:
    """What a record in a standing meets, as of a day."""
    defects = Inspection.objects.filter(mend_by__isnull=False, mended_on=None)
    return {
        "stale": Q(due_on__lte=on),
        "inspect": Q(inspect_on__lte=on),
        "mend": Q(pk__in=defects.values("record")),
        "expiring": Q(expires_on__lte=on + SOON),
        "unplaced": Q(lon=None),
    }[standing]


@dataclass(frozen=True)
class Overview:
    """One register at a glance."""

    register: Register
    total: int
    standings: Mapping[str, int]


def overviews(actor: Actor) -> list[Overview]:
    """Every register with how much of it the actor sees, and how much of that wants something."""
    on = today()
    rows = visible_to(actor).filter(state=RecordState.CURRENT).order_by().values("kind")
    asked = {key: Count("pk", filter=condition(key, on)) for key in STANDINGS}
    found: dict[str, Mapping[str, Any]] = {
        row["kind"]: row for row in rows.annotate(total=Count("pk"), **asked)
    }
    return [
        Overview(
            register,
            found.get(kind, {}).get("total", 0),
            {
                key: count
                for key in STANDINGS
                if (count := found.get(kind, {}).get(key, 0))
                and (register.shapes or key != "unplaced")
            },
        )
        for kind, register in REGISTERS.items()
    ]


def kept_by(actor: Actor) -> QuerySet[Record]:
    """The records an actor answers for: of its bodies; of all, if it is an office."""
    rows = Record.objects.filter(state=RecordState.CURRENT)
    if EVERYTHING in actor.scopes or actor.may(Permission.KEEP_ANY):
        return rows
    return rows.filter(body__in=own_bodies(actor))


def owed_by(actor: Actor) -> QuerySet[Record]:
    """Those of them that want something: confirming, inspecting, mending, renewing."""
    on = today()
    return kept_by(actor).filter(reduce(or_, (condition(key, on) for key in OWED)))


def own_bodies(actor: Actor) -> list[UUID]:
    """The bodies an actor works for."""
    named = (scope.removeprefix("body:") for scope in actor.scopes if scope.startswith("body:"))
    return [UUID(one) for one in named if len(one) == 36]


def due_for(actor: Actor) -> dict[str, int]:
    """How many of the records an actor answers for want something of it, by standing.

    Asked one by one: each has an index of its own, all together would read every record.
    """
    on, rows = today(), kept_by(actor)
    found = {key: rows.filter(condition(key, on)).count() for key in OWED}
    return {key: count for key, count in found.items() if count}
