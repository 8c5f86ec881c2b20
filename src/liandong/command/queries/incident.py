"""Incidents, found by those who may see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from liandong.command.models import Incident, Order, Response
from liandong.command.states import LIVE, IncidentState, ResponseState
from liandong.kernel.actors import Actor
from liandong.kernel.geo.coordinates import Point
from liandong.kernel.geo.shapes import distance_m
from liandong.kernel.problems import Missing
from liandong.kernel.visibility import visible
from liandong.kernel.wording import gettext as _


def visible_incidents(actor: Actor) -> QuerySet[Incident]:
    """The incidents an actor may see, the newest first."""
    return visible(Incident.objects.order_by("-opened_at", "-id"), actor)


def visible_open_incidents(actor: Actor) -> QuerySet[Incident]:
    """Those of them that go on."""
    return visible_incidents(actor).filter(state=IncidentState.OPEN)


def listed_incidents(actor: Actor, *, state: str = "") -> QuerySet[Incident]:
    """Incidents with the responses in force (``in_force``) and the number of live orders."""
    rows = visible_incidents(actor)
    active = Response.objects.filter(state=ResponseState.ACTIVE).order_by("started_at")
    # Counted for the rows of a page only, where a join would count for all of them.
    live = Order.objects.filter(incident=OuterRef("pk"), state__in=sorted(LIVE)).order_by()
    count = live.values("incident").values_list(Count("pk"))
    return (
        (rows.filter(state=state) if state else rows)
        .prefetch_related(Prefetch("responses", queryset=active, to_attr="in_force"))
        .annotate(live_orders=Coalesce(Subquery(count), 0))
    )


def incident_for(actor: Actor, pk: UUID | str) -> Incident:
    """Return one incident; raises ``Missing`` where there is none or the actor may not see it."""
    try:
        found = visible_incidents(actor).filter(pk=pk).first()
    except ValidationError:
        found = None
    if found is None:
        raise Missing(
            _("没有这个突发事件，或者您所在岗位看不到它。"), remedy=_("请从事件列表进入。")
        )
    return found


@dataclass(frozen=True)
class NearIncident:
    """An incident and the meters from a place to it; None while nobody knows where it is."""

    incident: Incident
    distance_m: float | None


def incidents_by_distance(actor: Actor, here: Point) -> list[NearIncident]:
    """The incidents that go on, the nearest to a place first. One query."""
    rows = [
        NearIncident(one, distance_m(here, Point(float(one.lon), float(one.lat))))
        if one.lon is not None and one.lat is not None
        else NearIncident(one, None)
        for one in visible_open_incidents(actor)
    ]
    return sorted(rows, key=lambda one: inf if one.distance_m is None else one.distance_m)


def within(incident: Incident) -> Q:
    """What belongs to an incident: its own rows, and those of what was merged into it."""
    return Q(incident=incident) | Q(incident__merged_into=incident)


def merged_into(actor: Actor, incident: Incident) -> list[str]:
    """The keys of what was merged into an incident, for stories that are told together."""
    rows = visible_incidents(actor).filter(merged_into=incident).order_by()
    return [str(pk) for pk in rows.values_list("pk", flat=True)]


def goes_on() -> Q:
    """What belongs to an incident that goes on, be it as part of the one it was merged into."""
    is_open = IncidentState.OPEN
    return Q(incident__state=is_open) | Q(incident__merged_into__state=is_open)


def incident_numbered(actor: Actor, number: str) -> Incident | None:
    """The incident of a number, among those that an actor may see."""
    return visible_incidents(actor).filter(number=number.strip()).first()


def open_incidents(realm: str) -> QuerySet[Incident]:
    """Every incident of a realm that is not over."""
    return Incident.objects.filter(realm=realm, state=IncidentState.OPEN).order_by("opened_at")


def open_incident_of(realm: str, classes: Iterable[str]) -> Incident | None:
    """The open incident of a family of hazards, the oldest first."""
    wanted = Q()
    for code in classes:
        wanted |= Q(hazard__startswith=code)
    return open_incidents(realm).filter(wanted).first()


def incident_of_warning(realm: str, warning: str) -> Incident | None:
    """The incident a warning opened, over or not."""
    return Incident.objects.filter(realm=realm, warning=warning).exclude(warning="").first()


def rehearsed() -> int:
    """How many incidents were gone through to their end in rehearsals."""
    rows = Incident.objects.filter(realm__startswith="rehearsal-")
    return rows.exclude(state=IncidentState.OPEN).count()
