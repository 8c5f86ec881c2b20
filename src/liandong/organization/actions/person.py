"""People, and who holds which post from when to when."""

from datetime import datetime, timedelta

from liandong.kernel import clock
from liandong.kernel.actions import action
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Invalid
from liandong.kernel.search.indexing import refresh
from liandong.kernel.timers import drop_timers
from liandong.kernel.wording import gettext as _
from liandong.organization import rules
from liandong.organization.actions.post import cut_streams
from liandong.organization.actions.seating import (
    KIND,
    add_people,
    demand_endable,
    seat,
    tell_appointed,
    tell_deputy,
    tell_ended,
)
from liandong.organization.models import Appointment, Person, Post
from liandong.organization.permissions import Permission

LONGEST_STAND_IN = timedelta(days=31)


@action(Permission.CREATE_PERSON)
def create_person(actor: Actor, *, name: str, idempotency_key: str = "") -> Person:
    """Enter somebody into the book of people. Publishes ``PersonAdded``; refuses blank names."""
    rules.demand_actual(actor)
    person = Person(name=name)
    add_people([person])
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
    rules.demand_actual(actor)
    now = clock.now(actor.realm)
    begins = from_at or now
    _refuse_odd_end(max(begins, now), until_at, is_deputy=is_deputy)
    chair = Appointment(
        post=post, person=person, is_deputy=is_deputy, from_at=begins, until_at=until_at
    )
    seat(actor, [chair])
    if until_at:
        tell_deputy(chair)
    else:
        tell_appointed(chair)
    cut_streams([person.pk])
    return chair


@action(Permission.END_APPOINTMENT)
def end_appointment(
    actor: Actor, *, appointment: Appointment, expected_version: int, idempotency_key: str = ""
) -> Appointment:
    """Take a person out of a post, from now on. Publishes ``AppointmentEnded``.

    Refuses an appointment that has ended. The rights of the post are gone with the next click.
    """
    rules.demand_actual(actor)
    now = clock.now(actor.realm)
    demand_endable(actor, [appointment], now)
    until = max(now, appointment.from_at)
    appointment.change(expected_version=expected_version, until_at=until)
    drop_timers(realm=actor.realm, subject_kind=KIND, subject_id=str(appointment.pk))
    tell_ended(appointment)
    cut_streams([appointment.person_id])
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
        tell_ended(appointment)
    refresh("organization.person", [appointment.person_id])
    cut_streams([appointment.person_id])
    return appointment


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
