"""Ending a joint meeting: its minutes are drafted, written, signed by another, sent out and received."""

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import ACTUAL, Actor
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid
from liandong.kernel.wording import gettext as _
from liandong.monitoring import queries, rules
from liandong.monitoring.events import (
    MeetingClosed,
    MeetingMinutesReceived,
    MeetingMinutesRecorded,
    MeetingMinutesSigned,
)
from liandong.monitoring.models import JointMeeting, MeetingSeat
from liandong.monitoring.permissions import Permission
from liandong.monitoring.states import MEETING_MOVES, MeetingState


@action(Permission.CALL_MEETING)
def close_meeting(
    actor: Actor, *, meeting: JointMeeting, expected_version: int, idempotency_key: str = ""
) -> JointMeeting:
    """End a meeting: the minutes are drafted from what is on record. Publishes ``MeetingClosed``.

    The pack's words are the first draft of the situation, opinions by name that of the findings, unless
    somebody wrote them already; who did not come is named. Refuses one that is not going on, another's
    office, an older version, and a drill. Clause 二(一)2.
    """
    rules.demand_no_drill(actor)
    rules.demand_office_of(actor, meeting.office)
    MEETING_MOVES.check(meeting.state, MeetingState.CLOSED)
    seats = queries.seats_of(meeting)
    said = [
        _("%(body)s（%(who)s）：%(words)s")
        % {"body": seat.body.short_name, "who": one.by, "words": one.words}
        for seat in seats
        for one in seat.opinions.all()
    ]
    meeting.change(
        expected_version=expected_version,
        state=MeetingState.CLOSED,
        closed_at=clock.now(ACTUAL),
        situation=meeting.situation or queries.situation_of(meeting.pack),
        findings=meeting.findings or "\n".join(map(str, said)),
        recorder=meeting.recorder or actor.label[:200],
        recorded_by=meeting.recorded_by or actor.person,
    )
    fact = MeetingClosed(
        subject_id=str(meeting.pk),
        meeting=meeting.title,
        missing=[seat.body.short_name for seat in seats if not seat.came_at],
    )
    happened(fact, audience=meeting.audience)
    return meeting


@action(Permission.CALL_MEETING)
def record_meeting_minutes(
    actor: Actor,
    *,
    meeting: JointMeeting,
    situation: str,
    findings: str,
    chair: str,
    expected_version: int,
    idempotency_key: str = "",
) -> JointMeeting:
    """Write the minutes, or write them anew. Publishes ``MeetingMinutesRecorded``.

    Refuses before the meeting began and once they are signed, another's office, an older version, and
    a drill. Clause 二(一)2.
    """
    rules.demand_no_drill(actor)
    rules.demand_office_of(actor, meeting.office)
    if meeting.state not in {MeetingState.OPEN, MeetingState.CLOSED}:
        raise IllegalMove(
            _("会议还没有开，或者纪要已经签发。"),
            place=meeting.title,
            remedy=_("签发后的纪要不能再改。"),
        )
    meeting.change(
        expected_version=expected_version,
        situation=situation.strip(),
        findings=findings.strip(),
        chair=chair.strip()[:120],
        recorder=actor.label[:200],
        recorded_by=actor.person,
    )
    fact = MeetingMinutesRecorded(
        subject_id=str(meeting.pk),
        meeting=meeting.title,
        chair=meeting.chair,
        situation=meeting.situation,
        findings=meeting.findings,
        recorder=meeting.recorder,
    )
    happened(fact, audience=meeting.audience)
    return meeting


@action(Permission.SIGN_MINUTES)
def sign_meeting_minutes(
    actor: Actor, *, meeting: JointMeeting, expected_version: int, idempotency_key: str = ""
) -> JointMeeting:
    """Sign the minutes: they are final, and go out to every body invited. Publishes ``MeetingMinutesSigned``.

    Refuses whoever wrote them, minutes without a chair, a meeting that is not over, an older version,
    and a drill. Clause 二(一)2.
    """
    rules.demand_no_drill(actor)
    MEETING_MOVES.check(meeting.state, MeetingState.SIGNED)
    if actor.person and actor.person == meeting.recorded_by:
        raise Forbidden(
            _("不能签发自己整理的纪要。"), remedy=_("请由会议主持人或办公室另一位人员签发。")
        )
    if not meeting.chair:
        raise Invalid(
            _("纪要还没有写主持人。"),
            place=meeting.title,
            remedy=_("请先整理纪要，写明主持人。"),
        )
    meeting.change(
        expected_version=expected_version,
        state=MeetingState.SIGNED,
        signed_by=actor.label[:200],
        signed_at=clock.now(ACTUAL),
    )
    fact = MeetingMinutesSigned(
        subject_id=str(meeting.pk),
        meeting=meeting.title,
        signed_by=meeting.signed_by,
        bodies=sorted(str(one) for one in meeting.seats.values_list("body", flat=True)),
    )
    happened(fact, audience=meeting.audience)
    return meeting


@action(Permission.ATTEND_MEETING)
def receive_minutes(
    actor: Actor, *, seat: MeetingSeat, expected_version: int, idempotency_key: str = ""
) -> MeetingSeat:
    """Sign for the minutes. Publishes ``MeetingMinutesReceived``.

    Refuses another body's, minutes that are not signed, a second time, an older version, and a drill.
    Clause 二(一)2.
    """
    rules.demand_no_drill(actor)
    rules.demand_own_body(actor, seat.body)
    if seat.meeting.state != MeetingState.SIGNED or seat.received_at:
        raise IllegalMove(_("纪要还没有签发，或者本单位已经签收。"), place=seat.meeting.title)
    seat.change(
        expected_version=expected_version,
        received_by=actor.label[:200],
        received_at=clock.now(ACTUAL),
    )
    fact = MeetingMinutesReceived(
        subject_id=str(seat.meeting_id),
        meeting=seat.meeting.title,
        body=seat.body.short_name,
    )
    happened(fact, audience=seat.meeting.audience)
    return seat
