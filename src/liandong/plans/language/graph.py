"""The order in which steps may be done."""

from collections.abc import Collection, Iterator, Sequence
from graphlib import CycleError, TopologicalSorter

from liandong.plans.language.document import Plan, Step
from liandong.plans.language.levels import rank
from liandong.plans.language.problems import Flaw


def due_steps(
    steps: Sequence[Step], finished: Collection[str], begun: Collection[str] = ()
) -> list[Step]:
    """List the steps whose predecessors are all finished and that were not begun or finished."""
    done, started = set(finished), {*finished, *begun}
    here = {step.id for step in steps}
    return [s for s in steps if s.id not in started and not (set(s.after) & here) - done]


def graph_flaws(plan: Plan) -> Iterator[Flaw]:
    """Name doubled ids, predecessors that do not exist, circles, and levels that build on no lower one."""
    for key, level in plan.levels.items():
        path = ("levels", key)
        base = level.builds_on
        if base and (base not in plan.levels or rank(base) >= rank(key)):
            yield Flaw(
                path=(*path, "builds_on"),
                what=f"{base} 不是本预案中低于 {key} 的级别",
                remedy="“同时执行哪一级的步骤”选较低的一级，或清空（builds_on）",
            )
            continue
        yield from _step_flaws(level.steps, plan.steps_of(key), (*path, "steps"))


def _step_flaws(own: list[Step], every: list[Step], path: tuple[str, ...]) -> Iterator[Flaw]:
    ids = {step.id for step in every}
    seen: set[str] = set()
    for at, step in enumerate(own):
        if step.id in seen:
            yield Flaw(
                path=(*path, at, "id"),
                what=f"步骤“{step.id}”重复",
                remedy="每个步骤用不同的“步骤代号”（id）",
            )
        seen.add(step.id)
        for place, name in enumerate(step.after):
            if name not in ids:
                yield Flaw(
                    path=(*path, at, "after", place),
                    what=f"前置步骤“{name}”不存在",
                    remedy=f"改为本级已有的步骤，或删去；本级有：{'、'.join(sorted(ids))}",
                )
    circle = _circle(every)
    if circle:
        yield Flaw(
            path=path,
            what=f"步骤互为前置：{' → '.join(circle)}",
            remedy="去掉其中一个“前置”（after）",
        )


def _circle(steps: list[Step]) -> list[str]:
    try:
        TopologicalSorter({step.id: step.after for step in steps}).prepare()
    except CycleError as error:
        return [str(name) for name in error.args[1]]
    return []
