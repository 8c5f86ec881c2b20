"""Small plans written from triggers of real counties, and the figures to hold them against.

The figures were copied from the papers named beside them, the plans were written by reading the
papers again: one finds the slips of the other.
"""

import json
from decimal import Decimal
from functools import cache
from pathlib import Path

from liandong.plans.language import dictionary, load, read_dictionary

HERE = Path(__file__).parent
FACTS = {**dictionary(), **read_dictionary((HERE / "facts.yaml").read_text(encoding="utf-8"))}
FIGURES = json.loads((HERE / "figures.json").read_text(encoding="utf-8"))["plans"]


@cache
def plan(name):
    return load((HERE / f"{name}.yaml").read_text(encoding="utf-8"), FACTS)


def clauses(name):
    """Each clause of a plan's figures with the level it makes, the highest first."""
    levels = next(one["levels"] for one in FIGURES if one["plan"] == name)
    return [
        (level, clause)
        for level in ("I", "II", "III", "IV")
        for clause in levels.get(level, [])
    ]


def calm(name):
    """Every fact of the figures at its least: nothing has happened."""
    facts = {fact: FACTS[fact] for _, clause in clauses(name) for fact in clause}
    return {
        key: False if fact.type == "boolean" else "none" if fact.options else 0
        for key, fact in facts.items()
    }


def level_by_figures(name, values, *, closed=False):
    """The highest level of which a clause holds, read in the most literal way."""

    def one_holds(fact, wanted):
        value = values[fact]
        if not isinstance(wanted, list):
            options = list(FACTS[fact].options)
            return (
                value is wanted
                if isinstance(wanted, bool)
                else options.index(value) >= options.index(wanted)
            )
        low, high = wanted
        return value >= low and (high is None or value < high or (closed and value == high))

    for level, clause in clauses(name):
        if all(one_holds(fact, wanted) for fact, wanted in clause.items()):
            return level
    return None


def boundaries(name):
    """At, just below and just above each figure, the rest of its clause being as it asks."""
    for _, clause in clauses(name):
        base = calm(name) | {
            fact: wanted[0] if isinstance(wanted, list) else wanted
            for fact, wanted in clause.items()
        }
        yield base
        for fact, wanted in clause.items():
            step = 1 if FACTS[fact].type == "integer" else Decimal("0.01")
            for figure in wanted if isinstance(wanted, list) else []:
                if figure is not None:
                    yield from (base | {fact: figure + by} for by in (-step, 0, step))
