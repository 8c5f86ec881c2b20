"""The minutes of a joint meeting as a Word file, to be signed by hand, filed and sent."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from liandong.documents import Grid, Heading, Line, Part, Text, Title, write_docx
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed
from liandong.monitoring.models import JointMeeting, MeetingDecision, MeetingSeat, MeetingTopic
from liandong.monitoring.states import DecisionState
from liandong.web.times import full_moment, moment


def joint_minutes_docx(
    meeting: JointMeeting,
    seats: Sequence[MeetingSeat],
    topics: Sequence[MeetingTopic],
    decisions: Sequence[MeetingDecision],
    *,
    made_at: datetime,
) -> bytes:
    """Write who came and who did not, what was known, each opinion by name, and what was decided."""
    parts = [
        *_front(meeting, seats),
        *_body(meeting, seats, topics),
        *_decided(decisions),
        *_foot(meeting),
    ]
    return write_docx(
        parts, title=meeting.title, author=meeting.office.short_name, made_at=made_at
    )


def _front(meeting: JointMeeting, seats: Sequence[MeetingSeat]) -> Iterator[Part]:
    yield Title(_("%(meeting)s纪要") % {"meeting": meeting.title})
    yield Line(_("（%(at)s）") % {"at": full_moment(meeting.opened_at or meeting.begins_at)})
    if meeting.place:
        yield Text(_("地点：%(place)s") % {"place": meeting.place})
    if meeting.chair:
        yield Text(_("主持：%(who)s") % {"who": meeting.chair})
    there = [
        f"{one.body.short_name}（{one.delegate}）" if one.delegate else one.body.short_name
        for one in seats
        if one.came_at
    ]
    away = [
        f"{one.body.short_name}（{one.reason}）" if one.reason else one.body.short_name
        for one in seats
        if not one.came_at
    ]
    if there:
        yield Text(_("参加：%(names)s。") % {"names": listed(there)})
    if away:
        yield Text(_("缺席：%(names)s。") % {"names": listed(away)})


def _body(
    meeting: JointMeeting, seats: Sequence[MeetingSeat], topics: Sequence[MeetingTopic]
) -> Iterator[Part]:
    yield Heading(_("一、议题"))
    for one in topics:
        who = f"（{one.body.short_name}）" if one.body else ""
        yield Text(f"{one.number}. {one.title}{who}")
    yield Heading(_("二、情况通报"))
    yield from _paragraphs(meeting.situation)
    yield Heading(_("三、研判意见"))
    yield from _paragraphs(meeting.findings)
    rows = [
        (seat.body.short_name, one.by, one.words, moment(one.at))
        for seat in seats
        for one in seat.opinions.all()
    ]
    if rows:
        head = (_("单位"), _("发言人"), _("意见"), _("时间"))
        yield Grid(_("各单位发言"), head, (3, 3, 7, 3), rows)


def _paragraphs(text: str) -> Iterator[Part]:
    lines = [line for line in text.splitlines() if line.strip()]
    for line in lines or [_("无。")]:
        yield Text(str(line))


def _decided(decisions: Sequence[MeetingDecision]) -> Iterator[Part]:
    yield Heading(_("四、议定事项"))
    rows = [
        (str(one.number), one.text, one.owner.short_name, one.due_on.isoformat())
        for one in decisions
        if one.state != DecisionState.WITHDRAWN
    ]
    if rows:
        head = (_("序号"), _("事项"), _("责任单位"), _("期限"))
        yield Grid("", head, (1, 7, 4, 3), rows)
    else:
        yield Text(_("无。"))


def _foot(meeting: JointMeeting) -> Iterator[Part]:
    digest = meeting.pack_digest
    if digest:
        at = full_moment(meeting.packed_at)
        words = _("会议资料固定于 %(at)s，SHA-256：%(digest)s") % {"at": at, "digest": digest}
        yield Line(words, align="left")
    yield Line(_("记录人：%(who)s") % {"who": meeting.recorder or "—"}, align="left")
    signed = (
        _("签发：%(who)s %(at)s")
        % {"who": meeting.signed_by, "at": full_moment(meeting.signed_at)}
        if meeting.signed_at
        else _("签发：")
    )
    yield Line(signed, align="left")
