"""The score sheet of a drill: its script held against its journal."""

from dataclasses import dataclass
from datetime import timedelta

from liandong.evaluation import queries
from liandong.evaluation.models import Drill, Inject
from liandong.evaluation.rules.milestone import said
from liandong.evaluation.rules.score import IN_TIME, Deed, Expected, Score, scored


@dataclass(frozen=True)
class Line:
    """One line of the sheet: what was told, what was expected upon it, what became of that."""

    inject: Inject
    expected: str
    score: Score


def sheet_of(drill: Drill) -> list[Line]:
    """Every expectation of the script with its score. Two queries."""
    injects = queries.expecting(drill)
    deeds = [
        Deed(name=name, at=at, who=who)
        for name, at, who in queries.deeds_in(drill.realm, {one.expects for one in injects})
    ]
    scores = scored(map(_expected, injects), deeds)
    return [Line(one, said(one.expects), scores[str(one.pk)]) for one in injects]


def in_time(lines: list[Line]) -> int:
    """How many of them were done within their limit."""
    return sum(one.score.verdict == IN_TIME for one in lines)


def _expected(inject: Inject) -> Expected:
    if inject.delivered_at is None:
        raise RuntimeError("an inject that was told has its time")
    minutes = inject.within_minutes
    return Expected(
        key=str(inject.pk),
        deed=inject.expects,
        since=inject.delivered_at,
        within=timedelta(minutes=minutes) if minutes else None,
    )
