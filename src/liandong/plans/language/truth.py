"""Exact three-valued truth: met under every completion of the missing facts, under none, or open."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Final

from liandong.plans.language.conditions import (
    AllOf,
    AnyOf,
    Areas,
    Bounds,
    Comparison,
    Condition,
    Count,
    Status,
    Test,
)
from liandong.plans.language.facts import Dictionary, Fact, Townships, Value
from liandong.plans.language.reach import PLAN_LEVEL, fact_in, fact_of

MAX_COMPARISONS: Final = 200_000


class Verdict(StrEnum):
    """What can be said of a condition with what is known."""

    MET = "met"
    NOT_MET = "not_met"
    UNDETERMINED = "undetermined"


class TooManyCasesError(Exception):
    """Too many missing facts hang together to look through every case."""

    def __init__(self, facts: Collection[str]) -> None:
        self.facts = sorted(facts)
        super().__init__(
            f"缺的事实互相牵连，比较超过 {MAX_COMPARISONS} 次；请先查明：{'、'.join(self.facts)}"
        )


@dataclass(frozen=True)
class Atom:
    """A comparison of one fact whose value is missing."""

    fact: Fact
    expects: Comparison | bool
    bounds: Bounds

    def holds(self, value: Value) -> bool:
        if isinstance(self.expects, bool):
            return value is self.expects
        return self.expects.holds(value, self.fact, self.bounds)

    def marks(self) -> list[Value]:
        """List the values at which its truth may change."""
        if isinstance(self.expects, bool):
            return []
        return [self.fact.read(value) for _, value in self.expects.operands()]


@dataclass(frozen=True)
class Unknowable:
    """A clause whose text was not recorded: open whatever the facts."""


@dataclass(frozen=True)
class Gate:
    """True when at least ``need`` of the parts are: ``all`` and ``any`` are its two ends."""

    need: int
    parts: tuple["Formula", ...]


Formula = bool | Atom | Unknowable | Gate


def formula(
    condition: Condition | None,
    facts: Dictionary,
    bounds: Bounds,
    areas: Townships | None = None,
) -> Formula:
    """Turn a condition into gates and atoms; what was not recorded can never be known.

    ``areas`` are the townships in which a condition on several of them is looked for.
    """
    if condition is None or condition.status == Status.NOT_RECORDED:
        return Unknowable()
    if isinstance(condition, Test):
        return Atom(fact_of(condition, facts[condition.fact]), condition.expects, bounds)
    if isinstance(condition, Areas):
        return _in_areas(condition, facts, bounds, areas)
    if isinstance(condition, AllOf | AnyOf | Count):
        listed = condition.of if isinstance(condition, Count) else condition.parts
        parts = tuple(formula(part, facts, bounds, areas) for part in listed)
        if isinstance(condition, Count):
            return Gate(condition.at_least_n, parts)
        return Gate(len(parts) if isinstance(condition, AllOf) else 1, parts)
    return Unknowable()


def _in_areas(
    condition: Areas, facts: Dictionary, bounds: Bounds, areas: Townships | None
) -> Formula:
    """Ask the condition of every township; where none is known, nothing can be said."""
    if not areas:
        return Unknowable()
    parts = (
        formula(condition.where, _Local(facts, key, name), bounds)
        for key, name in areas.items()
    )
    return Gate(condition.areas_at_least, tuple(parts))


class _Local(Mapping[str, Fact]):
    """The dictionary, of one township."""

    def __init__(self, facts: Dictionary, area: str, called: str) -> None:
        self.facts, self.area, self.called = facts, area, called

    def __getitem__(self, name: str) -> Fact:
        fact = self.facts[name]
        return fact if name == PLAN_LEVEL else fact_in(fact, self.area, self.called)

    def __iter__(self) -> Iterator[str]:
        return iter(self.facts)

    def __len__(self) -> int:
        return len(self.facts)


def simplified(part: Formula, known: Mapping[str, Value]) -> Formula:
    """Put in what is known and fold whatever no completion can change."""
    if isinstance(part, Atom):
        return _simplified_atom(part, known)
    if not isinstance(part, Gate):
        return part
    rest = [simplified(inner, known) for inner in part.parts]
    need = part.need - sum(1 for inner in rest if inner is True)
    unsettled = tuple(inner for inner in rest if not isinstance(inner, bool))
    if need <= 0 or need > len(unsettled):
        return need <= 0
    return unsettled[0] if len(unsettled) == 1 else Gate(need, unsettled)


def atoms_in(part: Formula) -> Iterator[Atom]:
    if isinstance(part, Atom):
        yield part
    elif isinstance(part, Gate):
        for inner in part.parts:
            yield from atoms_in(inner)


def verdict_of(part: Formula, known: Mapping[str, Value]) -> Verdict:
    """Decide exactly, whatever values the missing facts may take together."""
    return _Search().decide(part, known)


@dataclass
class _Search:
    """Looks through the cases, and stops before there are too many."""

    compared: int = 0
    names: set[str] = field(default_factory=set)

    def decide(self, part: Formula, known: Mapping[str, Value]) -> Verdict:
        rest = simplified(part, known)
        if isinstance(rest, bool):
            return Verdict.MET if rest else Verdict.NOT_MET
        atoms = list(atoms_in(rest))
        self.compared += 1 + len(atoms)
        times = Counter(atom.fact.name for atom in atoms)
        # Where every missing fact stands once, each comparison left can go either way on its own,
        # and gates only ever rise with their parts: both ends can be reached.
        if max(times.values(), default=1) == 1:
            return Verdict.UNDETERMINED
        name = times.most_common(1)[0][0]
        self.names.add(name)
        if self.compared > MAX_COMPARISONS:
            raise TooManyCasesError(self.names)
        return self._split(rest, [atom for atom in atoms if atom.fact.name == name])

    def _split(self, rest: Formula, same: list[Atom]) -> Verdict:
        fact = same[0].fact
        seen: set[Verdict] = set()
        for value in cells(fact, [mark for atom in same for mark in atom.marks()]):
            seen.add(self.decide(rest, {fact.name: value}))
            if len(seen) > 1 or Verdict.UNDETERMINED in seen:
                return Verdict.UNDETERMINED
        return seen.pop()


def cells(fact: Fact, marks: Collection[Value]) -> list[Value]:
    """Give one value from each part of the fact's domain within which no comparison changes."""
    if fact.type == "boolean":
        return [True, False]
    if not fact.is_numeric:
        return list(fact.options)
    numbers = sorted({Decimal(mark) for mark in marks})
    if fact.type == "integer":
        near = {number + step for number in numbers for step in (-1, 0, 1)}
        return [int(n) for n in sorted(near | _ends(fact, numbers)) if _inside(fact, n)]
    between = {(a + b) / 2 for a, b in pairwise(numbers)}
    points = {*numbers, *between, *_ends(fact, numbers)}
    return [n for n in sorted(points) if _inside(fact, n)]


def _ends(fact: Fact, numbers: list[Decimal]) -> set[Decimal]:
    low, high = fact.lowest, fact.highest
    first, last = (numbers[0], numbers[-1]) if numbers else (Decimal(0), Decimal(0))
    return {first - 1 if low is None else low, last + 1 if high is None else high}


def _inside(fact: Fact, number: Decimal) -> bool:
    return (fact.lowest is None or number >= fact.lowest) and (
        fact.highest is None or number <= fact.highest
    )


def _simplified_atom(atom: Atom, known: Mapping[str, Value]) -> Formula:
    if atom.fact.name in known:
        return atom.holds(known[atom.fact.name])
    held = {atom.holds(value) for value in cells(atom.fact, atom.marks())}
    return atom if len(held) > 1 else held.pop()
