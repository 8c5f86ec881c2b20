"""The spreadsheet of shifts: its columns, and its rows as the action wants them."""

import re
from datetime import datetime

from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy

from liandong.documents.sheets import Column, Finding, Layout, Line, name_of, read_sheet
from liandong.kernel.wording import gettext as _
from liandong.organization.actions.roster_sheet import RosterRow

APART = re.compile(r"[/／、，,；;\n]+|(?<=[\u2e80-\u9fff]{2}) +(?=[\u2e80-\u9fff]{2})")
DATES = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y-%m-%d %H:%M")
USUAL = "08:30"

LAYOUT = Layout(
    sheet="值班表",
    also=("排班表", "排班", "值班"),
    columns=(
        Column(
            key="on", title="日期", required=True, width=14,
            hint=gettext_lazy("写成 2026-07-01；从这一天接班，到次日同一时间交班"),
        ),
        Column(
            key="leaders", title="带班领导", also=("带班", "带班人"), width=18,
            hint=gettext_lazy("通讯录里的姓名；几个人用顿号隔开"),
        ),
        Column(
            key="officers", title="值班员", also=("值班人员", "值班"), width=24,
            hint=gettext_lazy("通讯录里的姓名；几个人用顿号隔开"),
        ),
        Column(
            key="at", title="接班时间", width=12, hint=gettext_lazy("写成 08:30；不填为 08:30"),
        ),
        Column(key="note", title="备注", width=20),
    ),
    examples=(
        {"on": "2026-07-01", "leaders": "王伟", "officers": "李敏、赵磊", "at": "08:30", "note": "示例，导入时跳过"},
    ),
    advice=(gettext_lazy("一天一行，每班 24 小时；别的排法请在值班表页面办理。"),),
)  # fmt: skip


def read_roster(content: bytes, name: str) -> tuple[list[RosterRow], list[Finding]]:
    """Read the sheet of shifts; raises ``Invalid`` for what is no such workbook."""
    lines, findings = read_sheet(content, name, LAYOUT)
    rows = [
        _row(line, from_at, findings)
        for line in lines
        if (from_at := _moment(line, findings)) is not None
    ]
    return rows, findings


def _row(line: Line, from_at: datetime, findings: list[Finding]) -> RosterRow:
    leaders, officers = _names(line["leaders"]), _names(line["officers"])
    if not leaders and not officers:
        findings.append(line.wrong("officers", _("这一天没有写人。")))
    return RosterRow(
        row=line.row,
        from_at=from_at,
        leaders=leaders,
        officers=officers,
        note=line["note"][:200],
        letters=tuple(line.letters.items()),
    )


def _names(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name_of(one) for one in APART.split(text) if one.strip()))


def _moment(line: Line, findings: list[Finding]) -> datetime | None:
    """The beginning of the shift; None, and a word of it, for what is no day or no hour."""
    if not line["on"]:
        return None
    for form in DATES:
        try:
            on = datetime.strptime(line["on"], form)  # noqa: DTZ007 -- made aware below
            at = datetime.strptime(line["at"] or USUAL, "%H:%M")  # noqa: DTZ007 -- as above
        except ValueError:
            continue
        if 2000 <= on.year < 3000:
            return make_aware(on.replace(hour=at.hour, minute=at.minute))
    findings.append(line.wrong("on", _("日期或接班时间读不懂，请写成 2026-07-01、08:30。")))
    return None
