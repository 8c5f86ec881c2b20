"""Calling a joint meeting, its agenda, who comes, what is known, and what is said in it."""

from collections.abc import Sequence
from datetime import datetime

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import ACTUAL, Actor
from liandong.kernel.files.models import File
from liandong.kernel.problems import IllegalMove, Invalid
from liandong.kernel.wording import gettext as _
from liandong.monitoring import queries, rules
from liandong.monitoring.events import (
    MeetingAnswered,
    MeetingArrivalNoted,
    MeetingCalled,
    MeetingCanceled,
    MeetingOpened,
    MeetingOpinionGiven,
    MeetingPackFrozen,
    MeetingTopicAdded,
)
from liandong.monitoring.models import (
    JointMeeting,
    MeetingOpinion,
    MeetingPlan,
    MeetingSeat,
    MeetingTopic,
)
from liandong.monitoring.permissions import Permission
from liandong.monitoring.states import MEETING_MOVES, MeetingState, SeatAnswer
from liandong.organization.models import Body

MOST_MINUTES = 480


@action(Permission.CALL_MEETING)
def call_meeting(
    actor: Actor,
    *,
    office: Body,
    title: str,
    begins_at: datetime,
    bodies: Sequence[Body],
    place: str = "",
    topics: Sequence[str] = (),
    plan: MeetingPlan | None = None,
    idempotency_key: str = "",
) -> JointMeeting:
    """Invite bodies to a joint meeting. Publishes ``MeetingCalled``.

    What the office's meetings decided and nobody has done is on the agenda by itself. Refuses another's
    office, no title, nobody to come, a time gone by, and a drill. Clause 二(一)2.
    """
    rules.demand_no_drill(actor)
    rules.demand_office_of(actor, office)
    now = clock.now(ACTUAL)
    wrong = {
        "title": not title.strip() and _("请填写名称"),
        "bodies": not bodies and _("请选择与会单位"),
        "begins_at": begins_at <= now and _("时间应在现在以后"),
    }
    named = {name: str(why) for name, why in wrong.items() if why}
    if named:
        raise Invalid(_("会议通知有误。"), remedy=_("请按提示改正。"), fields=named)
    invited = {one.pk: one for one in bodies}
    row = JointMeeting.objects.create(
        realm=ACTUAL,
        audience=sorted({"duty", f"body:{office.pk}", *(f"body:{pk}" for pk in invited)}),
        title=title.strip()[:120],
        plan=plan,
        office=office,
        begins_at=begins_at,
        place=place.strip()[:120],
        called_by=actor.label[:200],
        called_at=now,
    )
    MeetingSeat.objects.bulk_create([MeetingSeat(meeting=row, body_id=pk) for pk in invited])
    _begin_agenda(row, topics)
    fact = MeetingCalled(
        subject_id=str(row.pk),
        meeting=row.title,
        begins_at=begins_at.isoformat(),
        place=row.place,
        bodies=sorted(map(str, invited)),
    )
    happened(fact, audience=row.audience)
    return row


def _begin_agenda(meeting: JointMeeting, topics: Sequence[str]) -> None:
    """What was decided before and is still open comes first, then what was named."""
    carried = queries.open_decisions(meeting.office)
    first = [
        MeetingTopic(
            meeting=meeting,
            number=number,
            title=(_("上次议定事项：%(text)s") % {"text": one.text})[:200],
            body=one.owner,
            minutes=5,
            carried=one,
        )
        for number, one in enumerate(carried, 1)
    ]
    named = [one.strip()[:200] for one in topics if one.strip()]
    rest = [
        MeetingTopic(meeting=meeting, number=number, title=title)
        for number, title in enumerate(named, len(first) + 1)
    ]
    MeetingTopic.objects.bulk_create([*first, *rest])


@action(Permission.CALL_MEETING)
def cancel_meeting(
    actor: Actor,
    *,
    meeting: JointMeeting,
    reason: str,
    expected_version: int,
    idempotency_key: str = "",
) -> JointMeeting:
    """Call a meeting off. Publishes ``MeetingCanceled``.

    Refuses no reason, one that has begun, another's office, an older version, and a drill. Clause 二(一)2.
    """
    _demand_holder(actor, meeting)
    _demand_words(reason, "reason", _("请写取消原因"), meeting)
    MEETING_MOVES.check(meeting.state, MeetingState.CANCELED)
    meeting.change(expected_version=expected_version, state=MeetingState.CANCELED)
    fact = MeetingCanceled(
        subject_id=str(meeting.pk),
        meeting=meeting.title,
        reason=reason.strip()[:300],
        bodies=sorted(str(one) for one in meeting.seats.values_list("body", flat=True)),
    )
    happened(fact, audience=meeting.audience)
    return meeting


@action(Permission.ATTEND_MEETING)
def answer_meeting(
    actor: Actor,
    *,
    seat: MeetingSeat,
    answer: str,
    expected_version: int,
    delegate: str = "",
    reason: str = "",
    idempotency_key: str = "",
) -> MeetingSeat:
    """Say whether a body comes, by whom, or why not; also anew. Publishes ``MeetingAnswered``.

    The office may take an answer down by telephone. Refuses another's answer, a delegate without a
    name, an absence without a reason, a meeting that is over, an older version, and a drill.
    Clause 二(一)2.
    """
    rules.demand_no_drill(actor)
    actor.demand(Permission.ATTEND_MEETING, body=str(seat.body_id))
    meeting = seat.meeting
    if not rules.works_for(actor, meeting.office_id):
        rules.demand_own_body(actor, seat.body)
    if meeting.state not in queries.TO_COME:
        raise IllegalMove(_("会议已经结束或取消。"), place=meeting.title)
    wrong = {
        "answer": answer not in SeatAnswer.values and _("请选择答复"),
        "delegate": answer == SeatAnswer.DELEGATES
        and not delegate.strip()
        and _("请写代参加的人"),
        "reason": answer == SeatAnswer.CANNOT and not reason.strip() and _("请写原因"),
    }
    named = {name: str(why) for name, why in wrong.items() if why}
    if named:
        raise Invalid(
            _("答复不完整。"),
            place=meeting.title,
            remedy=_("请按提示改正。"),
            fields=named,
        )
    seat.change(
        expected_version=expected_version,
        answer=answer,
        delegate=delegate.strip()[:60],
        reason=reason.strip()[:200],
        answered_by=actor.label[:200],
        answered_at=clock.now(ACTUAL),
    )
    fact = MeetingAnswered(
        subject_id=str(meeting.pk),
        kind=answer,
        meeting=meeting.title,
        body=seat.body.short_name,
        delegate=seat.delegate,
        reason=seat.reason,
    )
    happened(fact, audience=meeting.audience)
    return seat


@action(Permission.ATTEND_MEETING)
def add_topic(
    actor: Actor,
    *,
    meeting: JointMeeting,
    title: str,
    body: Body | None = None,
    minutes: int = 10,
    file: File | None = None,
    idempotency_key: str = "",
) -> MeetingTopic:
    """Put something on the agenda, with its paper. Publishes ``MeetingTopicAdded``.

    The office may, and whoever is invited, in their own name. Refuses no title, a time that is none,
    a meeting that is over, and a drill. Clause 二(一)2.
    """
    rules.demand_no_drill(actor)
    if not rules.works_for(actor, meeting.office_id):
        invited = meeting.seats.filter(body__in=queries.own_bodies(actor)).first()
        body = invited.body if invited else body
        if invited is None or body is None:
            raise IllegalMove(_("本单位没有受邀参加这次会议。"), place=meeting.title)
    _demand_words(title, "title", _("请写议题"), meeting)
    if not 1 <= minutes <= MOST_MINUTES:
        raise Invalid(_("请写几分钟。"), fields={"minutes": _("1 到 480 分钟")})
    if meeting.state not in queries.TO_COME:
        raise IllegalMove(_("会议已经结束或取消。"), place=meeting.title)
    # One at a time is numbered.
    JointMeeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
    last = meeting.topics.order_by("-number").first()
    row = MeetingTopic.objects.create(
        meeting=meeting,
        number=last.number + 1 if last else 1,
        title=title.strip()[:200],
        body=body,
        minutes=minutes,
        file=file,
    )
    fact = MeetingTopicAdded(subject_id=str(meeting.pk), meeting=meeting.title, topic=row.title)
    happened(fact, audience=meeting.audience)
    return row


@action(Permission.CALL_MEETING)
def freeze_pack(
    actor: Actor, *, meeting: JointMeeting, expected_version: int, idempotency_key: str = ""
) -> JointMeeting:
    """Put together what is known and keep it as it is. Publishes ``MeetingPackFrozen`` with its digest.

    Once: what is known since is compared with it. Refuses a second time, a meeting that is over,
    another's office, an older version, and a drill. Clause 二(一)2.
    """
    _demand_holder(actor, meeting)
    if meeting.packed_at or meeting.state not in queries.TO_COME:
        raise IllegalMove(
            _("资料包已经固定，或会议已经结束。"),
            place=meeting.title,
            remedy=_("之后的变化见“之后的变化”一栏。"),
        )
    _freeze(meeting, expected_version)
    return meeting


@action(Permission.CALL_MEETING)
def open_meeting(
    actor: Actor, *, meeting: JointMeeting, expected_version: int, idempotency_key: str = ""
) -> JointMeeting:
    """Begin a meeting; what is known is frozen now if it was not before. Publishes ``MeetingOpened``.

    Refuses one that was begun or called off, another's office, an older version, and a drill.
    Clause 二(一)2.
    """
    _demand_holder(actor, meeting)
    MEETING_MOVES.check(meeting.state, MeetingState.OPEN)
    if not meeting.packed_at:
        _freeze(meeting, expected_version)
        expected_version = meeting.version
    meeting.change(
        expected_version=expected_version,
        state=MeetingState.OPEN,
        opened_at=clock.now(ACTUAL),
    )
    happened(
        MeetingOpened(subject_id=str(meeting.pk), meeting=meeting.title),
        audience=meeting.audience,
    )
    return meeting


@action(Permission.CALL_MEETING)
def note_arrival(
    actor: Actor,
    *,
    seat: MeetingSeat,
    expected_version: int,
    who: str = "",
    idempotency_key: str = "",
) -> MeetingSeat:
    """Write down that a body is there, and by whom. Publishes ``MeetingArrivalNoted``.

    Refuses before the meeting begins, whoever is there already, another's office, an older version,
    and a drill. Clause 二(一)2.
    """
    _demand_holder(actor, seat.meeting)
    if seat.meeting.state != MeetingState.OPEN or seat.came_at:
        raise IllegalMove(_("会议没有在开，或者这个单位已经到会。"), place=seat.meeting.title)
    delegate = who.strip()[:60] or seat.delegate
    seat.change(expected_version=expected_version, came_at=clock.now(ACTUAL), delegate=delegate)
    fact = MeetingArrivalNoted(
        subject_id=str(seat.meeting_id),
        meeting=seat.meeting.title,
        body=seat.body.short_name,
        who=delegate,
    )
    happened(fact, audience=seat.meeting.audience)
    return seat


@action(Permission.ATTEND_MEETING)
def give_meeting_opinion(
    actor: Actor, *, seat: MeetingSeat, words: str, who: str = "", idempotency_key: str = ""
) -> MeetingOpinion:
    """Say something that is kept by name; a later word stands beside it. Publishes ``MeetingOpinionGiven``.

    The office may write down what was said. Refuses no words, another's opinion, a meeting that is
    not going on, and a drill. Clause 二(一)2.
    """
    rules.demand_no_drill(actor)
    meeting = seat.meeting
    if not rules.works_for(actor, meeting.office_id):
        rules.demand_own_body(actor, seat.body)
    _demand_words(words, "words", _("请写意见"), meeting)
    if meeting.state != MeetingState.OPEN:
        raise IllegalMove(_("会议没有在开，不能发表意见。"), place=meeting.title)
    row = MeetingOpinion.objects.create(
        seat=seat,
        words=words.strip(),
        by=(who.strip() or actor.label)[:200],
        at=clock.now(ACTUAL),
    )
    fact = MeetingOpinionGiven(
        subject_id=str(meeting.pk),
        meeting=meeting.title,
        body=seat.body.short_name,
        who=row.by,
        words=row.words,
    )
    happened(fact, audience=meeting.audience)
    return row


def _freeze(meeting: JointMeeting, expected_version: int) -> None:
    now = clock.now(ACTUAL)
    pack = queries.pack_of(meeting, now)
    digest = queries.digest_of(pack)
    meeting.change(
        expected_version=expected_version, pack=pack, pack_digest=digest, packed_at=now
    )
    fact = MeetingPackFrozen(subject_id=str(meeting.pk), meeting=meeting.title, digest=digest)
    happened(fact, audience=meeting.audience)


def _demand_holder(actor: Actor, meeting: JointMeeting) -> None:
    rules.demand_no_drill(actor)
    rules.demand_office_of(actor, meeting.office)


def _demand_words(text: str, field: str, why: str, meeting: JointMeeting) -> None:
    if not text.strip():
        raise Invalid(f"{why}。", place=meeting.title, fields={field: str(why)})
