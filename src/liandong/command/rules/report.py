"""What a report is made of, and what it may not pass over in silence."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from liandong.command.models import Report
from liandong.command.rules.casualties import SHOWN, Figures, moved_figures, told_figures
from liandong.command.rules.incident import demand_in_order, demand_past
from liandong.command.states import ReportKind
from liandong.kernel.problems import IllegalMove, Invalid
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed
from liandong.web.times import full_moment

# 《国家突发事件总体应急预案》3.3.1(1)
ELEMENTS: dict[str, str | Promise] = {
    "time": gettext_lazy("时间"),
    "place": gettext_lazy("地点"),
    "source": gettext_lazy("信息来源"),
    "nature": gettext_lazy("事件性质"),
    "extent": gettext_lazy("影响范围及损害程度"),
    "casualties": gettext_lazy("伤亡和失联"),
    "trend": gettext_lazy("发展趋势"),
    "measures": gettext_lazy("已采取措施"),
    "requests": gettext_lazy("建议或请求"),
}
NOT_KNOWN = gettext_lazy("未问到")


def not_known(elements: Mapping[str, str | None]) -> list[str]:
    """Name the elements nobody could tell."""
    return [
        str(label) for key, label in ELEMENTS.items() if not (elements.get(key) or "").strip()
    ]


def demand_elements(elements: Mapping[str, str | None]) -> None:
    """Refuse elements that no report has."""
    strange = sorted(set(elements) - set(ELEMENTS))
    if strange:
        raise Invalid(
            _("报告没有“%(name)s”这一要素。") % {"name": strange[0]},
            place=_("报告要素"),
            remedy=_("要素有：%(names)s。") % {"names": listed(ELEMENTS.values())},
        )


def demand_clock(
    kind: ReportKind, level: str, minutes: int | None, every_minutes: int | None
) -> None:
    """Refuse a clock that says nothing, or asks for what a report of its kind cannot have."""
    returns = kind == ReportKind.FOLLOW_UP
    if kind == ReportKind.CORRECTION:
        raise Invalid(
            _("更正没有时限：发现报错了就要更正。"),
            place=_("报告"),
            remedy=_("请选首报、续报或终报。"),
            fields={"kind": _("请选首报、续报或终报")},
        )
    if (every_minutes if returns else minutes) is None:
        raise Invalid(
            _("没有写时限。"),
            place=_("报告时限"),
            remedy=_("首报、终报请写从起算时刻起多少分钟，续报请写每多少分钟一次。"),
            fields={"every_minutes" if returns else "minutes": _("请填写时限或间隔")},
        )
    if kind == ReportKind.FIRST and level:
        raise Invalid(
            _("首报不分响应级别：那时还没有启动响应。"),
            place=_("响应级别"),
            remedy=_("请按事件级别设定，或留空。"),
            fields={"level": _("首报请留空")},
        )


def demand_span(from_at: datetime | None, until_at: datetime | None, now: datetime) -> None:
    """Refuse a report whose end comes before its start, or lies ahead."""
    words = [("from_at", _("报告起始时间"), from_at), ("until_at", _("报告截止时间"), until_at)]
    for field, what, at in words:
        demand_past(at, now, field=field, what=what)
    demand_in_order(words)


def demand_correctable(report: Report) -> None:
    """Only what was sent is put right; a correction that was wrong too corrects the same report again."""
    if report.corrects is not None:
        raise IllegalMove(
            _("“%(report)s”本身是更正。") % {"report": report.title},
            place=report.title,
            remedy=_("还要更正，请再更正原来的“%(report)s”。")
            % {"report": report.corrects.title},
        )
    if not report.is_sent:
        raise IllegalMove(
            _("“%(report)s”还没有报出，不用更正。") % {"report": report.title},
            place=report.title,
            remedy=_("请直接改，改好再报出。"),
        )


def demand_late(report: Report) -> None:
    """Only what went up late, and is not explained yet, wants a reason."""
    if not report.lacks_late_reason:
        raise IllegalMove(
            _("“%(report)s”没有迟报，或者原因已经写了。") % {"report": report.title},
            place=report.title,
            remedy=_("请刷新后看最新状态。"),
        )


def compose(
    title: str,
    elements: Mapping[str, str | None],
    *,
    before: Report | None,
    figures: Figures,
    note: str,
    command: str = "",
) -> str:
    """Write the text from its elements; after a report ``before`` it says only what has changed.

    ``command``: who commands, where it is not the county.
    """
    moved = moved_figures(before, figures) if before else []
    changed = [
        f"{label}：{_said(elements, key) or NOT_KNOWN}"
        for key, label in ELEMENTS.items()
        if before is None or _said(elements, key) != _said(before.elements, key)
    ]
    lines = [title]
    if moved:
        lines.append(_("人数：%(moved)s") % {"moved": "；".join(moved)})
    if moved and note.strip():
        lines.append(_("核减说明：%(note)s") % {"note": note.strip()})
    lines += changed
    if len(lines) == 1:
        lines.append(_("零报告：较上次报告无变化。"))
    if command:
        lines.insert(1, _("指挥：现由%(command)s统一指挥") % {"command": command})
    return "\n".join(lines)


def compose_final(
    title: str,
    elements: Mapping[str, str | None],
    *,
    figures: Figures,
    span: tuple[datetime | None, datetime | None],
) -> str:
    """Write the last report: its whole span, every element, and the figures as they ended."""
    start, end = span
    lines = [title]
    if start and end:
        lines.append(
            _("起止：%(start)s至%(end)s")
            % {"start": full_moment(start), "end": full_moment(end)}
        )
    lines += [
        f"{label}：{_said(elements, key) or NOT_KNOWN}" for key, label in ELEMENTS.items()
    ]
    if told := told_figures(figures):
        lines.append(_("最终人数：%(told)s") % {"told": "；".join(told)})
    return "\n".join(lines)


def compose_correction(
    title: str,
    elements: Mapping[str, str | None],
    *,
    wrong: Report,
    figures: Figures,
    reason: str,
) -> str:
    """Say what was reported wrongly, what is right, and why; what was right is not said again."""
    lines = [title, _("更正原因：%(reason)s") % {"reason": reason}]
    lines += [
        _("%(label)s：原报“%(wrong)s”，更正为“%(right)s”")
        % {
            "label": label,
            "wrong": _said(wrong.elements, key) or NOT_KNOWN,
            "right": _said(elements, key) or NOT_KNOWN,
        }
        for key, label in ELEMENTS.items()
        if _said(elements, key) != _said(wrong.elements, key)
    ]
    lines += [
        _("%(label)s：原报 %(wrong)s，更正为 %(right)s")
        % {
            "label": label,
            "wrong": _people(getattr(wrong, name)),
            "right": _people(getattr(figures, name)),
        }
        for name, label in SHOWN.items()
        if getattr(figures, name) != getattr(wrong, name)
    ]
    return "\n".join(lines)


def says_nothing_new(
    before: Report | None, elements: Mapping[str, str | None], figures: Figures
) -> bool:
    """Whether a follow-up is a 零报告."""
    return (
        before is not None
        and not moved_figures(before, figures)
        and all(_said(elements, key) == _said(before.elements, key) for key in ELEMENTS)
    )


def _said(elements: Mapping[str, str | None], key: str) -> str:
    return (elements.get(key) or "").strip()


def _people(value: int | None) -> str:
    return _("未问到") if value is None else _("%(n)d 人") % {"n": value}
