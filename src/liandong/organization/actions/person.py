"""People, and who holds which post from when to when."""

from datetime import datetime

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.permissions import Role
from liandong.kernel.problems import IllegalMove
from liandong.kernel.wording import gettext as _
from liandong.organization import queries, rules
from liandong.organization.actions.body import sort_key
from liandong.organization.actions.post import cut_streams
from liandong.organization.events import AppointmentEnded, AppointmentMade, PersonAdded
from liandong.organization.models import Appointment, Person, Post
from liandong.organization.permissions import Permission


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
    idempotency_key: str = "",
) -> Appointment:
    """Put a person into a post, as holder or as deputy (B角). Publishes ``AppointmentMade``.

    Refuses a second holder, the same person twice, oneself, two of the three administrators in
    one hand, and posts of administrators unless the security administrator appoints.
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
    _refuse_taken(post, person, is_deputy=is_deputy)
    chair = Appointment(post=post, person=person, is_deputy=is_deputy, from_at=from_at or now)
    rules.keep(chair)
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
    if appointment.until_at is not None:
        raise IllegalMove(
            _("这项任职已经结束。"), place=f"{person} {post}", remedy=_("请刷新后看现任人员。")
        )
    until = max(clock.now(actor.realm), appointment.from_at)
    if Role.SECURITY_ADMIN in roles:
        _keep_one(appointment)
    appointment.change(expected_version=expected_version, until_at=until)
    happened(
        AppointmentEnded(
            subject_id=str(post.pk),
            appointment_id=str(appointment.pk),
            person_id=str(person.pk),
            person_name=person.name,
            post_title=f"{post.body.short_name}{post.title}",
            until_at=until.isoformat(),
        ),
        audience={"county"},
    )
    cut_streams([person.pk])
    return appointment


def _refuse_taken(post: Post, person: Person, *, is_deputy: bool) -> None:
    open_ones = Appointment.objects.filter(post=post, until_at=None).select_related("person")
    for chair in open_ones:
        if chair.person_id == person.pk:
            raise IllegalMove(
                _("%(name)s已在这个岗位任职。") % {"name": person.name},
                place=str(post),
                remedy=_("如要改任A角或B角，请先结束现在的任职。"),
            )
        if not is_deputy and not chair.is_deputy:
            raise IllegalMove(
                _("这个岗位现由%(name)s担任。") % {"name": chair.person.name},
                place=str(post),
                remedy=_("请先结束现任的任职，或任命为B角。"),
            )


def _keep_one(appointment: Appointment) -> None:
    """Without a security administrator nobody could ever be let in again."""
    others = queries.holding().filter(post__roles__role=Role.SECURITY_ADMIN)
    if not others.exclude(person=appointment.person_id).exists():
        raise IllegalMove(
            _("这是唯一的安全管理员。"),
            place=str(appointment.person),
            remedy=_("请先任命另一位安全管理员，再结束这项任职。"),
        )
