"""Whether two tellings may be of one emergency. It only asks; people decide."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q

from liandong.command.models import Incident
from liandong.command.queries.incident import visible_incidents
from liandong.command.queries.township import township_names
from liandong.command.rules.incident import family
from liandong.command.states import IncidentState
from liandong.kernel.actors import Actor

# So long after it was heard of, an open incident may still be the one that is told of.
WITHIN = timedelta(hours=12)
ENOUGH = 0.34
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


def alike_incidents(actor: Actor, hazard: str, place: str, now: datetime) -> list[Incident]:
    """Open incidents of the same family heard of lately, in the same township or a place written alike."""
    if not hazard or not place.strip():
        return []
    wanted = Q()
    for code in family(hazard):
        wanted |= Q(hazard__startswith=code)
    rows = visible_incidents(actor).filter(
        wanted, state=IncidentState.OPEN, received_at__gte=now - WITHIN
    )
    names = township_names()
    mine = townships_in(place, names)
    found = []
    for one in rows[:50]:
        theirs = one.townships or townships_in(f"{one.place}{one.title}", names)
        if is_alike(place, mine, one.place or one.title, theirs):
            found.append(one)
    return found[:MOST]


def _pairs(text: str) -> set[str]:
    plain = "".join(text.split())
    return {plain[at : at + 2] for at in range(len(plain) - 1)}
