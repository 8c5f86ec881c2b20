"""What a plan would make of facts that are only supposed: levels, questions, and who would be ordered what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from liandong.kernel.actors import Actor
from liandong.plans.language import (
    Fact,
    Grading,
    Known,
    Plan,
    Step,
    Townships,
    Verdict,
    grade,
    holds,
    looked_at,
)
from liandong.plans.queries.book import Book, Chair
from liandong.plans.queries.fact import as_settled, facts_told, known_of
from liandong.plans.queries.page import LevelPage, StepLine, level_page, step_line

INCIDENT = "command.incident"


@dataclass(frozen=True, kw_only=True)
class Supposed:
    """A step as it would begin: to whom, and whether what is supposed lets it."""

    line: StepLine
    chair: Chair
    when: Verdict  # NOT_MET: ruled out
    waits_for: Verdict  # not MET: held back


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What would follow: the grading, and of the highest level met who decides and what is done."""

    grading: Grading
    level: LevelPage | None
    steps: tuple[Supposed, ...]


def facts_looked_at(
    actor: Actor, plan: Plan, areas: Townships, at: datetime, incident: str = ""
) -> list[tuple[Fact, Known | None]]:
    """The facts a plan looks at, with what the actor can see of them in an incident, if one is named."""
    told = facts_told(actor, INCIDENT, incident) if incident else []
    known = as_settled(INCIDENT, {incident: known_of(reversed(told))}) if incident else {}
    return looked_at(plan, known.get(incident, {}), at=at, areas=areas)


def supposed(
    plan: Plan, facts: Mapping[str, Known], areas: Townships, at: datetime, book: Book
) -> Answer:
    """Grade what is supposed, and say what would be ordered. Nothing is written."""
    grading = grade(plan, facts, at=at, areas=areas)
    key = grading.at_least
    if key is None:
        return Answer(grading=grading, level=None, steps=())
    names = book.names

    def of(step: Step) -> Supposed:
        when, waits_for = (
            holds(one, plan, facts, at=at, areas=areas) if one else Verdict.MET
            for one in (step.when, step.waits_for)
        )
        line = step_line(step, plan.levels[key], names)
        return Supposed(line=line, chair=book.chair(step.to), when=when, waits_for=waits_for)

    return Answer(
        grading=grading,
        level=level_page(key, plan.levels[key], names),
        steps=tuple(of(step) for step in plan.steps_of(key)),
    )
