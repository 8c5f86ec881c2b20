"""What command does when its clocks run out."""

from liandong.command import queries
from liandong.command.actions import (
    call_follow_up,
    call_incident_follow_up,
    climb_signal,
    escalate_order,
    lapse_special_period,
    miss_report,
    ring_nil_standing,
    urge_instruction,
    urge_nil_round,
    urge_task,
    urge_transfer,
)
from liandong.command.actions.field_people import REST_DUE
from liandong.command.actions.incident_follow_up import DUE as INCIDENT_FOLLOW_UP_DUE
from liandong.command.actions.nil_standing import DUE as NIL_STANDING_DUE
from liandong.command.actions.special_period import ENDS_SOON, KIND, OVER
from liandong.command.permissions import Permission
from liandong.kernel import clock
from liandong.kernel.actors import Actor, system_actor
from liandong.kernel.problems import Missing
from liandong.kernel.timers import Due, set_timer, timer
from liandong.kernel.wording import gettext as _
from liandong.messaging.actions import send_message
from liandong.messaging.permissions import Permission as Messaging
from liandong.organization import queries as organization


@timer("command.acknowledge_due")
def urge_answer(due: Due) -> None:
    """Nobody has read an order back in time: tell the next rung."""
    _urge(due, "command.acknowledge_due")


@timer("command.finish_due")
def urge_completion(due: Due) -> None:
    """An order is not finished in time: tell the next rung."""
    _urge(due, "command.finish_due")


@timer("command.report_due")
def note_missed_report(due: Due) -> None:
    """A report did not go up in time."""
    actor = _clockwork(due, Permission.CALL_REPORT)
    report = queries.report_for(actor, due.subject_id)
    miss_report(actor, report=report, idempotency_key=due.key)


@timer("command.nil_round_due")
def urge_silent(due: Due) -> None:
    """The time for nil reports is over: who has not answered is asked again."""
    actor = _clockwork(due, Permission.CALL_REPORT)
    round_ = queries.nil_round_for(actor, due.subject_id)
    urge_nil_round(actor, round_=round_, idempotency_key=due.key)


@timer(NIL_STANDING_DUE)
def ask_by_the_clock(due: Due) -> None:
    """It is the hour at which townships are asked every day."""
    actor = _clockwork(due, Permission.CALL_REPORT)
    standing = queries.nil_standing_with(due.subject_id)
    ring_nil_standing(actor, standing=standing, idempotency_key=due.key)


@timer("command.follow_up_due")
def call_next_follow_up(due: Due) -> None:
    """The interval is over: the next follow-up falls due."""
    actor = _clockwork(due, Permission.CALL_REPORT)
    response = queries.response_for(actor, due.subject_id)
    call_follow_up(actor, response=response, idempotency_key=due.key)


@timer(INCIDENT_FOLLOW_UP_DUE)
def call_follow_up_of_incident(due: Due) -> None:
    """The interval is over in an incident without a response: its next follow-up falls due."""
    actor = _clockwork(due, Permission.CALL_REPORT)
    incident = queries.incident_for(actor, due.subject_id)
    call_incident_follow_up(actor, incident=incident, idempotency_key=due.key)


@timer("command.signal_untaken")
def ring_the_next(due: Due) -> None:
    """Nobody has taken a signal in time: the next is rung besides."""
    actor = _clockwork(due, Permission.ESCALATE_SIGNAL)
    signal = queries.signal_for(actor, due.subject_id)
    climb_signal(actor, signal=signal, idempotency_key=due.key)


@timer("command.task_due")
def urge_call(due: Due) -> None:
    """Nobody has answered a call in time: tell the next rung."""
    actor = _clockwork(due, Permission.ESCALATE_ORDER)
    task = queries.task_for(actor, due.subject_id)
    urge_task(actor, task=task, idempotency_key=due.key)


@timer("command.instruction_due")
def urge_feedback(due: Due) -> None:
    """A leader has not been told in time what came of their words."""
    actor = _clockwork(due, Permission.ESCALATE_ORDER)
    instruction = queries.instruction_for(actor, due.subject_id)
    urge_instruction(actor, instruction=instruction, idempotency_key=due.key)


@timer("command.transfer_unanswered")
def urge_receiver(due: Due) -> None:
    """Nobody has taken over what was handed on: they are reminded, and the next is told."""
    actor = _clockwork(due, Permission.ESCALATE_SIGNAL)
    transfer = queries.transfer_for(actor, due.subject_id)
    urge_transfer(actor, transfer=transfer, idempotency_key=due.key)


@timer(OVER)
def end_period(due: Due) -> None:
    """The end of a special period has come."""
    actor = _clockwork(due, Permission.LAPSE_SPECIAL_PERIOD)
    period = queries.special_period_for(actor, due.subject_id)
    lapse_special_period(actor, period=period, idempotency_key=due.key)


@timer(ENDS_SOON)
def remind_of_end(due: Due) -> None:
    """A special period ends soon: it is extended, lifted or left to lapse, by people."""
    actor = system_actor("timer", "时钟", due.realm, Messaging.SEND_MESSAGE)
    period = queries.special_period_for(actor, due.subject_id)
    for post in queries.duty_leaders()[:1]:
        if period.is_in_force and not organization.is_vacant(post):
            send_message(
                actor,
                to_post=post,
                title=(_("%(period)s快到期") % {"period": period})[:200],
                text=_("到期自行结束；需要延长或者提前解除的，请报宣布机关决定。"),
                subject_kind=KIND,
                subject_id=str(period.pk),
                incident=due.incident,
                audience=["duty"],
                link=f"/command/periods/{period.pk}/",
                idempotency_key=due.key,
            )


@timer(REST_DUE)
def ask_for_relief(due: Due) -> None:
    """Somebody on the spot has worked for a whole shift: whoever commands there is asked."""
    actor = system_actor("timer", "时钟", due.realm, Messaging.SEND_MESSAGE)
    field_post = queries.field_post_for(actor, due.subject_id)
    now = clock.now(due.realm)
    n = queries.overworked_at(field_post, now)
    if field_post.is_open and n and not organization.is_vacant(field_post.commander):
        send_message(
            actor,
            to_post=field_post.commander,
            title=(_("%(post)s：%(n)d 人该轮休了") % {"post": field_post, "n": n})[:200],
            text=_("连续在岗已满一个班时，请安排轮休或替换。"),
            subject_kind=due.subject_kind,
            subject_id=due.subject_id,
            incident=due.incident,
            audience=["duty"],
            link=f"/command/field-posts/{field_post.pk}/people/",
            idempotency_key=due.key,
        )
    if field_post.is_open and (later := queries.next_rest(field_post, now)):
        set_timer(
            REST_DUE,
            realm=due.realm,
            due_at=later,
            subject_kind=due.subject_kind,
            subject_id=due.subject_id,
            incident=due.incident,
        )


def _urge(due: Due, kind: str) -> None:
    actor = _clockwork(due, Permission.ESCALATE_ORDER)
    try:
        order = queries.order_for(actor, due.subject_id)
    except Missing:
        return
    escalate_order(actor, order=order, timer=kind, idempotency_key=due.key)


def _clockwork(due: Due, permission: Permission) -> Actor:
    return system_actor("timer", "时钟", due.realm, permission)
