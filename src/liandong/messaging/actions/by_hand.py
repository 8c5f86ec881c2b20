"""Answers that people put down: by radio, by satellite telephone, at the door."""

from datetime import datetime, timedelta

from django.conf import settings

from liandong.kernel import clock
from liandong.kernel.actions import action
from liandong.kernel.actors import EVERYTHING, Actor
from liandong.kernel.problems import Forbidden, Invalid, Missing
from liandong.kernel.wording import gettext as _
from liandong.messaging import queries
from liandong.messaging.actions.answers import settle_answers
from liandong.messaging.actions.telling import tell_assigned, tell_not_met
from liandong.messaging.models import Callee
from liandong.messaging.permissions import Permission
from liandong.messaging.states import CALLEE_MOVES, AnswerWay, CalleeState
from liandong.organization.models import Person

BY_HAND = [
    AnswerWay.PHONE,
    AnswerWay.RADIO,
    AnswerWay.SATELLITE,
    AnswerWay.DOOR,
    AnswerWay.GONG,
    AnswerWay.MEGAPHONE,
    AnswerWay.SMS,
]


@action(Permission.RECORD_ANSWER)
def record_answer(
    actor: Actor,
    *,
    callee: Callee,
    way: str,
    expected_version: int,
    answered_at: datetime | None = None,
    answered_by: str = "",
    read_back: str = "",
    note: str = "",
    idempotency_key: str = "",
) -> Callee:
    """Put down that somebody has answered, when they did and what they read back. Publishes ``CalleeAnswered``.

    No number of theirs is dialed any more. Refuses a moment before the call-out or still to come,
    whoever has answered already, and whoever is neither at the duty desk nor goes to them.
    """
    _demand_concerned(actor, callee)
    now = clock.now(actor.realm)
    at = answered_at or now
    if way not in BY_HAND:
        raise Invalid(_("请选应答方式。"), fields={"way": _("请选择")})
    if (
        not callee.call_out.started_at - timedelta(minutes=1)
        <= at
        <= now + timedelta(minutes=1)
    ):
        remedy = _("应答时间应在叫应开始之后、现在之前。")
        raise Invalid(_("应答时间不对。"), remedy=remedy, fields={"answered_at": remedy})
    CALLEE_MOVES.check(callee.state, CalleeState.ANSWERED)
    changes = {
        "state": CalleeState.ANSWERED,
        "way": way,
        "answered_at": min(at, now),
        "recorded_at": now,
        "answered_by": answered_by.strip()[:100] or callee.name,
        "read_back": read_back.strip()[:500],
        "noted_by": actor.label[:200],
        "trouble": note.strip()[:500] or callee.trouble,
        "next_at": None,
    }
    callee.change(expected_version=expected_version, **changes)
    settle_answers(actor, [callee])
    return callee


@action(Permission.RECORD_ANSWER)
def record_absence(
    actor: Actor,
    *,
    callee: Callee,
    trouble: str,
    expected_version: int,
    goer: Person | None = None,
    idempotency_key: str = "",
) -> Callee:
    """Put down that whoever went did not find them, and who goes next. Publishes ``CalleeNotMet``, and ``CalleeAssigned`` where another goes.

    They stay on the list of the unreached, with a new time by which somebody goes. Refuses a blank
    reason, and anybody who is not being gone to.
    """
    _demand_concerned(actor, callee)
    if callee.state != CalleeState.ASSIGNED:
        CALLEE_MOVES.check(callee.state, CalleeState.ASSIGNED)
    said = trouble.strip()[:500]
    if not said:
        remedy = _("请写明情况，例如“家中无人，邻居说在地里”。")
        raise Invalid(_("没有写情况。"), remedy=remedy, fields={"trouble": remedy})
    now = clock.now(actor.realm)
    changes: dict[str, object] = {
        "trouble": said,
        "go_by": now + timedelta(minutes=settings.VOICE_DOOR_MINUTES),
    }
    former = callee.goer_name
    if goer:
        numbers = queries.first_numbers([goer.pk])
        changes |= {
            "goer": goer,
            "goer_name": goer.name,
            "goer_number": numbers.get(goer.pk, "")[:40],
            "goer_told_at": None,
        }
    callee.change(expected_version=expected_version, **changes)
    tell_not_met(callee)
    if goer and goer.name != former:
        tell_assigned(callee)
    return callee


def _demand_concerned(actor: Actor, callee: Callee) -> None:
    """The duty desk puts down anybody's answer; whoever goes to them puts down that one's."""
    if callee.call_out.realm != actor.realm:
        raise Missing(_("没有这个人，或当前岗位看不到。"), remedy=_("请从叫应页进入。"))
    if actor.scopes & {"duty", EVERYTHING}:
        return
    if actor.person and actor.person in {str(callee.goer_id), str(callee.person_id)}:
        return
    raise Forbidden(
        _("只有值班台和上门的人能登记他的应答。"), remedy=_("请把情况报告县值班室。")
    )
