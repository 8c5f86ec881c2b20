"""Running the rules: over plans, over texts, each register fetched once."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from liandong.plans.language.document import Plan
from liandong.plans.language.linting.rule import Finding, Rule, rules, sorted_by_gravity, told
from liandong.plans.language.reading import load, text_tree
from liandong.plans.language.translating import real_path


def check_up(plans: Sequence[Plan], using: Iterable[Rule]) -> list[Finding]:
    """Everything that some rules find in plans that hold together, the gravest first."""
    registers: dict[Callable[[], Any] | None, tuple[Any, ...]] = {None: ()}
    alone: list[Rule] = []
    found: list[Finding] = []
    for one in using:
        if one.reads and one.reads not in registers:
            registers[one.reads] = (one.reads(),)
        if one.over == "plans":
            found += told(one, one.check(plans, *registers[one.reads]))
        else:
            alone.append(one)
    for plan in plans:  # one plan by all rules: they share what is laid out of it
        for one in alone:
            if one.concerns(plan):
                found += told(one, one.check(plan, *registers[one.reads]), plan.plan)
    return sorted_by_gravity(found)


def check_texts(texts: Sequence[str], *, living: bool = False) -> list[Finding]:
    """Read plans and check them, each finding with its line; what cannot be read is refused.

    One text by itself is not held against others; ``living`` holds all against the registers.
    """
    plans = [load(text) for text in texts]
    using = [
        one
        for one in rules()
        if (one.reads is not None and living)
        or (one.reads is None and (one.over == "plan" or len(plans) > 1))
    ]
    found = check_up(plans, using)
    trees = {plan.plan: text_tree(text) for plan, text in zip(plans, texts, strict=True)}
    return [
        replace(one, line=tree.line(real_path(one.path, tree.data)))
        if (tree := trees.get(one.plan))
        else one
        for one in found
    ]
