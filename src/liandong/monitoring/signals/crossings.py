"""Crossings of a bound: they begin at once, and end only after a while well below it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal


@dataclass(frozen=True)
class Sample:
    """A value at a time. An incomplete one is a lower bound: the truth may be higher."""

    at: datetime
    value: Decimal
    is_complete: bool = True


@dataclass(frozen=True)
class Bound:
    """What counts as over, and what as over no more: below ``bound − margin`` for ``hold``."""

    bound: Decimal
    margin: Decimal = Decimal()
    hold: timedelta = timedelta()


@dataclass(frozen=True)
class Spell:
    """A time over the bound; still going on while it has no end."""

    began_at: datetime
    value: Decimal
    peak: Decimal
    peak_at: datetime
    low_since: datetime | None = None
    ended_at: datetime | None = None
    value_at_end: Decimal | None = None


def spells(samples: Iterable[Sample], bound: Bound, *, now: Spell | None = None) -> list[Spell]:
    """Find the times over the bound. Samples come in order; ``now`` is a spell they continue.

    Reaching the bound is over it (以上含本数). An incomplete sample may begin or keep up a spell,
    and never ends one.
    """
    found: list[Spell] = []
    for sample in samples:
        if now is None:
            if sample.value >= bound.bound:
                now = Spell(sample.at, sample.value, sample.value, sample.at)
            continue
        now = _go_on(now, sample, bound)
        if now.ended_at:
            found.append(now)
            now = None
    return [*found, now] if now else found


def _go_on(spell: Spell, sample: Sample, bound: Bound) -> Spell:
    """Let one more sample into a spell."""
    if sample.value > spell.peak:
        spell = replace(spell, peak=sample.value, peak_at=sample.at)
    if sample.value >= bound.bound - bound.margin or not sample.is_complete:
        return replace(spell, low_since=None)
    low_since = spell.low_since or sample.at
    if sample.at - low_since < bound.hold:
        return replace(spell, low_since=low_since)
    return replace(spell, low_since=low_since, ended_at=sample.at, value_at_end=sample.value)
