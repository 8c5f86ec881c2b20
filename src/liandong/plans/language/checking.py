"""Does a well-formed plan make sense: facts the dictionary knows, values they can have, sound steps."""

from collections.abc import Iterator
from difflib import get_close_matches

from liandong.plans.language.conditions import AllOf, AnyOf, Areas, Condition, Count, Test
from liandong.plans.language.document import DEED_LABELS, Plan, Step
from liandong.plans.language.facts import Dictionary, Fact, FactError
from liandong.plans.language.graph import graph_flaws
from liandong.plans.language.problems import Flaw, Path
from liandong.plans.language.reach import PLAN_LEVEL

# What becomes an order, which a unit may say it cannot carry out.
ORDERED = frozenset({"order", "request", "release"})


def plan_flaws(plan: Plan, facts: Dictionary) -> Iterator[Flaw]:
    """Name everything in the plan that the dictionary or the order of steps does not bear."""
    for key, level in plan.levels.items():
        if level.when:
            here: Path = ("levels", key, "when")
            yield from _condition_flaws(level.when, here, facts)
            yield from _own_level_flaws(level.when, here, plan.plan)
        for at, step in enumerate(level.steps):
            yield from _step_flaws(step, ("levels", key, "steps", at), facts)
    for at, period in enumerate(plan.periods):
        fact = facts.get(period.fact)
        if fact is None or fact.type != "boolean":
            yield Flaw(
                path=("periods", at, "fact"),
                what=f"“{period.fact}”不是词典里的是非题",
                remedy="“哪个事实”选一个是非题（如 sensitive）",
            )
    if plan.ends_when:
        yield from _condition_flaws(plan.ends_when, ("ends_when",), facts)
    yield from graph_flaws(plan)


def _step_flaws(step: Step, path: Path, facts: Dictionary) -> Iterator[Flaw]:
    if step.when:
        yield from _condition_flaws(step.when, (*path, "when"), facts)
    if step.waits_for:
        yield from _condition_flaws(step.waits_for, (*path, "waits_for"), facts)
        if step.do == "report":
            yield Flaw(
                path=(*path, "waits_for"),
                what=f"“{DEED_LABELS[step.do]}”有自己的时钟，不能等条件",
                remedy="“做法”改用指令（do: order），或删去“等到”（waits_for）",
            )
    for word, called in (("otherwise", "办不成时"), ("same_as", "同一措施")):
        if getattr(step, word) and step.do not in ORDERED:
            yield Flaw(
                path=(*path, word),
                what=f"“{DEED_LABELS[step.do]}”不是指令，不能写“{called}”（{word}）",
                remedy=f"“做法”改用指令（order）、请求支援（request）或发布信息（release），或删去“{called}”",
            )


def comparisons_in(condition: Condition, path: Path = ()) -> Iterator[tuple[Path, Test]]:
    """Walk a condition and give each comparison with its path."""
    if isinstance(condition, Test):
        yield path, condition
        return
    if isinstance(condition, Areas):
        yield from comparisons_in(condition.where, (*path, "where"))
    if isinstance(condition, AllOf | AnyOf | Count):
        word = {AllOf: "all", AnyOf: "any", Count: "of"}[type(condition)]
        parts = condition.of if isinstance(condition, Count) else condition.parts
        for at, part in enumerate(parts):
            yield from comparisons_in(part, (*path, word, at))


def conditions_of(plan: Plan) -> list[Condition]:
    """Every condition of a plan: of its levels, of their steps, and of its ending."""
    levels = [level for _, level in plan.highest_first()]
    steps = [step for level in levels for step in level.steps]
    found = [
        *(level.when for level in levels),
        *(one for step in steps for one in (step.when, step.waits_for)),
        plan.ends_when,
    ]
    return [one for one in found if one]


def plans_named(plan: Plan) -> set[str]:
    """The other plans whose response level a level of this plan looks at."""
    return {
        test.of_plan
        for level in plan.levels.values()
        if level.when
        for _, test in comparisons_in(level.when)
        if test.of_plan
    }


def _condition_flaws(condition: Condition, path: Path, facts: Dictionary) -> Iterator[Flaw]:
    for place, test in comparisons_in(condition, path):
        here = (*place, test.fact)
        fact = facts.get(test.fact)
        if fact is None:
            near = get_close_matches(test.fact, facts, n=1)
            remedy = f"是否应为 {near[0]}" if near else "先在事实词典中登记它的类型、单位和问谁"
            yield Flaw(path=here, what=f"事实词典里没有“{test.fact}”", remedy=remedy)
        elif (test.fact == PLAN_LEVEL) != (test.of_plan is not None):
            yield Flaw(
                path=(*place, "of_plan"),
                what="响应级别要说是哪部预案的，别的事实不说",
                remedy="在“哪部预案”（of_plan）里选；上级的级别另有一个事实（superior_level）",
            )
        elif test.taken in {"total", "rise"} and not fact.is_numeric:
            remedy = "“看什么”改选其间曾经达到（taken: highest）或其间一直如此（lowest）"
            yield Flaw(
                path=(*place, "taken"), what=f"“{fact.label}”不是数，不能累计", remedy=remedy
            )
        else:
            yield from _value_flaws(test, fact, here)


def _own_level_flaws(condition: Condition, path: Path, plan: str) -> Iterator[Flaw]:
    for place, test in comparisons_in(condition, path):
        if test.of_plan == plan:
            remedy = "写另一部预案的代号；本预案上一级的条件直接写在那一级"
            yield Flaw(
                path=(*place, "of_plan"), what="启动条件看的是本预案自己的级别", remedy=remedy
            )


def _value_flaws(test: Test, fact: Fact, path: Path) -> Iterator[Flaw]:
    if isinstance(test.expects, bool):
        if fact.type != "boolean":
            yield Flaw(
                path=path,
                what=f"“{fact.label}”不是是非题",
                remedy="选怎样比、填多少（如 {at_least: 1}）",
            )
        return
    if fact.type == "boolean":
        yield Flaw(
            path=path, what=f"“{fact.label}”只有是与否", remedy="选是或否（true、false）"
        )
        return
    for word, value in test.expects.operands():
        if not fact.is_ordered and word not in {"equals", "one_of"}:
            remedy = "“怎样比”选“为”（equals、one_of）"
            yield Flaw(path=(*path, word), what=f"“{fact.label}”没有高低之分", remedy=remedy)
        try:
            fact.read(value)
        except FactError as error:
            yield Flaw(path=(*path, word), what=error.what, remedy=error.remedy)
