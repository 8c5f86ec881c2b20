"""Open incidents that a new call may be about."""

from datetime import datetime

from django.db.models import Q

from liandong.command.models import Incident
from liandong.command.queries.incident import visible_incidents
from liandong.command.rules.alike import WITHIN, is_alike, townships_in
from liandong.command.rules.incident import family
from liandong.command.states import IncidentState
from liandong.kernel.actors import Actor
from liandong.organization import queries as organization
from liandong.organization.states import BodyKind

MOST = 3


def township_names() -> list[str]:
    """What the county's townships are called for short."""
    return [body.short_name for body in organization.bodies_by_kind(BodyKind.TOWNSHIP)]


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
