"""Those who have to leave: their lists, the sums by township, and how full shelters are."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Sum

from liandong.command.models import EvacuationHousehold, EvacuationList, Incident
from liandong.command.queries.payload import said_of
from liandong.command.states import HouseholdState, IncidentState
from liandong.kernel.actors import Actor
from liandong.kernel.visibility import visible
from liandong.kernel.wording import gettext as _
from liandong.sharing import queries as sharing
from liandong.sharing.models import Record
from liandong.sharing.states import RecordState

KIND, LISTED = "command.evacuation_list", "command.evacuation_listed"


@dataclass(frozen=True)
class Home:
    """A household with what was said of it, as far as it is still kept."""

    row: EvacuationHousehold
    head: str
    phone: str
    needs: str

    @property
    def value(self) -> str:
        """How a form names it, with the version that was seen."""
        return f"{self.row.pk}.{self.row.version}"


@dataclass
class Village:
    """A list, who leads it, and its households."""

    row: EvacuationList
    leader: str
    leader_phone: str
    homes: list[Home] = field(default_factory=list)

    @property
    def people(self) -> int:
        """How many are on it."""
        return sum(one.row.people for one in self.homes)

    @property
    def still(self) -> int:
        """How many are still to be moved."""
        return sum(
            one.row.people for one in self.homes if one.row.state == HouseholdState.TO_MOVE
        )


@dataclass
class Moving:
    """Sums of people by state, of a township or of all; ``households`` counts homes."""

    name: str = ""
    households: int = 0
    needing_help: int = 0
    to_move: int = 0
    moved: int = 0
    refused: int = 0
    away: int = 0
    home: int = 0

    @property
    def people(self) -> int:
        """All who are on a list, whatever became of them."""
        return self.to_move + self.moved + self.refused + self.away + self.home


@dataclass(frozen=True)
class Filling:
    """A shelter: how many it holds by the register, and how many are in it, of every incident."""

    row: Record
    capacity: int
    people: int

    @property
    def over(self) -> int:
        """By how many it is over-full."""
        return max(self.people - self.capacity, 0)

    @property
    def free(self) -> int:
        """How many more it holds."""
        return max(self.capacity - self.people, 0)


@dataclass(frozen=True)
class Overfull:
    """A shelter with too many people, and an incident that goes on and brought them there."""

    pk: UUID
    name: str
    capacity: int
    people: int
    incident: UUID
    since: datetime

    @property
    def over(self) -> int:
        """By how many it is over-full."""
        return max(self.people - self.capacity, 0)


def _of(incident: Incident) -> dict[str, Any]:
    """An incident's lists, and those of what was merged into it."""
    ids = [incident.pk, *incident.merged.values_list("pk", flat=True)]
    return {"incident__in": ids}


def villages(actor: Actor, incident: Incident) -> list[Village]:
    """The lists the actor may see, by township and place, with their households. Four queries."""
    rows = visible(EvacuationList.objects.filter(**_of(incident)), actor)
    lists = list(rows.select_related("township").order_by("township__order", "place", "id"))
    told = said_of(KIND, LISTED, (one.pk for one in lists))
    found = {
        one.pk: Village(
            one,
            told.get(one.pk, {}).get("leader", ""),
            told.get(one.pk, {}).get("leader_phone", ""),
        )
        for one in lists
    }
    homes = EvacuationHousehold.objects.filter(list__in=list(found)).select_related(
        "list", "shelter"
    )
    for home in homes.order_by("list", "ordinal"):
        found[home.list_id].homes.append(_home(home, told.get(home.list_id)))
    return list(found.values())


def _home(row: EvacuationHousehold, told: dict[str, Any] | None) -> Home:
    if told is None:
        return Home(row, _("（姓名已依法销毁）"), "", "")
    place = row.ordinal
    return Home(row, told["heads"][place], told["phones"][place], told["needs"][place])


def moving(incident: Incident) -> tuple[Moving, list[Moving]]:
    """The sums of an incident, and those of each township; the one always adds up to the other."""
    rows = EvacuationHousehold.objects.filter(
        list__incident__in=_of(incident)["incident__in"]
    ).order_by()
    several = rows.values_list("list__township__short_name", "state", "needs_help").annotate(
        Count("pk"), Sum("people")
    )
    total = Moving()
    each: dict[str, Moving] = {}
    for name, state, needs_help, households, people in several.order_by(
        "list__township__order", "list__township__short_name"
    ):
        for one in (total, each.setdefault(name, Moving(name))):
            one.households += households
            one.needing_help += households if needs_help else 0
            setattr(one, state, getattr(one, state) + people)
    return total, list(each.values())


def sheltered(record: Record, realm: str) -> int:
    """How many people are in a shelter now, of whichever incident."""
    rows = EvacuationHousehold.objects.filter(
        shelter=record, state=HouseholdState.MOVED, list__realm=realm
    )
    return int(rows.aggregate(n=Sum("people"))["n"] or 0)


def shelters(actor: Actor) -> list[Filling]:
    """Every shelter of the register that the actor may see, the fullest first. Two queries."""
    rows = sharing.visible_to(actor).filter(kind="shelter", state=RecordState.CURRENT)
    inside = EvacuationHousehold.objects.filter(
        state=HouseholdState.MOVED, list__realm=actor.realm, shelter__isnull=False
    )
    people = dict(inside.order_by().values_list("shelter").annotate(Sum("people")))
    found = [
        Filling(one, capacity_of(one), people.get(one.pk, 0)) for one in rows.order_by("number")
    ]
    return sorted(found, key=lambda one: (-one.over, -one.people))


def capacity_of(record: Record) -> int:
    """How many a shelter holds by the register."""
    return int(record.values.get("capacity") or 0)


def overfilled(actor: Actor) -> list[Overfull]:
    """Shelters that hold more than they can, while an incident goes on that filled them. One query."""
    inside = EvacuationHousehold.objects.filter(
        state=HouseholdState.MOVED, list__realm=actor.realm, shelter__isnull=False
    )
    several = inside.order_by().values_list(
        "shelter",
        "shelter__name",
        "shelter__values__capacity",
        "list__incident",
        "list__incident__state",
    )
    found: dict[UUID, Overfull] = {}
    going_on: set[UUID] = set()
    for pk, name, capacity, incident, state, people, since in several.annotate(
        Sum("people"), Max("since_at")
    ):
        before = found.get(pk)
        if state == IncidentState.OPEN or before is None:
            found[pk] = Overfull(pk, name, capacity or 0, people, incident, since)
        if before:
            found[pk] = replace(found[pk], people=before.people + people)
        if state == IncidentState.OPEN:
            going_on.add(pk)
    return [one for one in found.values() if one.over and one.pk in going_on]


def households_for(
    actor: Actor, incident: Incident, wanted: Sequence[tuple[UUID, int]]
) -> list[EvacuationHousehold]:
    """Households of lists the actor may see, by their keys, each as of the version that was seen."""
    seen = dict(wanted)
    lists = visible(EvacuationList.objects.filter(**_of(incident)), actor)
    rows = EvacuationHousehold.objects.filter(list__in=lists, pk__in=list(seen))
    found = list(rows.select_related("list__township").order_by("pk"))
    for one in found:
        one.version = seen[one.pk]
    return found
