"""A report in other words: for a chat group, for the telephone, for a superior's own form."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from liandong.command.models import Report
from liandong.command.rules.report import ELEMENTS, NOT_KNOWN, not_known
from liandong.kernel.identity import this_node
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import recorded
from liandong.web.times import moment

# What a group is told: no phone numbers of callers, no requests meant for the superior.
IN_GROUPS = ("time", "place", "extent", "casualties", "trend", "measures")


@dataclass(frozen=True)
class Copy:
    """A text to be copied in one click, and what for."""

    key: str
    label: str
    text: str


@dataclass(frozen=True)
class Reported:
    """What a report says, and who says it when."""

    incident: str
    title: str
    county: str
    at: datetime
    elements: Mapping[str, str | None]


def copies_of(said: Reported) -> list[Copy]:
    """The three texts of a report; what nobody could tell is named, never left out in silence.

    They leave the county and are Chinese, whatever language their copier reads.
    """
    with recorded():
        group, phone, form = _for_group(said), _for_phone(said), _for_form(said)
    return [
        Copy("group", _("发微信群"), group),
        Copy("phone", _("电话快报"), phone),
        Copy("form", _("填上级表格"), form),
    ]


def copies_for(report: Report | None) -> list[Copy]:
    """A report's text for a group, the telephone and a superior's form; none before it is written."""
    if report is None or not report.elements:
        return []
    node = this_node()
    with recorded():  # it leaves the county
        title = str(report.title)
    return copies_of(
        Reported(
            incident=report.incident.title,
            title=title,
            county=node.name if node else "",
            at=report.sent_at or report.drafted_at or report.incident.received_at,
            elements=report.elements,
        )
    )


def _for_group(said: Reported) -> str:
    told = [text for key in IN_GROUPS if (text := _said(said, key))]
    missing = [
        str(label)
        for key, label in ELEMENTS.items()
        if key in IN_GROUPS and not _said(said, key)
    ]
    lines = [f"【{said.title}】{said.incident}", *told]
    if missing:
        lines.append(_("正在核实：%(missing)s") % {"missing": "、".join(missing)})
    lines.append(_("%(county)s %(at)s") % {"county": said.county, "at": moment(said.at)})
    return "\n".join(lines)


def _for_phone(said: Reported) -> str:
    """As it is read out: who reports, what, what is not known, and to be read back."""
    told = [
        f"{label}：{text}。".replace("。。", "。")
        for key, label in ELEMENTS.items()
        if (text := _said(said, key))
    ]
    missing = "、".join(map(str, not_known(said.elements)))
    lines = [
        _("我是%(county)s值班室，电话报告%(incident)s%(title)s。")
        % {"county": said.county, "incident": said.incident, "title": said.title},
        *told,
    ]
    if missing:
        lines.append(_("尚未问到：%(missing)s，正在核实。") % {"missing": missing})
    lines.append(_("报告完毕，请复述时间、地点和伤亡人数，并告知接报人姓名。"))
    return "\n".join(lines)


def _for_form(said: Reported) -> str:
    """Element by element, in the order of the national form."""
    return "\n".join(
        f"{label}：{_said(said, key) or NOT_KNOWN}" for key, label in ELEMENTS.items()
    )


def _said(said: Reported, key: str) -> str:
    return (said.elements.get(key) or "").strip()
