"""Measures of two versions: which came, went, moved to another level, or changed."""

from collections.abc import Iterator
from dataclasses import dataclass

from liandong.plans.language.comparing.clauses import clauses_changed
from liandong.plans.language.comparing.difference import (
    Difference,
    Words,
    from_to,
    source_said,
    sources_changed,
)
from liandong.plans.language.document import DEED_LABELS, Plan, Step
from liandong.plans.language.levels import LevelKey, level_label
from liandong.plans.language.problems import Path

LABELS = {
    "id": "代号",
    "do": "类型",
    "to": "责任单位",
    "text": "内容",
    "when": "适用条件",
    "waits_for": "等候条件",
    "after": "前置措施",
    "acknowledge_within": "复诵时限",
    "finish_within": "完成时限",
    "every": "重复间隔",
    "needs": "所需力量",
    "proof": "凭据",
    "otherwise": "替代办法",
    "same_as": "与他案相同的措施",
    "plan": "所启动的预案",
}
CONDITIONS = ("when", "waits_for")


@dataclass(frozen=True)
class Place:
    """A step where it stands."""

    level: LevelKey
    at: int
    step: Step

    @property
    def path(self) -> Path:
        return ("levels", self.level, "steps", self.at)


def steps_changed(words: Words, before: Plan, after: Plan) -> Iterator[Difference]:
    """Name every change of measures; those of a level that is gone only where they moved."""
    pairs, gone, came = _paired(_places(before), _places(after))
    for was, now in pairs:
        yield from _pair(words, was, now)
    for now in came:
        yield _told(now, f"新增措施“{now.step.text}”{_in_brackets(words, now.step)}")
    for was in gone:
        if was.level in after.levels:
            yield _told(was, f"取消措施“{was.step.text}”{_in_brackets(words, was.step)}")
    yield from _reordered(pairs)


def _places(plan: Plan) -> list[Place]:
    return [
        Place(key, at, step)
        for key, level in plan.highest_first()
        for at, step in enumerate(level.steps)
    ]


def _paired(
    before: list[Place], after: list[Place]
) -> tuple[list[tuple[Place, Place]], list[Place], list[Place]]:
    """Find which step is which: by its name in its level, in another, then by what it says."""
    found: dict[int, Place] = {}
    left = list(before)
    for key in (
        lambda one: (one.level, one.step.id),
        lambda one: one.step.id,
        lambda one: (one.level, one.step.text, one.step.to),
        lambda one: (one.step.text, one.step.to),
    ):
        for at, now in enumerate(after):
            was = next((one for one in left if key(one) == key(now)), None)
            if at not in found and was is not None:
                found[at] = was
                left.remove(was)
    pairs = [(found[at], now) for at, now in enumerate(after) if at in found]
    return pairs, left, [now for at, now in enumerate(after) if at not in found]


def _pair(words: Words, was: Place, now: Place) -> Iterator[Difference]:
    name = f"措施“{was.step.text}”"
    if was.level != now.level:
        yield _told(now, f"{name}{from_to(level_label(was.level), level_label(now.level))}")
    for field, label in LABELS.items():
        old, new = getattr(was.step, field), getattr(now.step, field)
        if old != new and field in CONDITIONS:
            told = clauses_changed(words, f"{name}的{label}", (*now.path, field), old, new)
            yield from (Difference(path=p, what=what, level=now.level) for p, what in told)
        elif old != new:
            if field == "do":
                old, new = DEED_LABELS[was.step.do], DEED_LABELS[now.step.do]
            yield _told(now, words.change(f"{name}的{label}", old, new), field)
    if was.step.source != now.step.source:
        said = from_to(source_said(was.step.source), source_said(now.step.source))
        yield _told(now, f"{name}的出处{said}", "source")
    for key, what in sources_changed(LABELS, was.step.figures, now.step.figures):
        yield _told(now, f"{name}{what}", "figures", key)


def _reordered(pairs: list[tuple[Place, Place]]) -> Iterator[Difference]:
    """Steps that stay in their level, in another order."""
    for level in dict.fromkeys(now.level for _, now in pairs):
        before = [was.at for was, now in pairs if was.level == now.level == level]
        if before != sorted(before):
            yield Difference(
                path=("levels", level, "steps"), what="措施的先后次序有调整", level=level
            )


def _told(place: Place, what: str, *rest: str) -> Difference:
    return Difference(path=(*place.path, *rest), what=what, level=place.level)


def _in_brackets(words: Words, step: Step) -> str:
    within = [f"{words.said(step.finish_within)}内"] if step.finish_within else []
    return f"（{'，'.join([words.said(step.to), *within])}）"
