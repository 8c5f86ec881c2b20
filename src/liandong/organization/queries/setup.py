"""What a county still lacks before it can be used: counts for the checklist."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from liandong.kernel.divisions import Division
from liandong.organization.models import Account, Body, Duty, Person, Post, Shift
from liandong.organization.queries.people import holding
from liandong.organization.queries.posts import all_posts, posts_without_usual_roles
from liandong.organization.queries.template import usual_bodies
from liandong.organization.states import BodyKind, ShiftRole

AHEAD = timedelta(days=7)


@dataclass(frozen=True)
class CountyStanding:
    """How far a county has come with its organization."""

    bodies: int
    missing: tuple[str, ...]
    townships: int
    posts: int
    vacant: int
    without_roles: int
    initial_duties: int
    seated: int
    without_account: int


def county_standing(place: Division) -> CountyStanding:
    """Count what is there and what is missing, in a few queries whatever the county's size."""
    usual = usual_bodies(place)
    keys = set(Body.objects.values_list("key", flat=True))
    seated = Person.objects.filter(pk__in=holding().values("person"))
    return CountyStanding(
        bodies=len(keys),
        missing=tuple(body.short for body in usual if body.key not in keys),
        townships=Body.objects.filter(kind=BodyKind.TOWNSHIP).count(),
        posts=Post.objects.count(),
        vacant=vacant_posts().count(),
        without_roles=len(posts_without_usual_roles(place)),
        initial_duties=initial_duties(place).count(),
        seated=seated.count(),
        without_account=seated.filter(account=None).count(),
    )


def vacant_posts() -> QuerySet[Post]:
    """Posts at which nobody answers, not even a deputy."""
    return all_posts().exclude(pk__in=holding().values("post"))


def initial_duties(place: Division) -> QuerySet[Duty]:
    """Duties that still read as the template wrote them: the county has not made them its own."""
    texts = {body.duty for body in usual_bodies(place) if body.duty}
    return Duty.objects.filter(hazard="*", text__in=texts)


def uncovered(role: str, now: datetime) -> timedelta:
    """How much of the coming week nobody is on the roster in this role."""
    until = now + AHEAD
    shifts = Shift.objects.filter(
        role=role, body=None, withdrawn_at=None, from_at__lt=until, until_at__gt=now
    ).order_by("from_at")
    gap, reached = timedelta(), now
    for start, end in shifts.values_list("from_at", "until_at"):
        gap += max(start - reached, timedelta())
        reached = max(reached, end)
    return gap + max(until - reached, timedelta())


def has_accounts_of(role: str) -> bool:
    """Say whether somebody with an account holds a post of a role."""
    chairs = holding().filter(post__roles__role=role).values("person")
    return Account.objects.filter(person__in=chairs, is_active=True).exists()


ROSTERED = (ShiftRole.OFFICER, ShiftRole.LEADER)
