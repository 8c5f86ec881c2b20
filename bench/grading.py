"""Grading: a real county's relief plan, everything known, a million times."""

import itertools
import random
import time
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from bench.reference.grading import verdicts
from liandong.plans.language import ladder
from tests.plans.triggers import FACTS, plan

GRADINGS, CASES = 1_000_000, 1000
MOST = {
    "dead_missing": 12,
    "relocated": 6000,
    "collapsed_rooms": 1200,
    "severe_rooms": 2400,
    "collapsed_severe_rooms": 1200,
    "drought30d_nowater": 3000,
}

Facts = Mapping[str, Any]


def _cases() -> list[Facts]:
    """Disasters of which a third is small in all things, so that every clause is come to."""
    chance = random.Random(20260714)
    return [_case(chance, chance.choice((0.01, 0.2, 1))) for _ in range(CASES)]


def _case(chance: random.Random, size: float) -> Facts:
    return {
        **{name: int(chance.randint(0, most) * size) for name, most in MOST.items()},
        "earthquake_magnitude": chance.choice((Decimal(0), Decimal("4.9"), Decimal("5.2"))),
        "government_decides": chance.random() < 0.05,
        "bounds_lowered": chance.random() < 0.05,
    }


def _rate(grade: Callable[[Facts], object]) -> float:
    begun = time.perf_counter()
    for facts in itertools.islice(itertools.cycle(KNOWN), GRADINGS):
        grade(facts)
    return GRADINGS / (time.perf_counter() - begun)


KNOWN = _cases()
LADDER = ladder(plan("relief-autonomous-county"), FACTS)


def ours(_seconds: float) -> float:
    """Gradings a second, by the compiled levels; they say what the ifs say."""
    assert [LADDER.verdicts(facts) for facts in KNOWN] == [*map(verdicts, KNOWN)]
    return _rate(LADDER.verdicts)


def reference(_seconds: float) -> float:
    """Gradings a second, by ifs."""
    return _rate(verdicts)
