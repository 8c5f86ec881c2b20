"""Somebody leaves the county's mechanism for good; what was theirs goes to somebody else."""

from datetime import timedelta

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import IllegalMove, Invalid
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed
from liandong.organization import queries, rules
from liandong.organization.actions.account import shut
from liandong.organization.actions.responsibility import hand_on_all
from liandong.organization.actions.roster import hand_shifts
from liandong.organization.actions.seating import end_appointments
from liandong.organization.events import PersonRemoved
from liandong.organization.models import Appointment, Person
from liandong.organization.permissions import Permission

NAMED = 5
AHEAD = timedelta(days=3660)


@action(Permission.REMOVE_PERSON)
def remove_person(
    actor: Actor,
    *,
    person: Person,
    reason: str,
    successor: Person | None = None,
    expected_version: int,
    idempotency_key: str = "",
) -> Person:
    """Take somebody out of the book of people; their row stays. Publishes ``PersonRemoved``.

    Their appointments end, their account is shut, and ``successor`` answers for what they
    answered for, and takes over their shifts. Refuses oneself; a blank reason; somebody who has
    left; and, without a successor, somebody who is still responsible for something or still on
    the roster. Clause 三(一)2.
    """
    rules.demand_actual(actor)
    rules.demand_another(actor, person.pk)
    if person.left_at:
        raise IllegalMove(
            _("%(name)s已经离开。") % {"name": person.name}, remedy=_("不必再办。")
        )
    if not reason.strip():
        raise Invalid(_("请写明原因。"), fields={"reason": _("请填写这一项")})
    now = clock.now(actor.realm)
    held = queries.responsibilities_held_by(person)
    _refuse_unsucceeded(person, successor, [str(one) for one in held])
    chairs = list(
        Appointment.objects.exclude(until_at__lte=now)
        .filter(person=person)
        .select_related("post__body", "person")
    )
    if chairs:
        end_appointments(actor, appointments=chairs)
    if successor is not None:
        hand_on_all(actor, held, successor)
    left = hand_shifts(person, successor, since=now, until=now + AHEAD, reason=_("离开"))
    if left:
        raise Invalid(
            _("%(name)s还有 %(n)d 班没有人接。") % {"name": person.name, "n": left},
            place=_("值班表"),
            remedy=_("请先到值班表调班，或另选接手的人。"),
            fields={"successor": _("还有 %(n)d 班没有人接") % {"n": left}},
        )
    account = queries.account_of(person)
    if account is not None and not account.is_locked:
        shut(account, reason=_("离开"), expected_version=account.version)
    person.change(expected_version=expected_version, left_at=now)
    happened(
        PersonRemoved(
            subject_id=str(person.pk),
            person_name=person.name,
            successor=successor.name if successor else "",
            reason=reason.strip()[:200],
        ),
        audience={"county"},
    )
    return person


def _refuse_unsucceeded(person: Person, successor: Person | None, held: list[str]) -> None:
    if successor is not None and (successor.pk == person.pk or successor.left_at):
        raise Invalid(
            _("接手的人不能是离开的人。"),
            remedy=_("请另选接手的人。"),
            fields={"successor": _("请另选一人")},
        )
    if held and successor is None:
        named = listed(held[:NAMED])
        raise Invalid(
            _("%(name)s还负责 %(n)d 项：%(what)s。")
            % {"name": person.name, "n": len(held), "what": named},
            place=_("责任关系"),
            remedy=_("请选由谁接手。"),
            fields={"successor": _("请选由谁接手")},
        )
