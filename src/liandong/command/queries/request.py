"""Whom the county commands in an incident, and whom it can only ask."""

from collections.abc import Iterable
from uuid import UUID

from liandong.command.models import Incident, Response
from liandong.command.states import ResponseState
from liandong.organization import queries as organization
from liandong.organization.models import Body
from liandong.organization.states import BodyKind, Management

# Nobody in the county commands these, whatever stands in a plan.
OUTSIDE = frozenset({BodyKind.SUPERIOR, BodyKind.NEIGHBOR})


def asked_among(
    incident: Incident, bodies: Iterable[Body], *, by_plan: bool = False
) -> frozenset[UUID]:
    """Return those of several bodies that are asked (商请) and not ordered.

    A unit that is managed from above, or a company, stands under the county's headquarters while a
    response is in force and the duty matrix gives it a part in answering the hazard, or where the
    plan that is carried out orders it (``by_plan``). Three queries at most, however many bodies.
    """
    rows = list(bodies)
    doubtful = {body.pk for body in rows if is_asked(body, is_under=False)}
    certain = {body.pk for body in rows if is_asked(body, is_under=True)}
    if by_plan or doubtful == certain:
        return frozenset(certain)
    if not Response.objects.filter(incident=incident, state=ResponseState.ACTIVE).exists():
        return frozenset(doubtful)
    hazards = organization.hazards_answered()
    members = {
        body
        for body in doubtful
        if any(own == "*" or incident.hazard.startswith(own) for own in hazards.get(body, ()))
    }
    return frozenset(certain | (doubtful - members))


def is_asked(body: Body, *, is_under: bool) -> bool:
    """Say whether a body is asked (商请) and not ordered.

    Superiors, neighbors and the military always; what is managed from above or is a company of its
    own is ordered while it stands ``is_under`` a headquarters of the incident, and asked otherwise.
    """
    if body.kind in OUTSIDE or body.management == Management.MILITARY:
        return True
    return body.management != Management.COUNTY and not is_under
