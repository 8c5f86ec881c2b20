"""Who did what was expected, and in time: read from the drill's journal, pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

IN_TIME, LATE, MISSED, DONE = "in_time", "late", "missed", "done"


@dataclass(frozen=True, kw_only=True)
class Expected:
    """What one inject wants: which deed, from when, by when where there is a limit."""

    key: str
    deed: str
    since: datetime
    within: timedelta | None


@dataclass(frozen=True, kw_only=True)
class Deed:
    """What the journal has: which deed, when, by whom, about what, and what was said."""

    name: str
    at: datetime
    who: str
    subject: str = ""
    said: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Score:
    """What became of one expectation. ``after`` is how long it took, by the drill's clock."""

    verdict: str
    deed: Deed | None = None
    after: timedelta | None = None


def scored(expected: Iterable[Expected], deeds: Sequence[Deed]) -> dict[str, Score]:
    """Match each expectation, the earliest first, with the first deed after it that serves no other.

    One deed answers one inject: two calls are not both taken by taking one.
    """
    left = sorted(deeds, key=lambda one: one.at)
    found: dict[str, Score] = {}
    for wanted in sorted(expected, key=lambda one: one.since):
        deed = next(
            (one for one in left if one.name == wanted.deed and one.at >= wanted.since), None
        )
        if deed is not None:
            left.remove(deed)
        found[wanted.key] = _score(wanted, deed)
    return found


def _score(wanted: Expected, deed: Deed | None) -> Score:
    if deed is None:
        return Score(verdict=MISSED)
    after = deed.at - wanted.since
    if wanted.within is None:
        return Score(verdict=DONE, deed=deed, after=after)
    verdict = IN_TIME if after <= wanted.within else LATE
    return Score(verdict=verdict, deed=deed, after=after)
