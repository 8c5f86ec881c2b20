"""The data pack of a joint meeting: what is known at a moment, and what has changed since."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.timezone import localtime

from liandong.kernel.actors import ACTUAL, Actor, system_actor
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed, recorded
from liandong.monitoring.models import (
    Crossing,
    JointMeeting,
    StatisticForm,
    Warning,  # noqa: A004 -- the county's word for it
)
from liandong.monitoring.queries.filings import Sheet, filings_overdue, sheet_of
from liandong.monitoring.queries.meetings import last_meeting_before, open_decisions
from liandong.monitoring.signals.observations import plain
from liandong.monitoring.states import Level, StationKind, WarningState
from liandong.organization.models import Body

MOST = 200
SHOWN = 2

Section = dict[str, Any]


def pack_of(meeting: JointMeeting, now: datetime) -> dict[str, Any]:
    """Put together what a meeting has before it: a few queries, and a few more for each form of its office."""
    last = last_meeting_before(meeting.office, meeting.begins_at)
    since = last.begins_at if last else None
    with recorded():
        sections = [
            _warnings(since),
            _crossings(since, now),
            *statistics_digest(meeting.office),
            _overdue(meeting.office),
            _decisions(meeting.office),
        ]
    return {
        "at": now.isoformat(),
        "since": since.isoformat() if since else "",
        "sections": sections,
    }


def digest_of(pack: Mapping[str, Any]) -> str:
    """SHA-256 over a pack, whatever the order it was written in."""
    text = json.dumps(pack, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Since:
    """What of one section is different now."""

    title: str
    new: list[str]
    changed: list[str]
    gone: list[str]


def changed_since(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Since]:
    """What has come, changed and gone between two packs; sections alike are left out."""
    before = {one["key"]: _rows(one) for one in old.get("sections", ())}
    found = []
    for section in new.get("sections", ()):
        was, is_now = before.get(section["key"], {}), _rows(section)
        one = Since(
            section["title"],
            [_said(cells) for key, cells in is_now.items() if key not in was],
            [_said(cells) for key, cells in is_now.items() if key in was and was[key] != cells],
            [_said(cells) for key, cells in was.items() if key not in is_now],
        )
        if one.new or one.changed or one.gone:
            found.append(one)
    return found


def _rows(section: Mapping[str, Any]) -> dict[str, Sequence[str]]:
    return {row["key"]: row["cells"] for row in section["rows"]}


def _said(cells: Sequence[str]) -> str:
    return " ".join(cell for cell in cells if cell)


def _section(key: str, title: str, head: Sequence[str], rows: Iterator[Any]) -> Section:
    return {
        "key": key,
        "title": str(title),
        "head": [str(one) for one in head],
        "rows": [{"key": k, "cells": [str(cell) for cell in cells]} for k, cells in rows],
    }


def _warnings(since: datetime | None) -> Section:
    """In force, and those issued since the last meeting even if they are over."""
    wanted = Q(state=WarningState.ISSUED)
    if since:
        wanted |= Q(published_at__gte=since)
    rows = Warning.objects.filter(wanted, realm=ACTUAL, published_at__isnull=False)
    rows = rows.select_related("issuing_body").order_by("-published_at")[:MOST]
    head = (_("预警"), _("发布单位"), _("发布时间"), _("状态"))
    return _section(
        "warnings",
        _("生效中和上次会议以来的预警"),
        head,
        (
            (
                str(one.pk),
                (
                    f"{one.category}{Level(one.level).label}",
                    one.issuing_body.short_name if one.issuing_body else "",
                    _minute(one.published_at),
                    WarningState(one.state).label,
                ),
            )
            for one in rows
        ),
    )


def _crossings(since: datetime | None, now: datetime) -> Section:
    rows = Crossing.objects.filter(realm=ACTUAL, began_at__lte=now)
    rows = rows.exclude(threshold__series__station__kind=StationKind.FILED)
    rows = rows.filter(began_at__gte=since) if since else rows.filter(ended_at=None)
    rows = rows.select_related("threshold__series__station").order_by("-began_at")[:MOST]
    head = (_("测站"), _("阈值"), _("最大值"), _("开始"), _("结束"))
    return _section(
        "crossings",
        _("上次会议以来的越限") if since else _("现在的越限"),
        head,
        (
            (
                str(one.pk),
                (
                    str(one.threshold.series.station),
                    str(one.threshold),
                    f"{plain(one.peak)} {one.threshold.series.unit}",
                    _minute(one.began_at),
                    _minute(one.ended_at) or _("未结束"),
                ),
            )
            for one in rows
        ),
    )


def statistics_digest(office: Body) -> list[Section]:
    """本期统计: of each form that an office keeps or receives, the sums over all units with their trend."""
    named = Q(office=office) | Q(receivers=office) | Q(receivers=office.parent_id)
    forms = StatisticForm.objects.filter(named, in_force=True).distinct().order_by("name")
    reader = system_actor("node", "会议资料", ACTUAL)
    return [_statistics(form, sheet_of(reader, form, count=SHOWN)) for form in forms]


def _statistics(form: StatisticForm, sheet: Sheet) -> Section:
    head = (_("统计项"), _("本期"), _("上期"), _("比上期"), _("去年同期"), _("报送单位数"))
    return _section(
        f"statistics:{form.key}",
        f"{form.name}（{sheet.heads[-1]}）",
        head,
        (
            (
                total.item.key,
                (
                    f"{total.item.label}（{total.item.unit}）",
                    *(_figure(value) for value in reversed(total.sums)),
                    _signed(total.change),
                    _figure(total.year_ago),
                    f"{total.filed}/{len(sheet.rows)}",
                ),
            )
            for total in sheet.totals
        ),
    )


def _overdue(office: Body) -> Section:
    reader: Actor = system_actor("node", "会议资料", ACTUAL)
    rows = filings_overdue(reader).filter(form__office=office)[:MOST]
    head = (_("单位"), _("报表"), _("期次"), _("期限"))
    return _section(
        "overdue",
        _("逾期未报"),
        head,
        (
            (
                str(one.pk),
                (one.body.short_name, one.form.name, one.period_text, _minute(one.due_at)),
            )
            for one in rows
        ),
    )


def _decisions(office: Body) -> Section:
    head = (_("议定事项"), _("责任单位"), _("期限"), _("状态"), _("议定于"))
    return _section(
        "decisions",
        _("以前会议没有办结的事项"),
        head,
        (
            (
                str(one.pk),
                (
                    one.text,
                    one.owner.short_name,
                    one.due_on.isoformat(),
                    one.get_state_display(),
                    one.meeting.title,
                ),
            )
            for one in open_decisions(office)
        ),
    )


def _figure(value: Any) -> str:
    return plain(value) if value is not None else "—"


def _signed(value: Any) -> str:
    if value is None:
        return "—"
    return f"+{plain(value)}" if value > 0 else plain(value)


def _minute(at: datetime | None) -> str:
    return f"{localtime(at):%Y-%m-%d %H:%M}" if at else ""


def situation_of(pack: Mapping[str, Any]) -> str:
    """What a pack knows, in sentences, for the first words of the minutes."""
    lines = []
    for section in pack.get("sections", ()):
        rows = [row["cells"] for row in section["rows"]]
        if not rows:
            continue
        if section["key"].startswith("statistics:"):
            told = listed(
                f"{cells[0]} {cells[1]}" + (f"，比上期 {cells[3]}" if cells[3] != "—" else "")
                for cells in rows
                if cells[1] != "—"
            )
        else:
            told = listed(" ".join(cells[:3]) for cells in rows[:20])
        if str(told):
            lines.append(f"{section['title']}：{told}。")
    return "\n".join(lines)
