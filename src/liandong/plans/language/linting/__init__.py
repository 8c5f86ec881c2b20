"""The check-up of plans (预案体检): rules over the text, and the runner of all rules."""

from liandong.plans.language.linting import contents, deciding, levels, order, steps, together
from liandong.plans.language.linting.example import SOUND, example_plans, tidy
from liandong.plans.language.linting.rule import (
    GRAVITY_LABELS,
    Finding,
    Found,
    Gravity,
    Rule,
    rule,
    rules,
)
from liandong.plans.language.linting.running import check_texts, check_up

__all__ = [
    "GRAVITY_LABELS",
    "SOUND",
    "Finding",
    "Found",
    "Gravity",
    "Rule",
    "check_texts",
    "check_up",
    "contents",
    "deciding",
    "example_plans",
    "levels",
    "order",
    "rule",
    "rules",
    "steps",
    "tidy",
    "together",
]
