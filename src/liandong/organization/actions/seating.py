"""Who sits where, many at once: whole lists of people take as few statements as one person."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, Value
from django.db.models.functions import Greatest
from django.utils.timezone import localtime

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import ACTUAL, Actor
from liandong.kernel.permissions import Role
from liandong.kernel.problems import IllegalMove
from liandong.kernel.timers import drop_timers_of, set_timer
from liandong.kernel.versions import change_all
from liandong.kernel.wording import gettext as _
from liandong.organization import queries, rules
from liandong.organization.actions.body import sort_key
from liandong.organization.actions.keeping import keep_all
from liandong.organization.actions.post import cut_streams
from liandong.organization.events import (
    AppointmentEnded,
    AppointmentMade,
    DeputyNamed,
    PersonAdded,
)
from liandong.organization.models import Appointment, Person, Post
from liandong.organization.permissions import Permission

KIND = "organization.appointment"


@dataclass(frozen=True, kw_only=True)
class Seat:
    """Somebody to be put into a post from now on, as its holder or as B角 (deputy)."""

    post: Post
    person: Person
    is_deputy: bool = False


@action(Permission.CREATE_PERSON)
def create_people(
    actor: Actor, *, people: Sequence[Person], idempotency_key: str = ""
) -> Person:
    """Enter new people, at least one, into the book. Publishes ``PersonAdded`` for each.

    Refuses blank names. Returns the first.
    """
    rules.demand_actual(actor)
    add_people(people)
    return people[0]


@action(Permission.MAKE_APPOINTMENT)
def appoint_people(
    actor: Actor, *, seats: Sequence[Seat], idempotency_key: str = ""
) -> Appointment:
    """Put people into posts, at least one, for good. Publishes ``AppointmentMade`` for each.

    Refuses what ``appoint`` refuses, for the first whom it concerns; then nobody is appointed.
    Returns the first.
    """
    rules.demand_actual(actor)
    now = clock.now(actor.realm)
    chairs = [Appointment(**vars(one), from_at=now) for one in seats]
    seat(actor, chairs)
    for chair in chairs:
        tell_appointed(chair)
    cut_streams(chair.person_id for chair in chairs)
    return chairs[0]


@action(Permission.END_APPOINTMENT)
def end_appointments(
    actor: Actor, *, appointments: Sequence[Appointment], idempotency_key: str = ""
) -> Appointment:
    """Take people out of posts, at least one, from now on. Publishes ``AppointmentEnded`` for each.

    Refuses what ``end_appointment`` refuses, and rows that were changed since they were read.
    Returns the first.
    """
    rules.demand_actual(actor)
    now = clock.now(actor.realm)
    demand_endable(actor, appointments, now)
    change_all(appointments, until_at=Greatest(F("from_at"), Value(now)))
    drop_timers_of((str(one.pk) for one in appointments), realm=actor.realm, subject_kind=KIND)
    for one in appointments:
        one.until_at = max(now, one.from_at)
        tell_ended(one)
    cut_streams(one.person_id for one in appointments)
    return appointments[0]


def add_people(people: Sequence[Person]) -> None:
    """Insert new people and tell of each."""
    for person in people:
        person.name = person.name.strip()
        person.sort_key = sort_key(person.name) or "00"
    keep_all(people)
    for person in people:
        happened(
            PersonAdded(subject_id=str(person.pk), person_name=person.name),
            audience={"county"},
        )


def seat(actor: Actor, chairs: Sequence[Appointment]) -> None:
    """Insert appointments that may be made, and have the clock tell when they begin and end."""
    now = clock.now(actor.realm)
    posts = {chair.post_id for chair in chairs}
    roles = queries.roles_of_posts(posts)
    drawn = queries.roles_of_people(chair.person_id for chair in chairs)
    for chair in chairs:
        actor.demand(Permission.MAKE_APPOINTMENT, body=str(chair.post.body_id))
        rules.demand_another(actor, chair.person_id)
        rules.demand_chair(actor, chair.post, roles[chair.post_id])
        drawn[chair.person_id] |= roles[chair.post_id]
        rules.demand_separation(drawn[chair.person_id], place=chair.person.name)
    # Two who appoint to one post at once take turns here, and the second sees the first's choice.
    list(Post.objects.select_for_update().filter(pk__in=posts).order_by("pk"))
    _refuse_taken(chairs, now)
    keep_all(chairs)
    for chair in chairs:
        _wind(chair, now)


def demand_endable(actor: Actor, appointments: Sequence[Appointment], now: datetime) -> None:
    """Refuse appointments that are over already, or not the actor's to end."""
    roles = queries.roles_of_posts(one.post_id for one in appointments)
    for one in appointments:
        actor.demand(Permission.END_APPOINTMENT, body=str(one.post.body_id))
        rules.demand_chair(actor, one.post, roles[one.post_id])
        if one.until_at is not None and one.until_at <= now:
            raise IllegalMove(
                _("这项任职已经结束。"),
                place=f"{one.person} {one.post}",
                remedy=_("请刷新后看现任人员。"),
            )
    _keep_one([one for one in appointments if Role.SECURITY_ADMIN in roles[one.post_id]])


def tell_appointed(chair: Appointment) -> None:
    """Say that somebody was appointed for good."""
    happened(
        AppointmentMade(
            subject_id=str(chair.post_id),
            appointment_id=str(chair.pk),
            person_id=str(chair.person_id),
            person_name=chair.person.name,
            post_title=f"{chair.post.body.short_name}{chair.post.title}",
            is_deputy=chair.is_deputy,
            from_at=chair.from_at.isoformat(),
        ),
        audience={"county"},
    )


def tell_deputy(chair: Appointment) -> None:
    """Say that somebody stands in for a time."""
    assert chair.until_at  # noqa: S101 -- asked before
    begins, ends = localtime(chair.from_at), localtime(chair.until_at)
    happened(
        DeputyNamed(
            subject_id=str(chair.post_id),
            appointment_id=str(chair.pk),
            person_id=str(chair.person_id),
            person_name=chair.person.name,
            post_title=f"{chair.post.body.short_name}{chair.post.title}",
            from_at=chair.from_at.isoformat(),
            until_at=chair.until_at.isoformat(),
            span=f"{begins:%m-%d %H:%M} – {ends:%m-%d %H:%M}",
        ),
        audience={"county"},
    )


def tell_ended(chair: Appointment) -> None:
    """Say that an appointment is over."""
    assert chair.until_at  # noqa: S101 -- one that ends has an end
    happened(
        AppointmentEnded(
            subject_id=str(chair.post_id),
            appointment_id=str(chair.pk),
            person_id=str(chair.person_id),
            person_name=chair.person.name,
            post_title=f"{chair.post.body.short_name}{chair.post.title}",
            until_at=chair.until_at.isoformat(),
        ),
        audience={"county"},
    )


def _wind(chair: Appointment, now: datetime) -> None:
    """Have the clock tell when rights come later than now, and when they go."""
    for kind, at in (("begun", chair.from_at), ("over", chair.until_at)):
        if at and at > now:
            set_timer(
                f"organization.appointment_{kind}",
                realm=ACTUAL,
                due_at=at,
                subject_kind=KIND,
                subject_id=str(chair.pk),
            )


def _refuse_taken(wanted: Sequence[Appointment], now: datetime) -> None:
    """Refuse a second holder and the same person twice, those before in the list counted."""
    there: dict[UUID, list[Appointment]] = defaultdict(list)
    rows = Appointment.objects.filter(post__in={one.post_id for one in wanted}).filter(
        Q(until_at=None) | Q(until_at__gt=now)
    )
    for row in rows.select_related("person"):
        there[row.post_id].append(row)
    for one in wanted:
        for chair in there[one.post_id]:
            _refuse_beside(one, chair, max(one.from_at, now))
        there[one.post_id].append(one)


def _refuse_beside(wanted: Appointment, chair: Appointment, begins: datetime) -> None:
    post, person = wanted.post, wanted.person
    if chair.until_at is not None and chair.until_at <= begins:
        return
    apart = wanted.until_at is not None and chair.from_at >= wanted.until_at
    if chair.person_id == person.pk and not apart:
        raise IllegalMove(
            _("%(name)s已在这个岗位任职。") % {"name": person.name},
            place=str(post),
            remedy=_("如要改任A角或B角，请先结束现在的任职。"),
        )
    if not wanted.is_deputy and not chair.is_deputy:
        raise IllegalMove(
            _("这个岗位现由%(name)s担任。") % {"name": chair.person.name},
            place=str(post),
            remedy=_("请先结束现任的任职，或任命为B角。"),
        )


def _keep_one(ending: Sequence[Appointment]) -> None:
    """Without a security administrator nobody could ever be let in again."""
    if not ending:
        return
    staying = queries.holding().filter(post__roles__role=Role.SECURITY_ADMIN, until_at=None)
    if not staying.exclude(person__in=[one.person_id for one in ending]).exists():
        raise IllegalMove(
            _("这是唯一的安全管理员。"),
            place=str(ending[0].person),
            remedy=_("请先任命另一位安全管理员，再结束这项任职。"),
        )
