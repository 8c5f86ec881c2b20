"""The levels of a plan laid out over the values of its facts: which level a case falls into."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, product
from typing import Final

from liandong.plans.language.document import Plan
from liandong.plans.language.facts import Dictionary, Fact, Value
from liandong.plans.language.levels import LevelKey, rank
from liandong.plans.language.problems import Path
from liandong.plans.language.reader import clauses_of
from liandong.plans.language.truth import Atom, Formula, Gate, Unknowable, cells, formula

Case = Mapping[str, Value]
MOST_WAYS: Final = 60  # in which one clause may hold
MOST_CASES: Final = 1500  # looked at for one way


@dataclass(frozen=True)
class Way:
    """One way in which a clause holds: for each fact the values with which it does."""

    level: LevelKey
    path: Path
    allowed: Mapping[str, tuple[Value, ...]]

    def holds(self, case: Case) -> bool:
        return all(case[name] in values for name, values in self.allowed.items())


class Scale:
    """All ways into all levels, over one representative value from each part of every fact's domain."""

    def __init__(self, plan: Plan, facts: Dictionary) -> None:
        self.plan = plan
        self.facts: dict[str, Fact] = {}
        self.values: dict[str, list[Value]] = {}
        self.open: set[LevelKey] = set()  # with a clause that nobody has read
        clauses = list(self._clauses(facts))
        self._collect([part for _key, _path, part in clauses])
        self.ways = [
            way for key, path, part in clauses for way in self._ways_of(key, path, part)
        ]
        self.quiet = {name: self._quiet(name) for name in self.facts}

    def case(self, **given: Value) -> dict[str, Value]:
        """Nothing goes on, but for what is given."""
        return {**self.quiet, **given}

    def levels(self, case: Case) -> set[LevelKey]:
        return {way.level for way in self.ways if way.holds(case)}

    def height(self, case: Case) -> int:
        return max((rank(level) for level in self.levels(case)), default=0)

    def is_open_above(self, height: int) -> bool:
        return any(rank(level) > height for level in self.open)

    def cases_of(self, way: Way) -> Iterator[dict[str, Value]]:
        """Every case in which a way holds and nothing else goes on."""
        names = list(way.allowed)
        for values in islice(product(*way.allowed.values()), MOST_CASES):
            yield self.case(**dict(zip(names, values, strict=True)))

    def can_count(self, way: Way) -> bool:
        """Whether all cases of a way can be looked at."""
        count = 1
        for values in way.allowed.values():
            count *= len(values)
        return count <= MOST_CASES

    def said(self, case: Case, *names: str) -> str:
        """Say some facts of a case: 过火面积 50 公顷、明火已扑灭 否."""
        return "、".join(
            f"{self.facts[name].label} {self.facts[name].show(case[name])}" for name in names
        )

    def _clauses(self, facts: Dictionary) -> Iterator[tuple[LevelKey, Path, Formula]]:
        for key, level in self.plan.highest_first():
            parts = clauses_of(level.when)
            several = level.when is not None and parts != [level.when]
            if level.when is None:
                self.open.add(key)
            for at, clause in enumerate(parts):
                path: Path = ("levels", key, "when", *(("any", at) if several else ()))
                part = formula(clause, facts, self.plan.bounds)
                if _is_open(part):
                    self.open.add(key)
                yield key, path, part

    def _collect(self, parts: list[Formula]) -> None:
        marks: dict[str, list[Value]] = {}
        for part in parts:
            for atom in _atoms(part):
                self.facts[atom.fact.name] = atom.fact
                marks.setdefault(atom.fact.name, []).extend(atom.marks())
        self.values = {name: cells(fact, marks[name]) for name, fact in self.facts.items()}

    def _ways_of(self, key: LevelKey, path: Path, part: Formula) -> Iterator[Way]:
        several = list(islice(_conjunctions(part), MOST_WAYS + 1))
        if len(several) > MOST_WAYS:
            self.open.add(key)  # not all of them are looked at
        for atoms in several[:MOST_WAYS]:
            allowed: dict[str, tuple[Value, ...]] = {}
            for atom in atoms:
                name = atom.fact.name
                before = allowed.get(name, tuple(self.values[name]))
                allowed[name] = tuple(value for value in before if atom.holds(value))
            yield Way(key, path, allowed)

    def _quiet(self, name: str) -> Value:
        """The value at which the fewest levels begin by it alone; no, nothing and none before others."""
        alone = [way.allowed[name] for way in self.ways if list(way.allowed) == [name]]
        values = sorted(self.values[name], key=lambda value: value is True)
        return min(values, key=lambda value: sum(value in allowed for allowed in alone))


def _conjunctions(part: Formula) -> Iterator[tuple[Atom, ...]]:
    """Every way in which a formula holds as atoms that hold together; what was not read gives none."""
    if isinstance(part, Atom):
        yield (part,)
    elif isinstance(part, Gate) and part.need == len(part.parts):
        for several in product(
            *(tuple(islice(_conjunctions(p), MOST_WAYS)) for p in part.parts)
        ):
            yield tuple(atom for atoms in several for atom in atoms)
    elif isinstance(part, Gate) and part.need == 1:
        for inner in part.parts:
            yield from _conjunctions(inner)
    elif part is True:
        yield ()


def _atoms(part: Formula) -> Iterator[Atom]:
    for several in islice(_conjunctions(part), MOST_WAYS):
        yield from several


def _is_open(part: Formula) -> bool:
    """Whether it has a part nobody has read, or one that is counted and not looked through here."""
    if isinstance(part, Gate):
        counted = 1 < part.need < len(part.parts)
        return counted or any(_is_open(inner) for inner in part.parts)
    return isinstance(part, Unknowable)
