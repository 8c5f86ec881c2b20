"""What a report is made of, and what it may not pass over in silence."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from liandong.command.models import Report
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed

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
FIGURES = {
    "dead": gettext_lazy("死亡"),
    "missing": gettext_lazy("失联"),
    "injured": gettext_lazy("受伤"),
}


@dataclass(frozen=True, kw_only=True)
class Figures:
    """People killed, missing and injured; None where nobody could say."""

    dead: int | None = None
    missing: int | None = None
    injured: int | None = None


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


def demand_explained(before: Report | None, now: Figures, note: str) -> None:
    """Refuse figures that went down without an explanation; what was sent stays as it was."""
    fallen = fallen_figures(before, now)
    if fallen and not note.strip():
        raise Invalid(
            _("人数比上次报告减少（%(fallen)s），没有写核减说明。")
            % {"fallen": listed(fallen)},
            place=_("伤亡和失联"),
            remedy=_("请写明为什么核减；上次报出的数字会保留。"),
            fields={"reduction_note": _("请写核减说明")},
        )


def fallen_figures(before: Report | None, now: Figures) -> list[str]:
    """Say which figures went down. Missing people who were found dead have not gone away."""
    if before is None:
        return []
    fallen: list[str] = []
    for name, label in FIGURES.items():
        old, new = getattr(before, name), getattr(now, name)
        if old is None or new is None or new >= old:
            continue
        if name == "missing" and _accounted(before, now, old - new):
            continue
        fallen.append(
            _("%(label)s由 %(old)d 变为 %(new)d") % {"label": label, "old": old, "new": new}
        )
    return fallen


def _accounted(before: Report, now: Figures, fewer: int) -> bool:
    return now.dead is not None and now.dead - (before.dead or 0) >= fewer


def conservation_hint(before: Report | None, now: Figures) -> str:
    """Remind whoever writes that the missing who were found have to stand somewhere else."""
    if before is None or before.missing is None or now.missing is None:
        return ""
    fewer = before.missing - now.missing
    if fewer <= 0 or _accounted(before, now, fewer):
        return ""
    return _("失联减少 %(n)d 人：找到后死亡的计入死亡，生还的写入核减说明。") % {"n": fewer}


def compose(
    title: str,
    elements: Mapping[str, str | None],
    before: Mapping[str, str | None] | None,
    *,
    command: str = "",
) -> str:
    """Write the text from its elements; a follow-up says only what has changed.

    ``command``: who commands, where it is not the county.
    """
    lines = [title]
    for key, label in ELEMENTS.items():
        said = (elements.get(key) or "").strip()
        if before is not None and said == (before.get(key) or "").strip():
            continue
        lines.append(f"{label}：{said or NOT_KNOWN}")
    if len(lines) == 1:
        lines.append(_("较上次报告无变化。"))
    if command:
        lines.insert(1, _("指挥：现由%(command)s统一指挥") % {"command": command})
    return "\n".join(lines)
