"""The roster: who is on duty now, and who is to be."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.kernel.permissions import Role
from liandong.organization.models import Person, Post, Shift
from liandong.organization.queries.people import all_people, holding
from liandong.organization.states import ShiftRole


def shifts_between(since: datetime, until: datetime) -> QuerySet[Shift]:
    """Shifts that fall into a time, with their people, in the order in which they begin."""
    rows = Shift.objects.filter(withdrawn_at=None, from_at__lt=until, until_at__gt=since)
    return rows.select_related("person").order_by("from_at", "role", "id")


def shifts_now(at: datetime | None = None) -> list[Shift]:
    """Return who is on duty at a moment, leaders first; now, unless another is named."""
    at = at or clock.now(ACTUAL)
    rows = Shift.objects.filter(withdrawn_at=None, from_at__lte=at, until_at__gt=at)
    found = list(rows.select_related("person").order_by("from_at", "id"))
    return sorted(found, key=lambda one: one.role != ShiftRole.LEADER)


def has_roster() -> bool:
    """Say whether anybody ever laid a shift."""
    return Shift.objects.exists()


def people_for_shifts() -> QuerySet[Person]:
    """People who may take turns: those at bodies that keep a duty desk; everybody where none does."""
    desks = Post.objects.filter(roles__role__in=[Role.DUTY_OFFICER, Role.DUTY_LEADER])
    bodies = list(desks.values_list("body", flat=True).distinct())
    chairs = holding().filter(post__body__in=bodies)
    near = all_people().filter(pk__in=chairs.values("person"))
    return near if bodies and chairs.exists() else all_people().exclude(appointments=None)


def next_shift(role: str, at: datetime) -> Shift | None:
    """Return the shift of a role that begins next."""
    rows = Shift.objects.filter(withdrawn_at=None, role=role, from_at__gt=at)
    return rows.select_related("person").order_by("from_at", "id").first()


def leading_posts(at: datetime | None = None) -> list[Post]:
    """Return the posts of leaders of the shift: first where the roster's leader of now sits.

    Without a roster, or where its leader holds no such post, as they are listed.
    """
    posts = Post.objects.select_related("body").filter(roles__role=Role.DUTY_LEADER).distinct()
    listed = list(posts.order_by("body__order", "body__sort_key", "rank", "id"))
    on_duty = _posts_of(one.person_id for one in shifts_now(at) if one.role == ShiftRole.LEADER)
    return sorted(listed, key=lambda post: post.pk not in on_duty)


def _posts_of(people: Iterable[UUID]) -> set[UUID]:
    return set(holding().filter(person__in=list(people)).values_list("post_id", flat=True))
