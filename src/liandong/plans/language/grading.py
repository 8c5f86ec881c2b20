"""Grading: which levels of a plan are met by what is known, which stay open, and what would decide."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from liandong.plans.language.checking import comparisons_in
from liandong.plans.language.conditions import AllOf, AnyOf, Condition, Status, Test
from liandong.plans.language.document import Level, Plan
from liandong.plans.language.facts import Dictionary, Fact, Value, dictionary
from liandong.plans.language.findings import (
    ClauseFinding,
    Compared,
    EndFinding,
    Grading,
    Known,
    LevelFinding,
    NextThreshold,
    Question,
)
from liandong.plans.language.levels import LevelKey, rank
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


def grade(
    plan: Plan, facts: Mapping[str, Known | Value], using: Dictionary | None = None
) -> Grading:
    """Grade a plan against facts: every level met, not met or undetermined, exactly."""
    return _Grader(plan, facts, using or dictionary()).grading()


def holds(
    condition: Condition,
    plan: Plan,
    facts: Mapping[str, Known | Value],
    using: Dictionary | None = None,
) -> Verdict:
    """Decide one condition by itself, such as a step's ``when``."""
    known = using or dictionary()
    values = {name: known[name].read(_value(v)) for name, v in facts.items() if name in known}
    return verdict_of(formula(condition, known, plan.bounds), values)


class _Grader:
    """One plan against one set of facts."""

    def __init__(
        self, plan: Plan, given: Mapping[str, Known | Value], facts: Dictionary
    ) -> None:
        self.plan, self.facts = plan, facts
        self.known = {
            name: _known(facts[name], value) for name, value in given.items() if name in facts
        }
        self.values = {name: known.value for name, known in self.known.items()}
        self.formulas = {
            key: formula(level.when, facts, plan.bounds) for key, level in plan.highest_first()
        }

    def grading(self) -> Grading:
        findings = tuple(self._level(key, level) for key, level in self.plan.highest_first())
        at_least = self._at_least()
        still_open = tuple(
            one.level
            for one in findings
            if rank(one.level) > rank(at_least) and one.verdict == Verdict.UNDETERMINED
        )
        asked = {
            q.fact: q for one in findings if one.level in still_open for q in one.would_decide
        }
        return Grading(
            plan=self.plan.plan,
            levels=findings,
            at_least=at_least,
            still_open=still_open,
            questions=tuple(asked.values()),
            next_thresholds=tuple(self._next_thresholds(at_least)),
            ends=self._ends(),
        )

    def _ends(self) -> EndFinding | None:
        """Say whether the response may end, by the plan's own condition."""
        condition = self.plan.ends_when
        if condition is None:
            return None
        whole = formula(condition, self.facts, self.plan.bounds)
        rest = atoms_in(simplified(whole, self.values))
        missing = {atom.fact.name: atom.fact for atom in rest}
        return EndFinding(
            verdict=verdict_of(whole, self.values),
            clauses=tuple(self._clause(part, Status.RECORDED) for part in parts_of(condition)),
            would_decide=tuple(_question(fact) for fact in missing.values()),
        )

    def _at_least(self) -> LevelKey | None:
        """Find the highest level such that it or a higher one is met under every completion."""
        together: tuple[Formula, ...] = ()
        for key, part in self.formulas.items():
            together = (*together, part)
            if verdict_of(Gate(1, together), self.values) == Verdict.MET:
                return key
        return None

    def _level(self, key: LevelKey, level: Level) -> LevelFinding:
        source = level.source_of("when")
        verdict = verdict_of(self.formulas[key], self.values)
        rest = simplified(self.formulas[key], self.values)
        missing = {atom.fact.name: atom.fact for atom in atoms_in(rest)}
        unsettled = verdict == Verdict.UNDETERMINED
        parts = clauses_of(level.when)
        return LevelFinding(
            level=key,
            verdict=verdict,
            status=source.status,
            cite=source.cite,
            clauses=tuple(self._clause(part, source.status) for part in parts),
            reasons=self._reasons(parts, source.status) if verdict == Verdict.MET else (),
            would_decide=tuple(_question(fact) for fact in missing.values())
            if unsettled
            else (),
        )

    def _reasons(self, parts: list[Condition], status: Status) -> tuple[ClauseFinding, ...]:
        """Give the clauses that hold; if none does alone, a smallest set of which one always does."""
        holding = [part for part in parts if self._verdict([part]) == Verdict.MET]
        needed = holding or list(parts)
        for part in () if holding else parts:
            fewer = [other for other in needed if other is not part]
            if fewer and self._verdict(fewer) == Verdict.MET:
                needed = fewer
        return tuple(self._clause(part, status) for part in needed)

    def _verdict(self, parts: list[Condition]) -> Verdict:
        """Decide whether one of several clauses holds."""
        formulas = tuple(formula(part, self.facts, self.plan.bounds) for part in parts)
        return verdict_of(Gate(1, formulas), self.values)

    def _clause(self, clause: Condition, status: Status) -> ClauseFinding:
        named = dict.fromkeys(test.fact for _, test in comparisons_in(clause))
        return ClauseFinding(
            cite=clause.cite,
            sentence=sentence(clause, self.facts),
            verdict=self._verdict([clause]),
            status=clause.status or status,
            compared=tuple(self._compared(self.facts[name]) for name in named),
        )

    def _compared(self, fact: Fact) -> Compared:
        known = self.known.get(fact.name)
        if known is None:
            return Compared(fact=fact.name, label=fact.label)
        shown = fact.show(known.value)
        return Compared(
            fact=fact.name, label=fact.label, shown=shown, at=known.at, source=known.source
        )

    def _next_thresholds(self, at_least: LevelKey | None) -> Iterator[NextThreshold]:
        for name, value in self.values.items():
            fact = self.facts[name]
            if fact.is_numeric and not isinstance(value, bool | str):
                ahead = list(self._ahead(fact, Decimal(value), rank(at_least)))
                if ahead:
                    yield min(ahead, key=lambda one: Decimal(one.distance))

    def _ahead(self, fact: Fact, value: Decimal, above: int) -> Iterator[NextThreshold]:
        """List the lower bounds still ahead of a number, in levels above the one reached."""
        for key, level in self.plan.highest_first():
            for clause in clauses_of(level.when) if rank(key) > above else ():
                for _, test in comparisons_in(clause):
                    bound = _lower_bound(test) if test.fact == fact.name else None
                    if bound is not None and bound > value:
                        yield NextThreshold(
                            fact=fact.name,
                            label=fact.label,
                            level=key,
                            value=f"{value:f}",
                            threshold=f"{bound:f}",
                            distance=f"{bound - value:f}",
                            unit=fact.unit,
                            cite=clause.cite,
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


def _value(given: Known | Value) -> Value:
    return given.value if isinstance(given, Known) else given


def _known(fact: Fact, given: Known | Value) -> Known:
    known = given if isinstance(given, Known) else Known(value=given)
    return Known(value=fact.read(known.value), at=known.at, source=known.source)


def _question(fact: Fact) -> Question:
    return Question(fact=fact.name, label=fact.label, ask=fact.ask, question=fact.question)


def _lower_bound(test: Test) -> Decimal | None:
    expects = test.expects
    if isinstance(expects, bool):
        return None
    words = ("at_least", "above", "equals")
    bounds = [bound for word in words if (bound := getattr(expects, word)) is not None]
    return Decimal(bounds[0]) if bounds else None
