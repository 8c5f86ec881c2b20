"""Rules about steps beside one another: what waits for what, how long it all takes, who is asked for what."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from graphlib import TopologicalSorter
from typing import Final

from liandong.plans.language.document import Plan, Step
from liandong.plans.language.durations import duration_label
from liandong.plans.language.levels import level_label
from liandong.plans.language.linting.example import SITREP, with_steps
from liandong.plans.language.linting.rule import Found, Gravity, rule
from liandong.plans.language.linting.steps import steps_in
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
        ends = _ends(plan.steps_of(key)) if expected and level.steps else {}
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
        own = {step.id: at for at, step in enumerate(level.steps)}
        by_unit: dict[str, list[Step]] = defaultdict(list)
        for step in plan.steps_of(key):
            if step.do == "order" and not step.after and not step.waits_for:
                by_unit[step.to].append(step)
        for unit, steps in by_unit.items():
            here = [own[step.id] for step in steps if step.id in own]
            if len(steps) > MOST_AT_ONCE and here:
                what = f"{level_label(key)}响应一启动，“{unit}”同时要办 {len(steps)} 件事"
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
        several = Counter((step.to, step.text) for step in plan.steps_of(key))
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


@dataclass(frozen=True)
class _End:
    """When a step may be finished at the latest, one deadline after another."""

    begins: timedelta
    length: timedelta
    longest: timedelta  # deadline among those before it and its own
    before: str = ""


def _ends(steps: Sequence[Step]) -> dict[str, _End]:
    every = {step.id: step for step in steps}
    graph = {step.id: [name for name in step.after if name in every] for step in steps}
    ends: dict[str, _End] = {}
    for name in TopologicalSorter(graph).static_order():
        before = max(graph[name], key=lambda one: ends[one].length, default="")
        last = ends.get(before, _End(timedelta(), timedelta(), timedelta()))
        own = every[name].finish_within or timedelta()
        ends[name] = _End(last.length, last.length + own, max(last.longest, own), before)
    return ends


def _chain(ends: dict[str, _End], name: str) -> list[str]:
    """What a step comes after, along the longest way; the last few."""
    chain: list[str] = []
    while name and len(chain) < LONGEST_SAID:
        chain.insert(0, name)
        name = ends[name].before
    return ["…", *chain] if name else chain


def _waiting(plan: Plan) -> Iterator[tuple[Path, Step, dict[str, Step]]]:
    """Every step that comes after others, with all steps of its level by name."""
    for key, level in plan.highest_first():
        every = {one.id: one for one in plan.steps_of(key)}
        for at, step in enumerate(level.steps):
            if step.after:
                yield ("levels", key, "steps", at), step, every
