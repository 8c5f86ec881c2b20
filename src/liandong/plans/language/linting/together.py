"""Rules about several plans beside one another: where they contradict, and what starts what."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import combinations

from liandong.plans.language.document import Plan
from liandong.plans.language.durations import duration_label
from liandong.plans.language.levels import level_label
from liandong.plans.language.linting.example import CORDON, SITREP, with_steps
from liandong.plans.language.linting.rule import Found, Gravity, rule
from liandong.plans.language.linting.steps import steps_in
from liandong.plans.language.problems import Path
from liandong.plans.language.wording import gettext_noop as _

_START = "id: start, do: start_plan, to: fire-office.director, text: 启动另一部预案, plan: "


@rule(
    "LD601",
    Gravity.MUST,
    _("要启动的预案不存在"),
    remedy=_("改为现行预案的代号，或先印发施行那部预案。"),
    over="plans",
    bad=with_steps(f"{_START}rescue", CORDON, SITREP),
    good=f"[{{{with_steps(f'{_START}rescue', CORDON, SITREP)}}}, {{plan: rescue, hazard: 12B}}]",
)
def nothing_to_start(plans: Sequence[Plan]) -> Iterator[Found]:
    """Find a step that starts a plan which is not there."""
    there = {plan.plan for plan in plans}
    for plan in plans:
        for path, _key, step in steps_in(plan):
            if step.plan and step.plan not in there:
                yield Found(
                    plan=plan.plan, path=path, what=f"没有代号为“{step.plan}”的现行预案"
                )


@rule(
    "LD602",
    Gravity.MUST,
    _("预案互相启动"),
    remedy=_("删去其中一条“启动预案”（start_plan）的步骤。"),
    over="plans",
    bad=with_steps(f"{_START}forest-fire", CORDON, SITREP),
    good=with_steps(CORDON, SITREP),
)
def circles(plans: Sequence[Plan]) -> Iterator[Found]:
    """Find a plan that in the end starts itself."""
    starts: dict[str, dict[str, Path]] = {
        plan.plan: {step.plan: path for path, _key, step in steps_in(plan) if step.plan}
        for plan in plans
    }
    for name, begun in starts.items():
        for other, path in begun.items():
            chain = _chain(starts, other, name)
            if chain:
                yield Found(
                    plan=name, path=path, what=f"互相启动：{' → '.join([name, *chain])}"
                )


@rule(
    "LD603",
    Gravity.MUST,
    _("同一灾种有两部预案"),
    remedy=_("废止其中一部，或把“灾种”（hazard）写到更细的一类。"),
    over="plans",
    bad="[{plan: forest-fire}, {plan: grass-fire}]",
    good="[{plan: forest-fire, hazard: 11G01}, {plan: grass-fire, hazard: 11G02}]",
)
def same_hazard(plans: Sequence[Plan]) -> Iterator[Found]:
    """Find two plans of one kind for one hazard: nobody knows which holds."""
    for one, other in combinations(plans, 2):
        if _concern(one) == _concern(other):
            what = f"《{one.title}》与《{other.title}》都管灾种 {one.hazard}"
            yield Found(plan=other.plan, path=("hazard",), what=what)


@rule(
    "LD604",
    Gravity.MUST,
    _("两部预案的决定人不一致"),
    remedy=_("核对由谁决定；同一灾种同一级别只能有一种批法。"),
    over="plans",
    bad="[{plan: forest-fire, hazard: 11G}, {plan: grass-fire, hazard: 11G02, levels: {IV: {decides: {all_of: [fire-hq.commander]}}}}]",
    good="[{plan: forest-fire, hazard: 11G}, {plan: grass-fire, hazard: 11G02}]",
)
def different_deciders(plans: Sequence[Plan]) -> Iterator[Found]:
    """Find a hazard for which one headquarters begins the same level by different posts."""
    for one, other in combinations(plans, 2):
        nested = one.hazard.startswith(other.hazard) or other.hazard.startswith(one.hazard)
        if not nested or one.kind != other.kind or one.headquarters != other.headquarters:
            continue
        for key, level in other.highest_first():
            here = one.levels.get(key)
            if here and here.decides and level.decides and here.decides != level.decides:
                what = (
                    f"{level_label(key)}响应在《{one.title}》由 {'、'.join(here.decides.posts)} 决定，"
                    f"在《{other.title}》由 {'、'.join(level.decides.posts)} 决定"
                )
                yield Found(plan=other.plan, path=("levels", key, "decides"), what=what)


@rule(
    "LD605",
    Gravity.SHOULD,
    _("同一件事在两部预案里时限不同"),
    remedy=_("统一时限，或写明两条措施的不同。"),
    over="plans",
    bad="[{plan: forest-fire}, {plan: flood, hazard: 11A, levels: {IV: {steps: [{id: road, do: order, to: public-security, text: '封闭火场周边道路，转移受威胁群众', acknowledge_within: PT5M, finish_within: PT2H, proof: [photo]}, {id: sitrep, do: report, to: fire-office.director, text: 汇总汛情, every: PT2H}]}}}]",
    good="[{plan: forest-fire}, {plan: flood, hazard: 11A}]",
)
def different_deadlines(plans: Sequence[Plan]) -> Iterator[Found]:
    """Find one unit asked for the same at the same level within different times."""
    asked: dict[tuple[str, str, str], tuple[Plan, timedelta]] = {}
    for plan in plans:
        for path, key, step in steps_in(plan):
            if step.finish_within:
                first, length = asked.setdefault(
                    (step.to, step.text, key), (plan, step.finish_within)
                )
                if step.finish_within != length and plan.plan != first.plan:
                    what = (
                        f"“{step.text[:24]}”在《{first.title}》要求{duration_label(length)}，"
                        f"在《{plan.title}》要求{duration_label(step.finish_within)}"
                    )
                    yield Found(plan=plan.plan, path=path, what=what, about=step.to)


def _concern(plan: Plan) -> tuple[str, str, str]:
    """What a plan is for; of townships, villages and units each has its own."""
    own = (
        plan.headquarters
        if plan.kind in {"township", "village", "unit", "departmental"}
        else ""
    )
    return plan.kind, plan.hazard, own


def _chain(starts: dict[str, dict[str, Path]], at: str, wanted: str) -> list[str]:
    """The plans through which one is started from another, that one last; empty where it is not."""
    ways: dict[str, list[str]] = {at: [at]}
    queue = [at]
    for name in queue:
        if name == wanted:
            return ways[name]
        for other in starts.get(name, {}):
            if other not in ways:
                ways[other] = [*ways[name], other]
                queue.append(other)
    return []
