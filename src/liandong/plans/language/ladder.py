"""The levels of a plan as one function of what is known: exact always, and quick where nothing is missing."""

import operator
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter
from typing import Any, Final

from liandong.plans.language.conditions import BOUNDS, Comparison, operator_of
from liandong.plans.language.document import Plan
from liandong.plans.language.facts import Dictionary, Townships, Value, dictionary
from liandong.plans.language.levels import LevelKey
from liandong.plans.language.truth import (
    Atom,
    Formula,
    Gate,
    Unknowable,
    Verdict,
    atoms_in,
    formula,
    verdict_of,
)

_SIGNS: Final = {
    operator.ge: ">=",
    operator.gt: ">",
    operator.lt: "<",
    operator.le: "<=",
    operator.eq: "==",
}


class Ladder:
    """The levels of a plan, the highest first, ready to be held against facts many times over.

    Where every fact that any level looks at is known, one compiled expression answers; it says
    what the search through all completions would say. Else the search does.
    """

    def __init__(self, plan: Plan, facts: Dictionary, areas: Townships | None = None) -> None:
        self.formulas: dict[LevelKey, Formula] = {
            key: formula(level.when, facts, plan.bounds, areas)
            for key, level in plan.highest_first()
        }
        self._quick, names = _compiled(self.formulas.values())
        self._given: Callable[[Mapping[str, Value]], tuple[Value, ...]] = (
            itemgetter(*names)
            if len(names) > 1
            else lambda known: tuple(known[name] for name in names)
        )

    def verdicts(self, known: Mapping[str, Value]) -> tuple[Verdict, ...]:
        """Decide every level, in the order of ``formulas``."""
        try:
            given = self._given(known)
        except KeyError:
            return tuple(verdict_of(part, known) for part in self.formulas.values())
        return self._quick(*given)


@dataclass(frozen=True, eq=False)
class _Same:
    """Something that has no hash of its own, and is the same only as itself."""

    it: Any

    def __hash__(self) -> int:
        return id(self.it)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.it is other.it


def ladder(
    plan: Plan, facts: Dictionary | None = None, areas: Townships | None = None
) -> Ladder:
    """The ladder of a plan, made once for as long as the plan is in use."""
    named = tuple((areas or {}).items())
    return _ladder(_Same(plan), _Same(dictionary() if facts is None else facts), named)


@lru_cache(maxsize=64)
def _ladder(plan: _Same, facts: _Same, areas: tuple[tuple[str, str], ...]) -> Ladder:
    return Ladder(plan.it, facts.it, dict(areas))


@dataclass
class _Writer:
    """Writes gates and atoms as one expression of Python; words of a plan enter it by number only."""

    arguments: dict[str, str] = field(default_factory=dict)  # fact -> its parameter
    constants: dict[str, object] = field(default_factory=dict)

    def verdict(self, part: Formula) -> str:
        """Gates only rise with their parts: what cannot be known is put in as no, and as yes."""
        least = self.truth(part, unknowable=False)
        if not _is_open(part):
            return f"MET if {least} else NOT_MET"
        most = self.truth(part, unknowable=True)
        return f"MET if {least} else UNDETERMINED if {most} else NOT_MET"

    def truth(self, part: Formula, *, unknowable: bool) -> str:
        if isinstance(part, Unknowable):
            return str(unknowable)
        if isinstance(part, Atom):
            return " and ".join(self._atom(part)) or "True"
        if not isinstance(part, Gate):
            return str(part)
        inner = [f"({self.truth(one, unknowable=unknowable)})" for one in part.parts]
        if part.need in {1, len(inner)}:
            return (" or " if part.need == 1 else " and ").join(inner)
        return f"{'+'.join(inner)} >= {part.need}"

    def _atom(self, atom: Atom) -> Iterator[str]:
        name = self.arguments.setdefault(atom.fact.name, f"f{len(self.arguments)}")
        if isinstance(atom.expects, bool):
            yield name if atom.expects else f"not {name}"
        elif not atom.fact.is_numeric:
            holding = frozenset(one for one in atom.fact.options if atom.holds(one))
            yield f"{name} in {self._constant(holding)}"
        else:
            yield from self._number(name, atom, atom.expects)

    def _number(self, name: str, atom: Atom, expects: Comparison) -> Iterator[str]:
        for word, value in expects.operands():
            if word in BOUNDS:
                sign = _SIGNS[operator_of(word, atom.bounds)]
                yield f"{name} {sign} {self._constant(atom.fact.read(value))}"
        if expects.one_of:
            options = frozenset(atom.fact.read(value) for value in expects.one_of)
            yield f"{name} in {self._constant(options)}"

    def _constant(self, value: object) -> str:
        name = f"k{len(self.constants)}"
        self.constants[name] = value
        return name


def _is_open(part: Formula) -> bool:
    """Say whether something in it was not recorded."""
    return isinstance(part, Unknowable) or (
        isinstance(part, Gate) and any(map(_is_open, part.parts))
    )


def _compiled(
    formulas: Collection[Formula],
) -> tuple[Callable[..., tuple[Verdict, ...]], tuple[str, ...]]:
    """One function of all facts that the formulas look at, and the names of these in order."""
    write = _Writer()
    for part in formulas:
        for atom in atoms_in(part):
            write.arguments.setdefault(atom.fact.name, f"f{len(write.arguments)}")
    said = "".join(f"{write.verdict(part)}, " for part in formulas)
    known = {one.name: one for one in Verdict} | write.constants
    source = f"lambda {', '.join(write.arguments.values())}: ({said})"
    made = eval(source, {"__builtins__": {}, **known})  # noqa: S307 -- nothing of the plan's own text is in it
    return made, tuple(write.arguments)
