"""What is known, read clause by clause: the part of grading that levels and severities share."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from liandong.plans.language.checking import comparisons_in
from liandong.plans.language.conditions import AllOf, AnyOf, Bounds, Condition, Status
from liandong.plans.language.facts import Dictionary, Fact, Known, Townships, Value
from liandong.plans.language.findings import ClauseFinding, Compared, Question
from liandong.plans.language.reach import fact_in, fact_named, fact_of, looking_back
from liandong.plans.language.sentences import sentence
from liandong.plans.language.truth import (
    Formula,
    Gate,
    Verdict,
    atoms_in,
    formula,
    simplified,
    verdict_of,
)


class Reader:
    """Holds conditions against one set of facts, and says what it found.

    A fact of one township is given as ``name@key``; ``now`` is when a time to look back on
    ends, ``areas`` are all townships of the county.
    """

    def __init__(
        self,
        given: Mapping[str, Known | Value],
        facts: Dictionary,
        bounds: Bounds,
        *,
        areas: Townships | None = None,
        now: datetime | None = None,
    ) -> None:
        self.facts, self.bounds, self.areas, self.now = facts, bounds, areas or {}, now
        self.known = {
            name: _known(fact, value)
            for name, value in given.items()
            if (fact := fact_named(name, facts, self.areas))
        }

    @property
    def values(self) -> Mapping[str, Value]:
        """What is known, without when and by whom."""
        return {name: known.value for name, known in self.known.items()}

    def formula(self, condition: Condition | None) -> Formula:
        """Turn a condition into gates and atoms, and take of the past what it asks for."""
        self.look_back(condition)
        return formula(condition, self.facts, self.bounds, self.areas)

    def look_back(self, condition: Condition | None) -> None:
        """Take of the past what a condition asks for."""
        if condition and self.now:
            for _, test in comparisons_in(condition):
                self.known |= looking_back(test, self.facts[test.fact], self.known, self.now)

    def verdict(self, *anyone: Formula) -> Verdict:
        """Decide whether one of several holds, whatever the missing facts are."""
        return verdict_of(Gate(1, anyone), self.values)

    def would_decide(self, part: Formula) -> tuple[Question, ...]:
        """Ask for the missing facts that can still make a difference."""
        missing = {
            atom.fact.name: atom.fact for atom in atoms_in(simplified(part, self.values))
        }
        return tuple(_question(fact) for fact in missing.values())

    def clause(self, clause: Condition, status: Status) -> ClauseFinding:
        """Say what was found of one clause."""
        return ClauseFinding(
            cite=clause.cite,
            sentence=sentence(clause, self.facts),
            verdict=self.verdict(self.formula(clause)),
            status=clause.status or status,
            compared=tuple(self._compared(fact) for fact in self._looked_at(clause)),
        )

    def reasons(
        self, clauses: Sequence[Condition], status: Status
    ) -> tuple[ClauseFinding, ...]:
        """Give the clauses that hold; if none does alone, a smallest set of which one always does."""
        holding = [one for one in clauses if self._one_holds([one])]
        needed = holding or list(clauses)
        for clause in () if holding else clauses:
            fewer = [other for other in needed if other is not clause]
            if fewer and self._one_holds(fewer):
                needed = fewer
        return tuple(self.clause(one, status) for one in needed)

    def _looked_at(self, clause: Condition) -> Iterator[Fact]:
        """The facts a clause looks at, each once; of townships those of which something is known."""
        seen: set[str] = set()
        for _, test in comparisons_in(clause):
            fact = fact_of(test, self.facts[test.fact])
            local = (
                fact_of(test, fact_in(self.facts[test.fact], *area))
                for area in self.areas.items()
            )
            there = [one for one in local if one.name in self.known]
            for one in there or [fact]:
                if one.name not in seen:
                    seen.add(one.name)
                    yield one

    def _one_holds(self, clauses: Sequence[Condition]) -> bool:
        return self.verdict(*map(self.formula, clauses)) == Verdict.MET

    def _compared(self, fact: Fact) -> Compared:
        known = self.known.get(fact.name)
        if known is None:
            return Compared(fact=fact.name, label=fact.label)
        shown = fact.show(known.value)
        return Compared(
            fact=fact.name, label=fact.label, shown=shown, at=known.at, source=known.source
        )


def clauses_of(condition: Condition | None) -> list[Condition]:
    """Give the clauses people cite: the parts of an outermost ``any``, else the condition itself."""
    if condition is None:
        return []
    return condition.parts if isinstance(condition, AnyOf) else [condition]


def parts_of(condition: Condition | None) -> list[Condition]:
    """Give what must hold together: the parts of an outermost ``all``, else the condition itself."""
    if condition is None:
        return []
    return condition.parts if isinstance(condition, AllOf) else [condition]


def _known(fact: Fact, given: Known | Value) -> Known:
    known = given if isinstance(given, Known) else Known(value=given)
    return replace(known, value=fact.read(known.value))


def _question(fact: Fact) -> Question:
    return Question(fact=fact.name, label=fact.label, ask=fact.ask, question=fact.question)
