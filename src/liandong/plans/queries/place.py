"""Places of a plan's text as people call them, whether the text is sound or not."""

from typing import Any

from django.utils.translation import gettext_noop

from liandong.kernel.wording import gettext as _
from liandong.plans.language import duration_label, level_label, read_duration, read_level
from liandong.plans.language.editing import absent, at_path, settled_path
from liandong.plans.language.problems import Path

PLACES = {
    "plan": gettext_noop("代号"),
    "title": gettext_noop("名称"),
    "kind": gettext_noop("类别"),
    "hazard": gettext_noop("灾种"),
    "headquarters": gettext_noop("指挥部"),
    "document": gettext_noop("发文"),
    "number": gettext_noop("文号"),
    "issued": gettext_noop("印发日期"),
    "in_force": gettext_noop("施行日期"),
    "replaces": gettext_noop("代替"),
    "bounds": gettext_noop("以上、以下的读法"),
    "sources": gettext_noop("依据"),
    "levels": gettext_noop("响应级别"),
    "source": gettext_noop("出处"),
    "when": gettext_noop("条件"),
    "proposes": gettext_noop("建议"),
    "decides": gettext_noop("决定"),
    "consent": gettext_noop("须经同意"),
    "informs": gettext_noop("报告"),
    "ends": gettext_noop("终止"),
    "expected": gettext_noop("预计期限"),
    "builds_on": gettext_noop("包含"),
    "steps": gettext_noop("步骤"),
    "id": gettext_noop("代号"),
    "do": gettext_noop("做法"),
    "to": gettext_noop("交给谁"),
    "text": gettext_noop("内容"),
    "waits_for": gettext_noop("等到"),
    "after": gettext_noop("前置"),
    "acknowledge_within": gettext_noop("复诵限"),
    "finish_within": gettext_noop("完成限"),
    "every": gettext_noop("频次"),
    "needs": gettext_noop("需要"),
    "proof": gettext_noop("凭据"),
    "otherwise": gettext_noop("办不成时"),
    "same_as": gettext_noop("同一措施"),
    "periods": gettext_noop("时段"),
    "ends_when": gettext_noop("终止条件"),
    "field_post": gettext_noop("现场指挥部"),
    "groups": gettext_noop("工作组"),
    "deadlines": gettext_noop("时限"),
    "figures": gettext_noop("出处"),
    "cite": gettext_noop("出处"),
    "status": gettext_noop("依据"),
}
SHORT, LONGEST = 14, 60


def place_called(path: Path, data: Any) -> str:
    """Say a path: Ⅳ级 · 封控上山道路 · 完成限."""
    found: list[str] = []
    here: Any = data
    for at, part in enumerate(settled_path(path, data)):
        here = at_path(here, (part,))
        word = _word(path, at, part, here)
        if word:
            found.append(word)
    return " · ".join(found) or _("全文")


def word_for(name: str) -> str:
    """What a word of the language is called on pages; itself where it has no other name."""
    return _(PLACES[name]) if name in PLACES else name


def _word(path: Path, at: int, part: str | int, here: Any) -> str:
    if isinstance(part, int):
        return _thing(here) or _("第 %(n)d 项") % {"n": part + 1}
    if at == 1 and path[0] == "levels":
        return _level(part)
    # 响应级别 and 步骤 go without saying where one of them is named.
    if part in {"levels", "steps", "groups", "any", "all"} and at + 1 < len(path):
        return ""
    return word_for(part) if part in PLACES else ""


def _thing(value: Any) -> str:
    if not isinstance(value, dict):
        return ""
    text = str(
        value.get("text") or value.get("name") or value.get("id") or value.get("key") or ""
    )
    return text if len(text) <= SHORT else text[:SHORT] + "…"


def _level(spelling: str) -> str:
    try:
        return str(_(level_label(read_level(spelling))))
    except ValueError:
        return spelling


def value_said(value: Any) -> str:
    """Say a value of the text shortly: durations as people say them, lists with their items."""
    if value is absent or value is None or value in ("", [], {}):
        return _("（空）")
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, dict):
        said = _thing(value) or "、".join(
            f"{key}:{value_said(one)}" for key, one in value.items()
        )
    elif isinstance(value, list):
        said = "、".join(value_said(one) for one in value)
    else:
        said = _scalar(value)
    return said if len(said) <= LONGEST else said[: LONGEST - 1] + "…"


def _scalar(value: Any) -> str:
    try:
        return duration_label(read_duration(value))
    except ValueError:
        return str(value)
