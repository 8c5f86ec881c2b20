"""Who is away, and which chairs nobody sits in meanwhile."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.organization.models import Appointment, Leave, Person, Shift
from liandong.organization.queries.people import answering, holding, on_leave


@dataclass(frozen=True)
class Gap:
    """A chair whose holder is away until a moment, and nobody stands in."""

    chair: Appointment
    until_at: datetime


def leaves_ahead() -> QuerySet[Leave]:
    """Leaves that run or are to come, the next to begin first."""
    rows = Leave.objects.filter(ended_at=None, until_at__gt=clock.now(ACTUAL))
    return rows.select_related("person", "stand_in").order_by("from_at", "id")


def leaves_of(person: Person) -> list[Leave]:
    """Return the leaves of a person, the latest first."""
    return list(person.leaves.select_related("stand_in").order_by("-from_at", "-id"))


def leaves_within(since: datetime, until: datetime) -> QuerySet[Leave]:
    """Leaves that fall into a time."""
    return Leave.objects.filter(ended_at=None, from_at__lt=until, until_at__gt=since)


def gaps(at: datetime | None = None) -> list[Gap]:
    """Return the chairs that nobody answers for because their holders are away. Two queries."""
    at = at or clock.now(ACTUAL)
    away = {one.person_id: one.until_at for one in on_leave(at)}
    if not away:
        return []
    chairs = holding(at).filter(person__in=away).exclude(post__in=answering(at).values("post"))
    rows = chairs.select_related("post__body", "person").order_by(
        "post__body__order", "post__body__sort_key", "post__rank", "id"
    )
    return [Gap(one, away[one.person_id]) for one in rows]


def shifts_of_absent() -> QuerySet[Shift]:
    """Shifts that run or are to come and begin while their people are away."""
    away = Leave.objects.filter(
        person=OuterRef("person"),
        ended_at=None,
        from_at__lte=OuterRef("from_at"),
        until_at__gt=OuterRef("from_at"),
    )
    rows = Shift.objects.filter(Exists(away), withdrawn_at=None, until_at__gt=clock.now(ACTUAL))
    return rows.select_related("person").order_by("from_at", "id")
