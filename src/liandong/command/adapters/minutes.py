"""The minutes of a consultation as a Word file, to be printed, signed by hand and filed."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from liandong.command.models import Attendee, Consultation
from liandong.command.queries import ItemRow, differing, present
from liandong.documents import Grid, Heading, Line, Part, Text, Title, write_docx
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed
from liandong.web.times import full_moment, moment


def minutes_docx(
    consultation: Consultation,
    attendees: Sequence[Attendee],
    items: Sequence[ItemRow],
    *,
    county: str,
    made_at: datetime,
) -> bytes:
    """Write who was there, what was known, each opinion by name, where they differ, and what was decided.

    ``county`` is whose paper it is, ``made_at`` when it is written. Clause 二(二)2.
    """
    parts = [
        *_front(consultation, attendees),
        *_body(consultation, attendees),
        *_decided(items),
        *_foot(consultation),
    ]
    name = f"{consultation.incident.title}{consultation}"
    return write_docx(parts, title=name, author=county, made_at=made_at)


def _front(consultation: Consultation, attendees: Sequence[Attendee]) -> Iterator[Part]:
    yield Title(_("%(incident)s会商纪要") % {"incident": consultation.incident.title})
    yield Line(
        _("（第%(n)d次，%(at)s）")
        % {"n": consultation.number, "at": full_moment(consultation.opened_at)}
    )
    if consultation.place:
        yield Text(_("地点：%(place)s") % {"place": consultation.place})
    if consultation.chair:
        yield Text(_("主持：%(who)s") % {"who": consultation.chair})
    yield Text(_("召集：%(who)s") % {"who": consultation.convened_by})
    there = present(attendees)
    if there:
        names = listed(
            f"{one.name}（{one.get_way_display()}）" if one.way else one.name for one in there
        )
        yield Text(_("参会：%(names)s。") % {"names": names})
    away = [one.name for one in attendees if one not in there]
    if away:
        yield Text(_("通知而未到会：%(names)s。") % {"names": listed(away)})


def _body(consultation: Consultation, attendees: Sequence[Attendee]) -> Iterator[Part]:
    yield Heading(_("一、情况"))
    yield from _paragraphs(consultation.situation)
    yield Heading(_("二、研判结论"))
    yield from _paragraphs(consultation.findings)
    yield Heading(_("三、各方意见"))
    rows = [
        (
            attendee.name,
            opinion.get_stance_display(),
            opinion.words or (_("见书面意见“%(file)s”") % {"file": opinion.file}),
            moment(opinion.told_at or opinion.at),
        )
        for attendee in attendees
        for opinion in attendee.said
    ]
    if rows:
        head = (_("参会人"), _("意见"), _("内容"), _("时间"))
        yield Grid("", head, (4, 2, 7, 3), rows)
    else:
        yield Text(_("没有记录个人意见。"))
    yield Heading(_("四、不同意见"))
    yield from _paragraphs(consultation.dissent, differs=bool(differing(attendees)))


def _paragraphs(text: str, *, differs: bool = False) -> Iterator[Part]:
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        yield Text(_("见各方意见。") if differs else _("无。"))
    for line in lines:
        yield Text(line)


def _decided(items: Sequence[ItemRow]) -> Iterator[Part]:
    yield Heading(_("五、议定事项"))
    rows = [
        (
            str(one.item.number),
            one.item.decision,
            one.item.responsible,
            listed(filter(None, [moment(one.item.due_at), one.item.by])),
        )
        for one in items
        if not one.item.withdrawn_reason
    ]
    if rows:
        head = (_("序号"), _("事项"), _("责任"), _("时限"))
        yield Grid("", head, (1, 7, 4, 3), rows)
    else:
        yield Text(_("无。"))


def _foot(consultation: Consultation) -> Iterator[Part]:
    yield Line(_("记录人：%(who)s") % {"who": consultation.recorder or "—"}, align="left")
    signed = (
        _("签发：%(who)s %(at)s")
        % {"who": consultation.signed_by, "at": full_moment(consultation.signed_at)}
        if consultation.signed_at
        else _("签发：")
    )
    yield Line(signed, align="left")
