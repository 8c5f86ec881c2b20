"""The score sheet of a drill: its script and its orders held against its journal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from liandong.command.models import Order
from liandong.command.states import LIVE
from liandong.evaluation import queries
from liandong.evaluation.models import Drill, Inject
from liandong.evaluation.rules.completeness import Piece, pieces_of, pieces_of_order
from liandong.evaluation.rules.milestone import said
from liandong.evaluation.rules.score import (
    DONE,
    IN_TIME,
    LATE,
    MISSED,
    Deed,
    Expected,
    Score,
    scored,
)


@dataclass(frozen=True)
class Line:
    """One line of the sheet: what was told, what was expected upon it, what became of that, how whole it was."""

    inject: Inject
    expected: str
    score: Score
    pieces: list[Piece]


@dataclass(frozen=True)
class Step:
    """An order of the drill: when it was said back and finished, held against its limits, and how whole it was.

    ``finished`` is empty for what its unit may still be at, or has declined.
    """

    order: Order
    read_back: str
    finished: str
    pieces: list[Piece]


def sheet_of(drill: Drill, orders: Mapping[str, Order] | None = None) -> list[Line]:
    """Every expectation of the script with its score. Two queries; ``orders`` by key, for the proof they ask."""
    injects = queries.expecting(drill)
    deeds = [
        Deed(
            name=one.name,
            at=one.at,
            who=str(one.actor.get("label", "")),
            subject=one.subject_id,
            said=one.payload,
        )
        for one in queries.deeds_in(drill.realm, {one.expects for one in injects})
    ]
    scores = scored(map(_expected, injects), deeds)
    return [_line(one, scores[str(one.pk)], orders or {}) for one in injects]


def steps_of(orders: Mapping[str, Order]) -> list[Step]:
    """Each order with what became of it; pure."""
    return [
        Step(
            one,
            _when(one.read_back_at, one.acknowledge_by) or MISSED,
            _when(one.finished_at, one.finish_by) or ("" if one.state in LIVE else MISSED),
            pieces_of_order(one),
        )
        for one in orders.values()
    ]


def in_time(lines: list[Line]) -> int:
    """How many of them were done within their limit."""
    return sum(one.score.verdict == IN_TIME for one in lines)


def whole(lines: list[Line] | list[Step]) -> int:
    """How many have everything that was asked of them."""
    return sum(bool(one.pieces) and all(part.is_there for part in one.pieces) for one in lines)


def _line(inject: Inject, score: Score, orders: Mapping[str, Order]) -> Line:
    deed = score.deed
    pieces = pieces_of(deed.name, deed.said, orders.get(deed.subject)) if deed else []
    return Line(inject, said(inject.expects), score, pieces)


def _when(at: datetime | None, limit: datetime | None) -> str:
    if at is None:
        return ""
    if limit is None:
        return DONE
    return IN_TIME if at <= limit else LATE


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
