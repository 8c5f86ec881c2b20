"""A whole plan beside its older self."""

from collections.abc import Iterator, Mapping

from liandong.plans.language.comparing.clauses import clauses_changed
from liandong.plans.language.comparing.difference import (
    Difference,
    Words,
    from_to,
    source_said,
    sources_changed,
)
from liandong.plans.language.comparing.steps import steps_changed
from liandong.plans.language.conditions import Status
from liandong.plans.language.document import Level, Plan, Source
from liandong.plans.language.facts import Dictionary, dictionary
from liandong.plans.language.levels import HIGHEST_FIRST, LevelKey, level_label
from liandong.plans.language.reader import clauses_of

PLAN = {
    "plan": "代号",
    "title": "名称",
    "kind": "类别",
    "hazard": "灾种",
    "headquarters": "指挥部",
}
DOCUMENT = {
    "number": "文号",
    "issued": "印发日期",
    "in_force": "施行日期",
    "replaces": "所替代的文号",
}
LEVEL = {
    "proposes": "建议人",
    "decides": "决定人",
    "consent": "须经同意",
    "informs": "报告",
    "ends": "终止决定人",
    "expected": "预计期限",
    "builds_on": "承接的下级措施",
}
FIGURES = LEVEL | {"when": "启动条件", "steps": "措施", "deadlines": "时限"}
KINDS = {
    "overall": "总体预案",
    "special": "专项预案",
    "departmental": "部门预案",
    "township": "乡镇预案",
    "village": "村级预案",
    "unit": "单位预案",
    "warning": "预警措施",
}
BOUNDS = {"half_open": "“以上”含本数、“以下”不含", "closed": "“以上”“以下”均含本数"}


def differences(
    before: Plan,
    after: Plan,
    *,
    names: Mapping[str, str] | None = None,
    facts: Dictionary | None = None,
) -> list[Difference]:
    """Name everything in which two versions differ: the plan as a whole, then each level, the highest first.

    Empty exactly where the two are the same plan. ``names`` says what posts and bodies are called.
    """
    words = Words(names or {}, facts or dictionary())
    told = [*_whole(words, before, after), *_levels(words, before, after)]
    told += steps_changed(words, before, after)
    return sorted(told, key=lambda one: HIGHEST_FIRST.index(one.level) if one.level else -1)


def _whole(words: Words, before: Plan, after: Plan) -> Iterator[Difference]:
    for field, label in PLAN.items():
        old, new = getattr(before, field), getattr(after, field)
        if old != new:
            said = (KINDS[old], KINDS[new]) if field == "kind" else (old, new)
            yield Difference(path=(field,), what=words.change(label, *said))
    for field, label in DOCUMENT.items():
        old, new = getattr(before.document, field), getattr(after.document, field)
        if old != new:
            yield Difference(path=("document", field), what=words.change(label, old, new))
    if before.bounds != after.bounds:
        how = from_to(BOUNDS[before.bounds], BOUNDS[after.bounds])
        yield Difference(path=("bounds",), what=f"界限的读法{how}")
    for name in {**before.sources, **after.sources}:
        old, new = before.sources.get(name), after.sources.get(name)
        if old != new:
            label = f"引用的文件“{name}”"
            yield Difference(path=("sources", name), what=words.change(label, old, new))
    yield from _lists(words, before, after)
    ends = clauses_changed(words, "终止条件", ("ends_when",), before.ends_when, after.ends_when)
    yield from (Difference(path=path, what=what) for path, what in ends)


def _lists(words: Words, before: Plan, after: Plan) -> Iterator[Difference]:
    if before.periods != after.periods:
        what = words.change("时段", before.periods, after.periods)
        yield Difference(path=("periods",), what=what)
    was = {one.key: one for one in before.field_post.groups}
    now = {one.key: one for one in after.field_post.groups}
    told = [
        Difference(
            path=("field_post", "groups"),
            what=words.change("现场工作组", was.get(key), now.get(key)),
        )
        for key in {**was, **now}
        if was.get(key) != now.get(key)
    ]
    if before.field_post != after.field_post and not told:
        told = [Difference(path=("field_post", "groups"), what="现场工作组的次序有调整")]
    yield from told


def _levels(words: Words, before: Plan, after: Plan) -> Iterator[Difference]:
    for key in HIGHEST_FIRST:
        was, now = before.levels.get(key), after.levels.get(key)
        if now is None and was is not None:
            with_it = f"{len(clauses_of(was.when))} 条启动条件、{len(was.steps)} 项措施"
            what = f"取消{level_label(key)}响应（连同 {with_it}）"
            yield Difference(path=("levels", key), what=what, level=key)
        elif now is not None and was is None:
            yield Difference(
                path=("levels", key), what=f"新增{level_label(key)}响应", level=key
            )
            blank = Level(source=Source(status=Status.NOT_RECORDED))
            yield from _roles(words, key, blank, now)
        elif was is not None and now is not None:
            yield from _sources(key, was, now)
            yield from _roles(words, key, was, now)


def _roles(words: Words, key: LevelKey, was: Level, now: Level) -> Iterator[Difference]:
    here = ("levels", key)
    sign = level_label(key)
    told = clauses_changed(words, f"{sign}启动条件", (*here, "when"), was.when, now.when)
    yield from (Difference(path=path, what=what, level=key) for path, what in told)
    for field, label in LEVEL.items():
        old, new = getattr(was, field), getattr(now, field)
        if old == new:
            continue
        if field == "builds_on":
            old, new = (level_label(one) if one else None for one in (old, new))
        what = words.change(f"{sign}{label}", old, new)
        yield Difference(path=(*here, field), what=what, level=key)


def _sources(key: LevelKey, was: Level, now: Level) -> Iterator[Difference]:
    here = ("levels", key)
    sign = level_label(key)
    if was.source != now.source:
        said = from_to(source_said(was.source), source_said(now.source))
        yield Difference(path=(*here, "source"), what=f"{sign}的出处{said}", level=key)
    for figure, what in sources_changed(FIGURES, was.figures, now.figures):
        yield Difference(path=(*here, "figures", figure), what=f"{sign}{what}", level=key)
