"""One thing that is not as it was, and how the parts of a plan are told."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from pydantic import BaseModel, TypeAdapter

from liandong.plans.language.capabilities import need_said
from liandong.plans.language.conditions import STATUS_LABELS, Clause, Condition, Status
from liandong.plans.language.document import (
    Deciders,
    FieldGroup,
    Inform,
    Need,
    Period,
    Replacement,
    Source,
)
from liandong.plans.language.durations import duration_label
from liandong.plans.language.facts import Dictionary
from liandong.plans.language.levels import LevelKey
from liandong.plans.language.problems import Path, written
from liandong.plans.language.sentences import deciders_sentence, sentence

_ANY: TypeAdapter[Any] = TypeAdapter(Any)


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Where two versions differ, and in words how; ``path`` is the newer's, or the older's where it is gone."""

    path: Path
    what: str
    level: LevelKey | None = None  # None: of the plan as a whole

    def as_data(self) -> dict[str, str | None]:
        """Give it as JSON would carry it."""
        return {"level": self.level, "path": written(self.path), "what": self.what}


class Words:
    """Says parts of a plan, posts by the names the caller has for them."""

    def __init__(self, names: Mapping[str, str], facts: Dictionary) -> None:
        self.names, self.facts = names, facts

    def change(self, label: str, before: object, after: object) -> str:
        """Say that something was put in, taken out, or is no longer as it was."""
        if not before:
            return f"新增{label}：{self.said(after)}"
        if not after:
            return f"取消{label}（原为{_apart(self.said(before), end=False)}）"
        was, now = self.said(before), self.said(after)
        if was == now:
            was, now = _plainly(before), _plainly(after)
        return f"{label}{from_to(was, now)}"

    def said(self, value: object) -> str:
        """Say one value."""
        if isinstance(value, Clause):
            return sentence(cast("Condition", value), self.facts)
        if isinstance(value, BaseModel):
            return self._part(value)
        if isinstance(value, timedelta):
            return duration_label(value)
        if isinstance(value, list):
            return "、".join(map(self.said, value)) or "无"
        if value is None or value == "":
            return "无"
        return self.names.get(str(value), str(value))

    def _part(self, value: BaseModel) -> str:  # noqa: PLR0911 -- one line for each kind
        if isinstance(value, Source):
            return source_said(value)
        if isinstance(value, Deciders):
            return deciders_sentence(value, self.names)
        if isinstance(value, Inform):
            return f"{self.said(value.post)}（{duration_label(value.within)}内）"
        if isinstance(value, Need):
            return need_said(value.model_dump())
        if isinstance(value, Replacement):
            return f"{self.said(value.to)}（{value.text}）"
        if isinstance(value, Period):
            label = self.facts[value.fact].label if value.fact in self.facts else value.fact
            return f"{label}（每年 {value.since} 至 {value.until}）"
        if isinstance(value, FieldGroup):
            leads = f"，{self.said(value.leads)}牵头" if value.leads else ""
            members = f"，成员：{self.said(value.members)}" if value.members else ""
            return f"{value.label}{leads}{members}"
        return _plainly(value)


def from_to(was: str, now: str) -> str:
    """Say from what to what: 由 10 公顷以上改为 20 公顷以上."""
    return f"由{_apart(was)}改为{_apart(now, end=False)}"


def source_said(source: Source | None) -> str:
    """Say where something comes from."""
    if source is None:
        return "同本级"
    return " ".join(part for part in (STATUS_LABELS[source.status], source.cite) if part)


def origin(clause: Clause) -> str:
    """Say where a clause comes from."""
    status = STATUS_LABELS[Status(clause.status)] if clause.status else ""
    return " ".join(part for part in (status, clause.cite) if part) or "同本级"


def sources_changed(
    labels: Mapping[str, str], before: Mapping[Any, Source], after: Mapping[Any, Source]
) -> Iterator[tuple[str, str]]:
    """Go through figures that carry a source of their own: which, and how it changed."""
    for key in [*before, *(one for one in after if one not in before)]:
        was, now = before.get(key), after.get(key)
        if was != now:
            label = labels.get(str(key), str(key))
            yield str(key), f"“{label}”的出处{from_to(source_said(was), source_said(now))}"


def _plainly(value: object) -> str:
    """Say a value as it is written, where words do not tell it apart."""
    return json.dumps(_ANY.dump_python(value, mode="json", by_alias=True), ensure_ascii=False)


def _apart(text: str, *, end: bool = True) -> str:
    """Set figures and Latin letters apart from the hanzi beside them."""
    before, after = (
        " " if one.isascii() and one.isalnum() else "" for one in (text[:1], text[-1:])
    )
    return f"{before}{text}{after if end else ''}"
