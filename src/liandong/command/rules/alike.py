"""Whether two tellings may be of one emergency. It only asks; people decide."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, Q, When

from liandong.command.models import Incident
from liandong.command.queries.incident import visible_incidents
from liandong.command.queries.township import township_names
from liandong.command.rules.incident import family
from liandong.command.states import IncidentState
from liandong.kernel.actors import Actor
from liandong.kernel.geo.coordinates import Point
from liandong.kernel.geo.shapes import box_around, distance_m

# So long after it was heard of, an open incident may still be the one that is told of.
WITHIN = timedelta(hours=12)
ENOUGH = 0.34
# So near to each other two tellers may well look at the same thing, from two sides of a hill.
NEAR_M = 5000.0
HERE_M = 50.0
LOOKED_AT = 50
MOST = 3


def townships_in(text: str, names: Iterable[str]) -> list[str]:
    """The townships that a text names, in the order of the county's own list."""
    return [name for name in names if name and name in text]


def nearness(place: str, other: str) -> float:
    """How far two places are written alike, from 0 to 1: shared pairs of characters."""
    one, two = _pairs(place), _pairs(other)
    return len(one & two) / min(len(one), len(two)) if one and two else 0.0


def is_alike(
    place: str, townships: Iterable[str], other: str, other_townships: Iterable[str]
) -> bool:
    """The same township, or where neither is known a place written alike."""
    mine, theirs = set(townships), set(other_townships)
    if mine and theirs:
        return bool(mine & theirs)
    return nearness(place, other) >= ENOUGH


@dataclass(frozen=True)
class Alike:
    """An open incident that may be the one told of, and how far off where both are located."""

    incident: Incident
    meters: float | None = None

    @property
    def is_here(self) -> bool:
        """Whether both were shown at one and the same place."""
        return self.meters is not None and self.meters < HERE_M


def alike_incidents(
    actor: Actor, hazard: str, place: str, now: datetime, *, spot: Point | None = None
) -> list[Alike]:
    """Open incidents of the same family heard of lately that may be meant, the nearest first.

    In the same township, at a place written alike, or within ``NEAR_M`` of ``spot``. One query:
    what is near is asked for first, so that no crowd of others hides it.
    """
    if not hazard or not (place.strip() or spot):
        return []
    wanted = Q()
    for code in family(hazard):
        wanted |= Q(hazard__startswith=code)
    rows = visible_incidents(actor).filter(
        wanted, state=IncidentState.OPEN, received_at__gte=now - WITHIN
    )
    if spot is not None:
        rows = rows.order_by(_lies_near(spot).desc(), "-received_at", "-id")
    names = township_names()
    mine = townships_in(place, names)
    found = []
    for one in rows[:LOOKED_AT]:
        meters = _meters(spot, one)
        theirs = one.townships or townships_in(f"{one.place}{one.title}", names)
        near = meters is not None and meters <= NEAR_M
        if near or is_alike(place, mine, one.place or one.title, theirs):
            found.append(Alike(one, meters))
    found.sort(key=lambda one: one.meters if one.meters is not None else NEAR_M)
    return found[:MOST]


def _lies_near(spot: Point) -> Case:
    """Whether an incident lies in the box around a place, for the database; 0 where nobody knows."""
    west, south, east, north = box_around(spot, NEAR_M)
    inside = Q(lon__range=(west, east), lat__range=(south, north))
    return Case(When(inside, then=1), default=0)


def _meters(spot: Point | None, incident: Incident) -> float | None:
    if spot is None or incident.lon is None or incident.lat is None:
        return None
    return distance_m(spot, Point(float(incident.lon), float(incident.lat)))


def _pairs(text: str) -> set[str]:
    plain = "".join(text.split())
    return {plain[at : at + 2] for at in range(len(plain) - 1)}
