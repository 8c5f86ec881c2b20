"""Pydantic's complaints, said in Chinese with the place and the remedy."""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any, Final

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from liandong.plans.language.conditions import (
    AllOf,
    AnyOf,
    Areas,
    Comparison,
    Count,
    Test,
    Unread,
)
from liandong.plans.language.document import (
    Deciders,
    Document,
    FieldGroup,
    FieldPost,
    Inform,
    Level,
    Need,
    Period,
    Plan,
    Replacement,
    Source,
    Step,
)
from liandong.plans.language.levels import HIGHEST_FIRST, read_level
from liandong.plans.language.problems import Flaw, Path

_MODELS: Final[tuple[type[BaseModel], ...]] = (
    *(AllOf, AnyOf, Areas, Comparison, Count, Test, Unread, Deciders, Document),
    *(FieldGroup, FieldPost, Inform, Level, Need, Period, Plan, Replacement, Source, Step),
)
_WORDS: Final = sorted({f.alias or name for m in _MODELS for name, f in m.model_fields.items()})
_TYPES: Final = frozenset(("[key]", "int", "str", "decimal", "is-instance"))
_SHAPES: Final = {
    "model_type": ("应为若干“键: 值”", "检查缩进，值要写在它的键下面"),
    "dict_type": ("应为若干“键: 值”", "检查缩进，值要写在它的键下面"),
    "list_type": ("应为列表", "每项以“- ”开头，或写成 [甲, 乙]"),
    "bool_type": ("应为 true 或 false", "或写成比较，如 {at_least: 1}"),
    "string_type": ("应为文字", "给它加上引号"),
    "int_type": ("应为整数", "写阿拉伯数字，不加引号"),
    "date_from_datetime_parsing": ("不是日期", "写成 2025-09-28"),
    "date_parsing": ("不是日期", "写成 2025-09-28"),
    "too_short": ("不能空着", "至少写一项"),
    "string_too_short": ("不能空着", "补上文字"),
}


def flaws_of(error: ValidationError, data: object) -> Iterator[Flaw]:
    """Turn each complaint into a flaw; of several about one place only the first is told."""
    told: set[Path] = set()
    for detail in error.errors():
        path = real_path(detail["loc"], data)
        if path not in told:
            told.add(path)
            what, remedy = _explained(detail, path)
            yield Flaw(path=path, what=what, remedy=remedy)


def real_path(loc: Path, data: object) -> Path:
    """Give a path as it stands in the text: its own spelling of levels, and no tags of pydantic's unions."""
    path: list[str | int] = []
    for part in loc:
        key = _key_in(data, part)
        if key is not None:
            data = _child(data, key)
            path.append(key)
        elif isinstance(part, int) or not (
            part.startswith("~") or part.partition("[")[0] in _TYPES or part in _TYPES
        ):
            path.append(part)
    return tuple(path)


def _key_in(data: object, part: str | int) -> str | int | None:
    if isinstance(data, list):
        return part if isinstance(part, int) and part < len(data) else None
    if not isinstance(data, Mapping) or part in data:
        return part if isinstance(data, Mapping) else None
    return next((key for key in data if part in HIGHEST_FIRST and _is_level(key, part)), None)


def _child(data: Any, key: str | int) -> object:
    return data[key]


def _is_level(spelling: str, level: str | int) -> bool:
    try:
        return read_level(spelling) == level
    except ValueError:
        return False


def _explained(detail: ErrorDetails, path: Path) -> tuple[str, str]:
    kind, last = detail["type"], str(path[-1]) if path else ""
    context: dict[str, Any] = detail.get("ctx", {})
    if "remedy" in context:
        return detail["msg"], str(context["remedy"])
    if kind == "extra_forbidden":
        near = get_close_matches(last, _WORDS, n=1)
        return f"没有“{last}”这一项", f"是否应为 {near[0]}" if near else "删去它"
    if kind == "missing":
        return f"缺少“{last}”", "补上这一项"
    if kind in {"literal_error", "enum"}:
        return f"不能是“{detail['input']}”", f"可以写：{_listed(context['expected'])}"
    if kind == "string_pattern_mismatch":
        return (
            f"“{detail['input']}”写法不对",
            "用小写英文、数字和连字符，如 flood-office.director",
        )
    return _SHAPES.get(kind) or (f"“{_short(detail['input'])}”写法不对", "对照预案语言说明改正")


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 30 else text[:29] + "…"


def _listed(expected: str) -> str:
    return "、".join(re.findall(r"'([^']*)'", expected)) or expected
