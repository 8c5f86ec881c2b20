"""Duty-room machines (值班机): who is on duty at each, and who may sign there."""

import hashlib
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.organization.models import Account, Attendance, Person, PostRole, Shift
from liandong.organization.queries.people import holding
from liandong.organization.queries.standing import DUTY_DESK
from liandong.organization.states import AccountKind


@dataclass(frozen=True)
class Signer:
    """Somebody on duty who may sign, from one of their chairs."""

    account: Account
    post_id: UUID
    label: str

    @property
    def key(self) -> str:
        """What a form calls them."""
        return f"{self.account.pk}:{self.post_id}"


def desk_by_token(token: str) -> Account | None:
    """Return the duty-room machine whose long-lived token this is."""
    digest = hashlib.sha256(token.encode()).hexdigest()
    desks = Account.objects.filter(kind=AccountKind.DESK, is_active=True, is_locked=False)
    return desks.filter(token_digest=digest).first()


def on_duty(desk: Account) -> QuerySet[Attendance]:
    """Who is on duty at a machine, in the order they came."""
    rows = Attendance.objects.filter(desk=desk, until=None)
    return rows.select_related("person").order_by("since", "id")


def shift_bar(desk: Account, operator: str) -> dict[str, Any]:
    """What the top bar of a machine shows: the shift, and who of it sits there."""
    shift = list(on_duty(desk))
    sits = next((one for one in shift if str(one.pk) == operator), None)
    return {"desk": desk, "shift": shift, "sits": sits}


def signers(desk: Account) -> list[Signer]:
    """Everybody on duty with an open account, once for each chair, in three queries."""
    people = [one.person_id for one in on_duty(desk)]
    accounts = {
        one.person_id: one
        for one in Account.objects.filter(person__in=people, is_active=True, is_locked=False)
    }
    chairs = holding().filter(person__in=people).select_related("post__body", "person")
    found = [
        Signer(
            accounts[chair.person_id],
            chair.post_id,
            f"{chair.person.name}（{chair.post.body.short_name} {chair.post.title}）",
        )
        for chair in chairs.order_by("is_deputy", "post__rank", "id")
        if chair.person_id in accounts
    ]
    order: dict[UUID | None, int] = {person: place for place, person in enumerate(people)}
    return sorted(found, key=lambda one: order[one.account.person_id])


def may_join(desk: Account) -> list[Person]:
    """Who may come on duty at a machine: the roster's first, then who works at a duty desk."""
    now = clock.now(ACTUAL)
    rostered = Shift.objects.filter(
        body=None, from_at__lte=now, until_at__gt=now, withdrawn_at=None
    )
    first = set(rostered.values_list("person", flat=True))
    posts = PostRole.objects.filter(role__in=DUTY_DESK).values("post")
    body = desk.desk_post.body_id if desk.desk_post else None
    working = holding(now).filter(Q(post__in=posts) | Q(post__body=body)).values("person")
    people = Person.objects.filter(
        Q(pk__in=first) | Q(pk__in=working), account__is_active=True, account__is_locked=False
    )
    present = set(on_duty(desk).values_list("person", flat=True))
    rows = [one for one in people.order_by("sort_key", "id") if one.pk not in present]
    return sorted(rows, key=lambda one: one.pk not in first)
