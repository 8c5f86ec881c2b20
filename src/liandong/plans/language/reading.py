"""From text to plan and back."""

from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from liandong.plans.language.checking import plan_flaws
from liandong.plans.language.document import Plan
from liandong.plans.language.facts import Dictionary, dictionary
from liandong.plans.language.problems import Flaw, PlanInvalidError
from liandong.plans.language.translating import flaws_of, real_path
from liandong.plans.language.yaml_text import Tree, read_yaml, write_yaml


def load(text: str, facts: Dictionary | None = None) -> Plan:
    """Read a plan; all flaws found are told at once, each with place, line and remedy."""
    tree = text_tree(text)
    if not isinstance(tree.data, dict):
        flaw = Flaw(path=(), what="不是一份预案", remedy="从“language: 1”和“plan: 代号”写起")
        raise PlanInvalidError([flaw])
    try:
        plan = Plan.model_validate(tree.data)
    except ValidationError as error:
        raise PlanInvalidError(
            _with_line(f, tree) for f in flaws_of(error, tree.data)
        ) from None
    flaws = [_with_line(flaw, tree) for flaw in plan_flaws(plan, facts or dictionary())]
    if flaws:
        raise PlanInvalidError(flaws)
    return plan


@lru_cache(maxsize=16)
def text_tree(text: str) -> Tree:
    """The text as plain data with the line of each part; read once for whoever asks again."""
    return read_yaml(text)


def dump(plan: Plan) -> str:
    """Write a plan as canonical text: the same plan is always the same text."""
    return write_yaml(plain(plan))


def plain(plan: Plan) -> dict[str, Any]:
    """Give the plan as plain data, leaving out what is as by default."""
    return plan.model_dump(by_alias=True, exclude_defaults=True)


def schema() -> dict[str, Any]:
    """The JSON Schema of a plan, for editors and other programs."""
    return Plan.model_json_schema(by_alias=True)


def _with_line(flaw: Flaw, tree: Tree) -> Flaw:
    path = real_path(flaw.path, tree.data)
    line = tree.line(path)
    return Flaw(path=path, what=flaw.what, remedy=flaw.remedy, line=line)
