"""Severity of an event (事件分级): tables of laws and standards, graded as levels are and kept apart from them.

A response level is what a county does, a severity what an event is: neither follows from the other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Annotated, Final, Literal, get_args

from pydantic import Field, TypeAdapter

from liandong.plans.language.conditions import Bounds, Condition, Part, Status
from liandong.plans.language.facts import Dictionary, Known, Value, dictionary
from liandong.plans.language.findings import ClauseFinding, Question
from liandong.plans.language.reader import Reader, clauses_of
from liandong.plans.language.truth import Formula, Verdict
from liandong.plans.language.wording import gettext_noop
from liandong.plans.language.yaml_text import read_yaml

Severity = Literal["gravest", "major", "larger", "ordinary"]

GRAVEST_FIRST: Final[tuple[Severity, ...]] = get_args(Severity)
SEVERITY_LABELS: Final[dict[Severity, str]] = {
    "gravest": gettext_noop("特别重大"),
    "major": gettext_noop("重大"),
    "larger": gettext_noop("较大"),
    "ordinary": gettext_noop("一般"),
}


class SeverityTable(Part):
    """One table: for which classes of events it holds, who says so, and what makes each severity.

    ``status`` is ``recorded`` where the law or standard itself was read; others are shown as
    assumed and never as a legal basis.
    """

    key: str
    title: str
    hazards: Annotated[list[str], Field(min_length=1)]  # beginnings of class codes
    basis: str
    status: Status
    bounds: Bounds = "half_open"
    grades: dict[Severity, Condition]


@dataclass(frozen=True, kw_only=True)
class SeverityFinding:
    """What a table makes of what is known: at least which severity, which graver ones are open."""

    table: SeverityTable
    at_least: Severity | None
    still_open: tuple[Severity, ...]
    reasons: tuple[ClauseFinding, ...]
    questions: tuple[Question, ...]

    @property
    def summary(self) -> str:
        """Say it in one sentence: 至少较大；特别重大、重大未定."""
        labels = "、".join(SEVERITY_LABELS[one] for one in self.still_open)
        still_open = f"{labels}未定" if labels else ""
        if self.at_least is None:
            return f"还不能判断；{still_open}" if still_open else "未构成这类事件"
        met = SEVERITY_LABELS[self.at_least]
        return f"至少{met}；{still_open}" if still_open else met


def grade_severity(
    table: SeverityTable, facts: Mapping[str, Known | Value], using: Dictionary | None = None
) -> SeverityFinding:
    """Grade an event by a table, exactly, whatever the missing facts may be."""
    read = Reader(facts, using or dictionary(), table.bounds)
    formulas = {key: read.formula(table.grades.get(key)) for key in _ordered(table)}
    at_least = _at_least(read, formulas)
    graver = _graver(formulas, at_least)
    still_open = tuple(
        key for key in graver if read.verdict(formulas[key]) == Verdict.UNDETERMINED
    )
    asked = {one.fact: one for key in still_open for one in read.would_decide(formulas[key])}
    clauses = clauses_of(table.grades[at_least]) if at_least else []
    return SeverityFinding(
        table=table,
        at_least=at_least,
        still_open=still_open,
        reasons=read.reasons(clauses, table.status),
        questions=tuple(asked.values()),
    )


def severity_tables(hazard: str) -> list[SeverityTable]:
    """The tables that hold for a class of events, the most particular first."""
    reach = {
        table.key: max((len(one) for one in table.hazards if hazard.startswith(one)), default=0)
        for table in shipped_tables()
    }
    holding = [table for table in shipped_tables() if reach[table.key]]
    return sorted(holding, key=lambda table: -reach[table.key])


@cache
def shipped_tables() -> tuple[SeverityTable, ...]:
    """The tables that ship with the program."""
    source = files("liandong.plans.language").joinpath("severity.yaml")
    rows = read_yaml(source.read_text(encoding="utf-8")).data
    return tuple(TypeAdapter(list[SeverityTable]).validate_python(rows))


def _ordered(table: SeverityTable) -> list[Severity]:
    return [key for key in GRAVEST_FIRST if key in table.grades]


def _at_least(read: Reader, formulas: Mapping[Severity, Formula]) -> Severity | None:
    """Find the gravest severity such that it or a graver one is met under every completion."""
    together: tuple[Formula, ...] = ()
    for key, part in formulas.items():
        together = (*together, part)
        if read.verdict(*together) == Verdict.MET:
            return key
    return None


def _graver(formulas: Mapping[Severity, Formula], than: Severity | None) -> list[Severity]:
    keys = list(formulas)
    return keys[: keys.index(than)] if than else keys
