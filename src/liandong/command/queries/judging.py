"""What helps to judge an incident: what lies around it, what happened like it, and which threshold is next."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from liandong.command.models import Incident
from liandong.command.queries.incident import visible_incidents
from liandong.command.queries.response import visible_proposals
from liandong.command.states import IncidentState
from liandong.kernel.actors import Actor
from liandong.kernel.geo.coordinates import Point
from liandong.kernel.geo.regions import circle
from liandong.sharing import queries as sharing
from liandong.sharing.models import Record
from liandong.sharing.states import RecordState

NEAREST_LISTED = 5
MOST_SIMILAR = 8
CLASS = 3  # as much of a class's code as registers speak of: 11A


@dataclass(frozen=True)
class Around:
    """What the registers hold within so many kilometers; None where nobody knows the place."""

    km: float
    found: list[sharing.Found]


def around(actor: Actor, incident: Incident, km: float) -> Around | None:
    """The people and objects that may be affected. A fixed number of queries."""
    if incident.lon is None or incident.lat is None:
        return None
    center = Point(float(incident.lon), float(incident.lat))
    ground = circle(center, km * 1000)
    found = sharing.found_in(actor, ground, center=center, limit=NEAREST_LISTED)
    return Around(km, found)


def similar_incidents(actor: Actor, incident: Incident) -> list[Incident]:
    """Incidents of the same class that are over, those in the same townships first, then the latest."""
    same = Q(hazard__startswith=incident.hazard[:CLASS])
    rows = visible_incidents(actor).filter(same, state=IncidentState.CLOSED)
    here = rows.filter(townships__overlap=incident.townships)[:MOST_SIMILAR]
    near = list(here) if incident.townships else []
    others = rows.exclude(pk__in=[one.pk for one in near])[: MOST_SIMILAR - len(near)]
    return [*near, *others]


def experience(actor: Actor, incident: Incident) -> list[Record]:
    """What the register of experience says of such events, the newest first. One query."""
    rows = sharing.visible_to(actor).filter(
        kind="experience",
        state=RecordState.CURRENT,
        values__hazards__contains=[incident.hazard[:CLASS]],
    )
    return list(rows.order_by("-changed_at", "-id")[:MOST_SIMILAR])


def next_thresholds(actor: Actor, incident: Incident) -> list[tuple[str, dict[str, Any]]]:
    """Of each plan's last grading how far what is known is from the next threshold."""
    rows = visible_proposals(actor).filter(incident=incident).order_by("plan", "-ordinal")
    return [
        (one.plan_version.title, threshold)
        for one in rows.distinct("plan")
        for threshold in one.grading.get("next_thresholds", [])
    ]
