"""Grading: which levels of a plan are met by what is known, which stay open, and what would decide."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from liandong.plans.language.checking import comparisons_in
from liandong.plans.language.conditions import Condition, Status, Test
from liandong.plans.language.document import Level, Plan
from liandong.plans.language.facts import Dictionary, Fact, Known, Townships, Value, dictionary
from liandong.plans.language.findings import EndFinding, Grading, LevelFinding, NextThreshold
from liandong.plans.language.levels import LevelKey, rank
from liandong.plans.language.reader import Reader, clauses_of, parts_of
from liandong.plans.language.truth import Formula, Verdict, formula, verdict_of

COUNTY: Final = ZoneInfo("Asia/Shanghai")


def grade(
    plan: Plan,
    facts: Mapping[str, Known | Value],
    using: Dictionary | None = None,
    *,
    at: datetime | None = None,
    areas: Townships | None = None,
) -> Grading:
    """Grade a plan against facts: every level met, not met or undetermined, exactly.

    ``at`` is the moment it is graded for: windows of time end there, and the plan's own periods
    hold on its day. ``areas`` are the county's townships. Without them neither is known.
    """
    given = {**_by_period(plan, at), **facts}
    read = Reader(given, using or dictionary(), plan.bounds, areas=areas, now=at)
    return _Grader(plan, read).grading()


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

    def __init__(self, plan: Plan, read: Reader) -> None:
        self.plan, self.read = plan, read
        self.formulas = {key: read.formula(level.when) for key, level in plan.highest_first()}

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
        whole = self.read.formula(condition)
        clauses = (self.read.clause(part, Status.RECORDED) for part in parts_of(condition))
        return EndFinding(
            verdict=self.read.verdict(whole),
            clauses=tuple(clauses),
            would_decide=self.read.would_decide(whole),
        )

    def _at_least(self) -> LevelKey | None:
        """Find the highest level such that it or a higher one is met under every completion."""
        together: tuple[Formula, ...] = ()
        for key, part in self.formulas.items():
            together = (*together, part)
            if self.read.verdict(*together) == Verdict.MET:
                return key
        return None

    def _level(self, key: LevelKey, level: Level) -> LevelFinding:
        source = level.source_of("when")
        verdict = self.read.verdict(self.formulas[key])
        parts = clauses_of(level.when)
        met, unsettled = verdict == Verdict.MET, verdict == Verdict.UNDETERMINED
        return LevelFinding(
            level=key,
            verdict=verdict,
            status=source.status,
            cite=source.cite,
            clauses=tuple(self.read.clause(part, source.status) for part in parts),
            reasons=self.read.reasons(parts, source.status) if met else (),
            would_decide=self.read.would_decide(self.formulas[key]) if unsettled else (),
        )

    def _next_thresholds(self, at_least: LevelKey | None) -> Iterator[NextThreshold]:
        for name, value in self.read.values.items():
            fact = self.read.facts.get(name)
            if fact and fact.is_numeric and not isinstance(value, bool | str):
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


def _by_period(plan: Plan, at: datetime | None) -> dict[str, Known]:
    """What the plan itself says of a day: in a period its fact holds, outside nobody knows."""
    if at is None:
        return {}
    day = at.astimezone(COUNTY).date()
    return {
        one.fact: Known(value=True, at=at, source=f"预案规定 {one.since} 至 {one.until}")
        for one in plan.periods
        if one.covers(day)
    }


def _value(given: Known | Value) -> Value:
    return given.value if isinstance(given, Known) else given


def _lower_bound(test: Test) -> Decimal | None:
    expects = test.expects
    if isinstance(expects, bool):
        return None
    words = ("at_least", "above", "equals")
    bounds = [bound for word in words if (bound := getattr(expects, word)) is not None]
    return Decimal(bounds[0]) if bounds else None
