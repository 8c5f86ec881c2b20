"""Grading: which levels of a plan are met by what is known, which stay open, and what would decide."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from liandong.plans.language.checking import conditions_of
from liandong.plans.language.conditions import Condition, Status
from liandong.plans.language.document import Level, Plan
from liandong.plans.language.facts import Dictionary, Fact, Known, Townships, Value, dictionary
from liandong.plans.language.findings import EndFinding, Grading, LevelFinding, NextThreshold
from liandong.plans.language.ladder import ladder
from liandong.plans.language.levels import LevelKey, rank
from liandong.plans.language.reader import Reader, clauses_of, parts_of
from liandong.plans.language.truth import Atom, Formula, Verdict, atoms_in, cells, verdict_of

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
    *,
    at: datetime | None = None,
    areas: Townships | None = None,
) -> Verdict:
    """Decide one condition by itself, such as a step's ``when``."""
    given = {**_by_period(plan, at), **facts}
    read = Reader(given, using or dictionary(), plan.bounds, areas=areas, now=at)
    return read.verdict(read.formula(condition))


def looked_at(
    plan: Plan,
    facts: Mapping[str, Known | Value],
    using: Dictionary | None = None,
    *,
    at: datetime | None = None,
    areas: Townships | None = None,
) -> list[tuple[Fact, Known | None]]:
    """The facts that levels, steps and the ending look at, as the plan names them, with what is known.

    Those of a township, of another plan and over a time are facts of their own.
    """
    given = {**_by_period(plan, at), **facts}
    read = Reader(given, using or dictionary(), plan.bounds, areas=areas, now=at)
    found = {
        atom.fact.name: atom.fact
        for condition in conditions_of(plan)
        for atom in atoms_in(read.formula(condition))
    }
    return [(fact, read.known.get(name)) for name, fact in found.items()]


class _Grader:
    """One plan against one set of facts."""

    def __init__(self, plan: Plan, read: Reader) -> None:
        self.plan, self.read = plan, read
        for _, level in plan.highest_first():
            read.look_back(level.when)
        steps = ladder(plan, read.facts, read.areas)
        self.formulas = steps.formulas
        self.verdicts = dict(zip(self.formulas, steps.verdicts(read.values), strict=True))

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
            if self.verdicts[key] == Verdict.MET or (
                self.verdicts[key] == Verdict.UNDETERMINED
                and self.read.verdict(*together) == Verdict.MET
            ):
                return key
        return None

    def _level(self, key: LevelKey, level: Level) -> LevelFinding:
        source = level.source_of("when")
        verdict = self.verdicts[key]
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
        """Of each known number the nearest that counts: in a level above, and not ruled out by the rest."""
        found: dict[str, NextThreshold] = {}
        for key, level in self.plan.highest_first():
            for clause in clauses_of(level.when) if rank(key) > rank(at_least) else ():
                part = self.read.formula(clause)
                for atom in atoms_in(part):
                    one = self._ahead(atom, part, key, clause.cite)
                    before = found.get(atom.fact.name)
                    if one and (
                        before is None or Decimal(one.distance) <= Decimal(before.distance)
                    ):
                        found[atom.fact.name] = one
        return iter(found.values())

    def _ahead(
        self, atom: Atom, part: Formula, level: LevelKey, cite: str
    ) -> NextThreshold | None:
        """The bound at which a comparison that fails would hold; None where the clause would not even then."""
        fact, values = atom.fact, self.read.values
        value = values.get(fact.name)
        bound = _bound_ahead(atom, value)
        if bound is None or isinstance(value, bool | str | None):
            return None
        beyond = [one for one in cells(fact, atom.marks()) if atom.holds(one)]
        if not any(
            verdict_of(part, {**values, fact.name: one}) != Verdict.NOT_MET for one in beyond
        ):
            return None
        return NextThreshold(
            fact=fact.name,
            label=fact.label,
            level=level,
            value=f"{value:f}" if isinstance(value, Decimal) else str(value),
            threshold=f"{bound:f}",
            distance=f"{abs(bound - value):f}",
            unit=fact.unit,
            cite=cite,
            is_falling=bound < value,
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


def _bound_ahead(atom: Atom, value: Value | None) -> Decimal | None:
    """The bound that a number has still to reach: from below, or from above where no other is named."""
    expects = atom.expects
    if isinstance(expects, bool) or isinstance(value, bool | str | None) or atom.holds(value):
        return None
    named = {word: Decimal(str(bound)) for word, bound in expects.operands()}
    lower = [named[word] for word in ("at_least", "above", "equals") if word in named]
    upper = [named[word] for word in ("below", "at_most") if word in named]
    if lower:
        return lower[0] if lower[0] >= value else None
    return upper[0] if upper and upper[0] <= value else None
