"""Rules about steps beside one another: what waits for what, how long it all takes, who is asked for what."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from graphlib import TopologicalSorter
from typing import Final, NamedTuple

from liandong.plans.language.document import Plan, Step
from liandong.plans.language.durations import duration_label
from liandong.plans.language.levels import level_label
from liandong.plans.language.linting.example import SITREP, with_steps
from liandong.plans.language.linting.once import once_a_plan
from liandong.plans.language.linting.rule import Found, Gravity, rule
from liandong.plans.language.linting.steps import steps_by_level, steps_in
from liandong.plans.language.problems import Path
from liandong.plans.language.wording import gettext_noop as _

MOST_AT_ONCE: Final = 4
LONGEST_SAID: Final = 6


def _order(name: str, text: str, finish: str, more: str = "") -> str:
    return (
        f"id: {name}, do: order, to: forestry, text: {text}, acknowledge_within: PT5M, "
        f"finish_within: {finish}, proof: [photo]{more}"
    )


@rule(
    "LD401",
    Gravity.MUST,
    _("前后相接的措施在预计期限内做不完"),
    remedy=_("缩短这串措施的“完成限”，减少“前置”，或放宽“预计期限”（expected）。"),
    bad=with_steps(
        _order("attack", "扑打火线", "PT20H"),
        _order("guard", "看守火场", "PT20H", ", after: [attack]"),
        SITREP,
        more="expected: P1D, ",
    ),
    good=with_steps(
        _order("attack", "扑打火线", "PT6H"),
        _order("guard", "看守火场", "PT12H", ", after: [attack]"),
        SITREP,
        more="expected: P1D, ",
    ),
)
def too_long(plan: Plan) -> Iterator[Found]:
    """Find deadlines, each short enough, that one after another are longer than the level is to last."""
    for key, level in plan.highest_first():
        expected = level.expected
        ends = _ends(steps_by_level(plan)[key]) if expected and level.steps else {}
        for at, step in enumerate(level.steps):
            end = ends.get(step.id)
            if (
                expected
                and end
                and end.longest <= expected < end.length
                and end.begins <= expected
            ):
                chain = _chain(ends, step.id)
                what = (
                    f"{' → '.join(chain)} 依次办完要{duration_label(end.length)}，"
                    f"而{level_label(key)}响应预计{duration_label(expected)}"
                )
                yield Found(path=("levels", key, "steps", at), what=what)


@rule(
    "LD402",
    Gravity.MUST,
    _("等一件没有完成之时的事"),
    remedy=_("改为等一件做得完的措施；定时的报告没有“完成”，会商和决定在启动时就办。"),
    bad=with_steps(_order("guard", "看守火场", "PT12H", ", after: [sitrep]"), SITREP),
    good=with_steps(
        _order("attack", "扑打火线", "PT6H"),
        _order("guard", "看守火场", "PT12H", ", after: [attack]"),
        SITREP,
    ),
)
def waits_for_ever(plan: Plan) -> Iterator[Found]:
    """Find a step after one that is repeated and has no end."""
    for path, step, every in _waiting(plan):
        for place, name in enumerate(step.after):
            before = every.get(name)
            if before and before.every and not before.finish_within:
                what = f"“{step.id}”要等“{name}”完成，而它每{duration_label(before.every)}一次，没有完成之时"
                yield Found(path=(*path, "after", place), what=what)


@rule(
    "LD403",
    Gravity.SHOULD,
    _("时限短于所等的措施"),
    remedy=_("时限从前置措施完成后算起；若本意是从启动算起，应不短于前置措施的时限。"),
    bad=with_steps(
        _order("attack", "扑打火线", "PT6H"),
        _order("guard", "看守火场", "PT1H", ", after: [attack]"),
        SITREP,
    ),
    good=with_steps(
        _order("attack", "扑打火线", "PT6H"),
        _order("guard", "看守火场", "PT12H", ", after: [attack]"),
        SITREP,
    ),
)
def before_its_predecessor(plan: Plan) -> Iterator[Found]:
    """Find a deadline that is over before what it waits for need be finished."""
    for path, step, every in _waiting(plan):
        if not step.finish_within:
            continue
        slow = [
            every[name]
            for name in step.after
            if name in every and (every[name].finish_within or timedelta()) > step.finish_within
        ]
        if slow and slow[0].finish_within:
            what = (
                f"“{step.id}”{duration_label(step.finish_within)}内完成，"
                f"它所等的“{slow[0].id}”却可到{duration_label(slow[0].finish_within)}"
            )
            yield Found(path=path, what=what)


@rule(
    "LD404",
    Gravity.SHOULD,
    _("同一单位同时要办的事太多"),
    remedy=_("用“前置”（after）排出先后，或分给别的单位。"),
    bad=with_steps(
        *(_order(f"work-{n}", f"扑打第{n}段火线", "PT6H") for n in range(1, 6)), SITREP
    ),
    good=with_steps(_order("attack", "扑打火线", "PT6H"), SITREP),
)
def asked_at_once(plan: Plan) -> Iterator[Found]:
    """Find a unit that a level asks for many things with nothing between them."""
    for key, level in plan.highest_first():
        every = steps_by_level(plan)[key].values()
        at_once = [one.to for one in every if _is_ordered_at_once(one)]
        for unit, count in Counter(at_once).items():
            here = [
                at
                for at, step in enumerate(level.steps if count > MOST_AT_ONCE else ())
                if step.to == unit and _is_ordered_at_once(step)
            ]
            if here:
                what = f"{level_label(key)}响应一启动，“{unit}”同时要办 {count} 件事"
                yield Found(path=("levels", key, "steps", here[-1]), what=what, about=unit)


@rule(
    "LD405",
    Gravity.SHOULD,
    _("同一件事写了两遍"),
    remedy=_("删去一条，或写明两条的不同。"),
    bad=with_steps(
        _order("attack", "扑打火线", "PT6H"), _order("again", "扑打火线", "PT3H"), SITREP
    ),
    good=with_steps(_order("attack", "扑打火线", "PT6H"), SITREP),
)
def doubled(plan: Plan) -> Iterator[Found]:
    """Find one unit asked twice for the same at a level."""
    for key, level in plan.highest_first():
        several = Counter([(step.to, step.text) for step in steps_by_level(plan)[key].values()])
        if len(several) == several.total():
            continue
        here = Counter((step.to, step.text) for step in level.steps)
        seen: set[tuple[str, str]] = set()
        for at, step in enumerate(level.steps):
            same = (step.to, step.text)
            if several[same] > 1 and (same in seen or here[same] == 1):
                yield Found(
                    path=("levels", key, "steps", at), what=f"“{step.text[:24]}”写了两遍"
                )
            seen.add(same)


@rule(
    "LD406",
    Gravity.SHOULD,
    _("时限长于本级的预计期限"),
    remedy=_("缩短时限；响应结束后才办的善后事项，在“等到”（waits_for）里写明等什么。"),
    bad=with_steps(_order("attack", "扑打火线", "P3D"), SITREP, more="expected: P1D, "),
    good=with_steps(_order("attack", "扑打火线", "PT6H"), SITREP, more="expected: P1D, "),
)
def beyond_the_level(plan: Plan) -> Iterator[Found]:
    """Find a deadline after the level is expected to be over."""
    for path, key, step in steps_in(plan):
        expected, finish = plan.levels[key].expected, step.finish_within
        if expected and finish and finish > expected and not step.waits_for:
            what = (
                f"“{step.text[:24]}”可到{duration_label(finish)}，"
                f"而{level_label(key)}响应预计{duration_label(expected)}"
            )
            yield Found(path=path, what=what)


def _is_ordered_at_once(step: Step) -> bool:
    return step.do == "order" and not step.after and not step.waits_for


class _End(NamedTuple):
    """When a step may be finished at the latest, one deadline after another."""

    begins: timedelta
    length: timedelta
    longest: timedelta  # deadline among those before it and its own
    before: str = ""


_NOTHING: Final = timedelta()
_START: Final = _End(_NOTHING, _NOTHING, _NOTHING)


def _ends(every: Mapping[str, Step]) -> dict[str, _End]:
    ends: dict[str, _End] = {}
    for name in _in_order(every):
        after = [one for one in every[name].after if one in every]
        before = max(after, key=lambda one: ends[one].length) if after else ""
        last = ends[before] if before else _START
        own = every[name].finish_within or _NOTHING
        ends[name] = _End(last.length, last.length + own, max(last.longest, own), before)
    return ends


def _in_order(every: Mapping[str, Step]) -> Iterable[str]:
    """What comes before others first: as it is written, where that is such an order already."""
    seen: set[str] = set()
    for name, step in every.items():
        if step.after and not seen.issuperset(step.after):
            graph = {one.id: [at for at in one.after if at in every] for one in every.values()}
            return TopologicalSorter(graph).static_order()
        seen.add(name)
    return every


def _chain(ends: dict[str, _End], name: str) -> list[str]:
    """What a step comes after, along the longest way; the last few."""
    chain: list[str] = []
    while name and len(chain) < LONGEST_SAID:
        chain.insert(0, name)
        name = ends[name].before
    return ["…", *chain] if name else chain


@once_a_plan
def _waiting(plan: Plan) -> list[tuple[Path, Step, Mapping[str, Step]]]:
    """Every step that comes after others, with all steps of its level by name."""
    every = steps_by_level(plan)
    return [(path, step, every[key]) for path, key, step in steps_in(plan) if step.after]
