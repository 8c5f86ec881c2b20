"""The roster: who is on duty now, and who is to be."""

from collections.abc import Iterable
from datetime import datetime
from typing import cast
from uuid import UUID

from django.db.models import QuerySet

from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.kernel.permissions import Role
from liandong.organization.models import Body, Person, Post, RosterRule, Shift, Swap
from liandong.organization.queries.people import all_people, holding
from liandong.organization.states import ShiftRole, SwapState


def shifts_within(since: datetime, until: datetime) -> QuerySet[Shift]:
    """Shifts at any desk that fall into a time, with their people, as they begin."""
    rows = Shift.objects.filter(withdrawn_at=None, from_at__lt=until, until_at__gt=since)
    return rows.select_related("person").order_by("from_at", "role", "id")


def shifts_between(
    since: datetime, until: datetime, body: Body | None = None
) -> QuerySet[Shift]:
    """Shifts at the county's desk, or at a body's own, that fall into a time, as they begin."""
    return shifts_within(since, until).filter(body=body)


def shifts_now(at: datetime | None = None, body: Body | None = None) -> list[Shift]:
    """Return who is on duty at a moment, leaders first; now and at the county's desk, if not said."""
    at = at or clock.now(ACTUAL)
    rows = Shift.objects.filter(withdrawn_at=None, from_at__lte=at, until_at__gt=at, body=body)
    found = list(rows.select_related("person").order_by("from_at", "id"))
    return sorted(found, key=lambda one: one.role != ShiftRole.LEADER)


def has_roster() -> bool:
    """Say whether anybody ever laid a shift."""
    return Shift.objects.exists()


def on_duty_at(bodies: Iterable[Body], at: datetime | None = None) -> dict[UUID, Person]:
    """Return who sits at the desk of each of several bodies by its own roster, in one query."""
    at = at or clock.now(ACTUAL)
    rows = Shift.objects.filter(
        withdrawn_at=None,
        from_at__lte=at,
        until_at__gt=at,
        body__in=[body.pk for body in bodies],
    )
    found: dict[UUID, Person] = {}
    # Officers before leaders: it is the desk that is called.
    for one in rows.select_related("person").order_by("-role", "from_at", "id"):
        found.setdefault(cast("UUID", one.body_id), one.person)
    return found


def shifts_to_come(role: str) -> QuerySet[Shift]:
    """Shifts of a role at the county's desk that have not begun, as they begin."""
    rows = Shift.objects.filter(
        withdrawn_at=None, body=None, role=role, from_at__gt=clock.now(ACTUAL)
    )
    return rows.select_related("person").order_by("from_at", "id")


def swaps_asked_by(person: UUID | str) -> QuerySet[Swap]:
    """Swaps that somebody asked for and that nobody has answered."""
    rows = Swap.objects.filter(
        asked_by=UUID(str(person)), state=SwapState.ASKED, shift__until_at__gt=clock.now(ACTUAL)
    )
    return rows.select_related("shift__person", "asked_of").order_by("asked_at", "id")


def roster_rules() -> list[RosterRule]:
    """Return the rules by which the county's roster is laid."""
    rows = RosterRule.objects.filter(withdrawn_at=None)
    return list(rows.order_by("role", "at", "title", "id"))


def swaps_waiting(person: UUID | str) -> QuerySet[Swap]:
    """Swaps that somebody was asked for and has not answered."""
    rows = Swap.objects.filter(
        asked_of=UUID(str(person)), state=SwapState.ASKED, shift__until_at__gt=clock.now(ACTUAL)
    )
    return rows.select_related("shift", "in_return", "asked_by", "asked_of").order_by(
        "asked_at", "id"
    )


def people_for_shifts(body: Body | None = None) -> QuerySet[Person]:
    """People who may take turns: those at bodies that keep a duty desk; everybody where none does.

    At the desk of a body: whoever holds a post there.
    """
    if body is not None:
        return all_people().filter(pk__in=holding().filter(post__body=body).values("person"))
    desks = Post.objects.filter(roles__role__in=[Role.DUTY_OFFICER, Role.DUTY_LEADER])
    bodies = list(desks.values_list("body", flat=True).distinct())
    chairs = holding().filter(post__body__in=bodies)
    near = all_people().filter(pk__in=chairs.values("person"))
    return near if bodies and chairs.exists() else all_people().exclude(appointments=None)


def next_shift(role: str, at: datetime) -> Shift | None:
    """Return the shift of a role that begins next."""
    rows = Shift.objects.filter(withdrawn_at=None, role=role, from_at__gt=at, body=None)
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
