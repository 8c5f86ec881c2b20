"""Somebody leaves one post for another in one deed, and somebody takes over."""

from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import IllegalMove, Invalid
from liandong.kernel.wording import gettext as _
from liandong.organization import queries, rules
from liandong.organization.actions.person import appoint, end_appointment
from liandong.organization.events import PersonMoved
from liandong.organization.models import Appointment, Person, Post
from liandong.organization.permissions import Permission


@action(Permission.END_APPOINTMENT)
def move_person(
    actor: Actor,
    *,
    appointment: Appointment,
    to: Post,
    is_deputy: bool = False,
    successor: Person | None = None,
    leave_vacant: bool = False,
    expected_version: int,
    idempotency_key: str = "",
) -> Appointment:
    """Move a person to another post, and let somebody take over at the old one.

    What is open belongs to the post, not to the person: orders, reports and signatures wait
    there for ``successor``, else for the deputies, from the same moment on. A deputy who
    succeeds becomes the holder. Publishes ``AppointmentEnded``, ``AppointmentMade`` and
    ``PersonMoved``. Refuses a move to the same post, and a post left empty unless
    ``leave_vacant`` says that this is meant.
    """
    post, person = appointment.post, appointment.person
    if to.pk == post.pk:
        raise IllegalMove(
            _("%(name)s本来就在这个岗位。") % {"name": person.name},
            place=str(post),
            remedy=_("请另选调往的岗位。"),
        )
    others = [
        one for one in queries.chairs_at([post]).get(post.pk, []) if one.person_id != person.pk
    ]
    _refuse_empty(successor, person, others=others, leave_vacant=leave_vacant)
    end_appointment(actor, appointment=appointment, expected_version=expected_version)
    if successor is not None:
        _succeed(actor, appointment, successor, others)
    made = appoint(actor, post=to, person=person, is_deputy=is_deputy)
    happened(
        PersonMoved(
            subject_id=str(person.pk),
            person_name=person.name,
            from_post_id=str(post.pk),
            from_title=_title(post),
            to_post_id=str(to.pk),
            to_title=_title(to),
            successor=successor.name if successor else "",
        ),
        audience={"county"},
    )
    return made


def _refuse_empty(
    successor: Person | None,
    person: Person,
    *,
    others: list[Appointment],
    leave_vacant: bool,
) -> None:
    if successor is not None and successor.pk == person.pk:
        raise Invalid(
            _("接任的人不能是调走的人。"),
            remedy=_("请另选接任的人。"),
            fields={"successor": _("请另选一人")},
        )
    if successor is None and not others and not leave_vacant:
        raise Invalid(
            _("原岗位没有人接手。"),
            remedy=_("请选接任的人；确需空缺的，请勾选“暂时空缺”，指令将逐级催办上级岗位。"),
            fields={"successor": _("请选接任的人，或勾选“暂时空缺”")},
        )


def _succeed(
    actor: Actor, left: Appointment, successor: Person, others: list[Appointment]
) -> None:
    """Seat the successor as the one who left was seated; a deputy's own chair ends first."""
    own = next((one for one in others if one.person_id == successor.pk), None)
    if own is not None and own.is_deputy and left.is_deputy:
        return
    if own is not None:
        end_appointment(actor, appointment=own, expected_version=own.version)
    rules.demand_another(actor, successor.pk)
    appoint(actor, post=left.post, person=successor, is_deputy=left.is_deputy)


def _title(post: Post) -> str:
    return f"{post.body.short_name}{post.title}"
