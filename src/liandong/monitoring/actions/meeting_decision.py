"""What a joint meeting decides: who does it by when, until it is done."""

from datetime import date, datetime, time, timedelta

from django.utils.timezone import localdate, make_aware

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import ACTUAL, Actor
from liandong.kernel.files.models import File
from liandong.kernel.problems import IllegalMove, Invalid
from liandong.kernel.timers import drop_timers, set_timer
from liandong.kernel.wording import gettext as _
from liandong.monitoring import rules
from liandong.monitoring.events import (
    MeetingDecided,
    MeetingDecisionMoved,
    MeetingDecisionUrged,
)
from liandong.monitoring.models import JointMeeting, MeetingDecision
from liandong.monitoring.permissions import Permission
from liandong.monitoring.states import DECISION_MOVES, DecisionState, MeetingState, UrgeStep
from liandong.organization.models import Body

DECISION, DUE = "monitoring.meeting_decision", "monitoring.meeting_decision_due"
# How long after the day is over each next one is told; the first the morning before it ends.
LADDER = {
    UrgeStep.REMINDED: -timedelta(hours=15),
    UrgeStep.OVERDUE: timedelta(hours=9),
    UrgeStep.LEADER: timedelta(days=1, hours=9),
    UrgeStep.OFFICE: timedelta(days=3, hours=9),
}


@action(Permission.CALL_MEETING)
def decide_in_meeting(
    actor: Actor,
    *,
    meeting: JointMeeting,
    text: str,
    owner: Body,
    due_on: date,
    idempotency_key: str = "",
) -> MeetingDecision:
    """Put down what was decided, and which body does it by which day. Publishes ``MeetingDecided``.

    It is on that body's desk until it is done; silence climbs. The owner need not have been invited:
    it is let see the meeting. Refuses no words, a day gone by, a meeting that is not going on or whose
    minutes are signed, another's office, and a drill. Clause 二(一)2.
    """
    rules.demand_no_drill(actor)
    rules.demand_office_of(actor, meeting.office)
    held = JointMeeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
    if held.state not in {MeetingState.OPEN, MeetingState.CLOSED}:
        raise IllegalMove(
            _("会议没有在开，或者纪要已经签发。"),
            place=meeting.title,
            remedy=_("请在会上议定；纪要签发后的新事项放到下次会议。"),
        )
    wrong = {
        "text": not text.strip() and _("请写议定事项"),
        "due_on": due_on < localdate(clock.now(ACTUAL)) and _("期限不能早于今天"),
    }
    named = {name: str(why) for name, why in wrong.items() if why}
    if named:
        raise Invalid(_("议定事项有误。"), place=meeting.title, fields=named)
    last = meeting.decisions.order_by("-number").first()
    row = MeetingDecision.objects.create(
        meeting=meeting,
        number=last.number + 1 if last else 1,
        text=text.strip(),
        owner=owner,
        due_on=due_on,
    )
    if f"body:{owner.pk}" not in held.audience:
        meeting.audience = sorted({*held.audience, f"body:{owner.pk}"})
        JointMeeting.objects.filter(pk=meeting.pk).update(audience=meeting.audience)
    _ring(row, clock.now(ACTUAL))
    fact = MeetingDecided(
        subject_id=str(meeting.pk),
        meeting=meeting.title,
        decision_id=str(row.pk),
        number=row.number,
        text=row.text,
        body_id=str(owner.pk),
        body=owner.short_name,
        due_on=due_on.isoformat(),
    )
    happened(fact, audience=meeting.audience)
    return row


@action(Permission.ATTEND_MEETING)
def accept_decision(
    actor: Actor,
    *,
    decision: MeetingDecision,
    expected_version: int,
    idempotency_key: str = "",
) -> MeetingDecision:
    """Sign for what one's body has to do. Publishes ``MeetingDecisionMoved``.

    Refuses another body's, a second time, what is done or withdrawn, an older version, and a drill.
    Clause 二(一)2.
    """
    rules.demand_no_drill(actor)
    rules.demand_own_body(actor, decision.owner)
    DECISION_MOVES.check(decision.state, DecisionState.ACCEPTED)
    decision.change(
        expected_version=expected_version,
        state=DecisionState.ACCEPTED,
        accepted_by=actor.label[:200],
        accepted_at=clock.now(ACTUAL),
    )
    _tell(decision, "accepted", "")
    return decision


@action(Permission.ATTEND_MEETING)
def finish_decision(
    actor: Actor,
    *,
    decision: MeetingDecision,
    outcome: str,
    expected_version: int,
    file: File | None = None,
    idempotency_key: str = "",
) -> MeetingDecision:
    """Say what came of it, with a paper if there is one. Publishes ``MeetingDecisionMoved``.

    The office may write down what it was told. Refuses no words, another body's, what is done or
    withdrawn, an older version, and a drill. Clause 二(一)2.
    """
    rules.demand_no_drill(actor)
    if not rules.works_for(actor, decision.meeting.office_id):
        rules.demand_own_body(actor, decision.owner)
    _settle(
        actor,
        decision,
        DecisionState.DONE,
        outcome,
        expected_version=expected_version,
        file=file,
    )
    return decision


@action(Permission.CALL_MEETING)
def withdraw_decision(
    actor: Actor,
    *,
    decision: MeetingDecision,
    reason: str,
    expected_version: int,
    idempotency_key: str = "",
) -> MeetingDecision:
    """Ask no longer for what was decided. Publishes ``MeetingDecisionMoved``.

    Refuses no reason, another's office, what is done, an older version, and a drill. Clause 二(一)2.
    """
    rules.demand_no_drill(actor)
    rules.demand_office_of(actor, decision.meeting.office)
    _settle(actor, decision, DecisionState.WITHDRAWN, reason, expected_version=expected_version)
    return decision


@action(Permission.URGE_FILINGS)
def urge_decision(
    actor: Actor, *, decision: MeetingDecision, idempotency_key: str = ""
) -> MeetingDecision:
    """Tell the next one up of what is not done in time. Publishes ``MeetingDecisionUrged``.

    Does nothing for what is done or withdrawn meanwhile. Clause 二(一)2.
    """
    rules.demand_no_drill(actor)
    row = MeetingDecision.objects.select_for_update(no_key=True).get(pk=decision.pk)
    if not row.is_open:
        return row
    now = clock.now(ACTUAL)
    due = [step for step, after in LADDER.items() if _end(row) + after <= now]
    if due and max(due) > row.urged:
        row.urged = max(due)
        MeetingDecision.objects.filter(pk=row.pk).update(urged=row.urged)
        fact = MeetingDecisionUrged(
            subject_id=str(row.pk),
            meeting=decision.meeting.title,
            text=row.text,
            body_id=str(row.owner_id),
            body=decision.owner.short_name,
            office_id=str(decision.meeting.office_id),
            step=int(row.urged),
        )
        happened(fact, audience=decision.meeting.audience)
    _ring(row, now)
    return row


def _settle(
    actor: Actor,
    decision: MeetingDecision,
    state: DecisionState,
    words: str,
    *,
    expected_version: int,
    file: File | None = None,
) -> None:
    if not words.strip():
        is_done = state == DecisionState.DONE
        field = "outcome" if is_done else "reason"
        why = _("请写办理结果") if is_done else _("请写撤销原因")
        raise Invalid(f"{why}。", place=str(decision), fields={field: str(why)})
    DECISION_MOVES.check(decision.state, state)
    decision.change(
        expected_version=expected_version,
        state=state,
        outcome=words.strip(),
        file=file,
        settled_by=actor.label[:200],
        settled_at=clock.now(ACTUAL),
    )
    drop_timers(realm=ACTUAL, subject_kind=DECISION, subject_id=str(decision.pk))
    _tell(decision, "done" if state == DecisionState.DONE else "withdrawn", words)


def _tell(decision: MeetingDecision, kind: str, words: str) -> None:
    fact = MeetingDecisionMoved(
        subject_id=str(decision.pk),
        kind=kind,
        meeting=decision.meeting.title,
        text=decision.text,
        body=decision.owner.short_name,
        words=words.strip(),
    )
    happened(fact, audience=decision.meeting.audience)


def _end(row: MeetingDecision) -> datetime:
    """The moment its day is over."""
    return make_aware(datetime.combine(row.due_on, time.min)) + timedelta(days=1)


def _ring(row: MeetingDecision, now: datetime) -> None:
    moments = [
        at
        for step, after in LADDER.items()
        if step > row.urged and (at := _end(row) + after) > now
    ]
    if moments:
        set_timer(
            DUE,
            realm=ACTUAL,
            due_at=min(moments),
            subject_kind=DECISION,
            subject_id=str(row.pk),
        )
