"""People, and who holds which post from when to when."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.timezone import localtime

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import ACTUAL, Actor
from liandong.kernel.permissions import Role
from liandong.kernel.problems import IllegalMove, Invalid
from liandong.kernel.timers import drop_timers, set_timer
from liandong.kernel.wording import gettext as _
from liandong.organization import queries, rules
from liandong.organization.actions.body import sort_key
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
LONGEST_STAND_IN = timedelta(days=31)


@action(Permission.CREATE_PERSON)
def create_person(actor: Actor, *, name: str, idempotency_key: str = "") -> Person:
    """Enter somebody into the book of people. Publishes ``PersonAdded``; refuses blank names."""
    rules.demand_actual(actor)
    person = Person(name=name.strip(), sort_key=sort_key(name.strip()) or "00")
    rules.keep(person)
    happened(
        PersonAdded(subject_id=str(person.pk), person_name=person.name), audience={"county"}
    )
    return person


@action(Permission.MAKE_APPOINTMENT)
def appoint(
    actor: Actor,
    *,
    post: Post,
    person: Person,
    is_deputy: bool = False,
    from_at: datetime | None = None,
    until_at: datetime | None = None,
    idempotency_key: str = "",
) -> Appointment:
    """Put a person into a post, as holder or as deputy (B角). Publishes ``AppointmentMade``.

    With ``until_at`` the deputy stands in for that time only (今晚代班), which ends by itself;
    then ``DeputyNamed`` is published instead. Refuses a second holder, the same person twice,
    oneself, two of the three administrators in one hand, posts of administrators unless the
    security administrator appoints, and an end that is past or more than 31 days away.
    """
    actor.demand(Permission.MAKE_APPOINTMENT, body=str(post.body_id))
    rules.demand_actual(actor)
    rules.demand_another(actor, person.pk)
    roles = frozenset(one.role for one in queries.roles_of_post(post))
    rules.demand_chair(actor, post, roles)
    rules.demand_separation(roles | queries.roles_of_person(person), place=person.name)
    now = clock.now(actor.realm)
    # Two who appoint to one post at once take turns here, and the second sees the first's choice.
    Post.objects.select_for_update().get(pk=post.pk)
    begins = from_at or now
    _refuse_odd_end(max(begins, now), until_at, is_deputy=is_deputy)
    chair = Appointment(
        post=post, person=person, is_deputy=is_deputy, from_at=begins, until_at=until_at
    )
    _refuse_taken(chair, now)
    rules.keep(chair)
    _wind(chair, now)
    if until_at:
        _tell_deputy(chair)
        cut_streams([person.pk])
        return chair
    happened(
        AppointmentMade(
            subject_id=str(post.pk),
            appointment_id=str(chair.pk),
            person_id=str(person.pk),
            person_name=person.name,
            post_title=f"{post.body.short_name}{post.title}",
            is_deputy=is_deputy,
            from_at=chair.from_at.isoformat(),
        ),
        audience={"county"},
    )
    cut_streams([person.pk])
    return chair


@action(Permission.END_APPOINTMENT)
def end_appointment(
    actor: Actor, *, appointment: Appointment, expected_version: int, idempotency_key: str = ""
) -> Appointment:
    """Take a person out of a post, from now on. Publishes ``AppointmentEnded``.

    Refuses an appointment that has ended. The rights of the post are gone with the next click.
    """
    post, person = appointment.post, appointment.person
    actor.demand(Permission.END_APPOINTMENT, body=str(post.body_id))
    rules.demand_actual(actor)
    roles = frozenset(one.role for one in queries.roles_of_post(post))
    rules.demand_chair(actor, post, roles)
    now = clock.now(actor.realm)
    if appointment.until_at is not None and appointment.until_at <= now:
        raise IllegalMove(
            _("这项任职已经结束。"), place=f"{person} {post}", remedy=_("请刷新后看现任人员。")
        )
    until = max(now, appointment.from_at)
    if Role.SECURITY_ADMIN in roles:
        _keep_one(appointment)
    appointment.change(expected_version=expected_version, until_at=until)
    drop_timers(realm=actor.realm, subject_kind=KIND, subject_id=str(appointment.pk))
    _tell_end(appointment)
    cut_streams([person.pk])
    return appointment


@action(Permission.END_APPOINTMENT)
def settle_appointment(
    actor: Actor, *, appointment: Appointment, idempotency_key: str = ""
) -> Appointment:
    """Tell that a timed appointment has begun, or is over: ``AppointmentEnded``. For the clock.

    Its rights come and go by the clock alone; open pages learn of it here.
    """
    actor.demand(Permission.END_APPOINTMENT, body=str(appointment.post.body_id))
    rules.demand_actual(actor)
    if appointment.until_at and appointment.until_at <= clock.now(actor.realm):
        _tell_end(appointment)
    cut_streams([appointment.person_id])
    return appointment


def _tell_end(chair: Appointment) -> None:
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


def _tell_deputy(chair: Appointment) -> None:
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


def _refuse_odd_end(begins: datetime, until: datetime | None, *, is_deputy: bool) -> None:
    if until is None:
        return
    if not is_deputy:
        raise Invalid(
            _("限时的任职只能是B角代班。"),
            remedy=_("请勾选B角，或不填截止时间。"),
            fields={"until_at": _("限时的任职只能是B角代班")},
        )
    if not begins < until <= begins + LONGEST_STAND_IN:
        raise Invalid(
            _("代班的截止时间不对。"),
            remedy=_("截止须晚于开始和现在，且不超过 31 天；更久的请办理任职。"),
            fields={"until_at": _("须晚于开始和现在，且不超过 31 天")},
        )


def _refuse_taken(wanted: Appointment, now: datetime) -> None:
    post, person = wanted.post, wanted.person
    begins = max(wanted.from_at, now)
    rows = Appointment.objects.filter(post=post).filter(
        Q(until_at=None) | Q(until_at__gt=begins)
    )
    for chair in rows.select_related("person"):
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


def _keep_one(appointment: Appointment) -> None:
    """Without a security administrator nobody could ever be let in again."""
    others = queries.holding().filter(post__roles__role=Role.SECURITY_ADMIN, until_at=None)
    if not others.exclude(person=appointment.person_id).exists():
        raise IllegalMove(
            _("这是唯一的安全管理员。"),
            place=str(appointment.person),
            remedy=_("请先任命另一位安全管理员，再结束这项任职。"),
        )
