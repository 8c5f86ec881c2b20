"""Crossings of a bound: they begin when it has held long enough, and end only after a while well back."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from liandong.monitoring.signals.seasons import Season

# So many readings in doubt, one after the other and all over the bound, bear each other out.
CONCURRING = 3
ALWAYS = Season()


@dataclass(frozen=True, slots=True)
class Sample:
    """A value at a time. The truth of an incomplete one may lie ``further``: higher (1), lower (−1)."""

    at: datetime
    value: Decimal
    is_complete: bool = True
    is_sure: bool = True
    further: int = 1
    is_borne: bool = False  # in doubt, and another station bears it out


@dataclass(frozen=True)
class Bound:
    """What counts as over, and what as over no more.

    Over: ``bound`` reached, throughout ``lasting``, with no silence longer than ``gap`` in it. Over no more:
    back by more than ``margin`` for ``hold``, or out of season. A floor is crossed downward; of a
    strict one, what stands on it is not over.
    """

    bound: Decimal
    margin: Decimal = Decimal()
    hold: timedelta = timedelta()
    lasting: timedelta = timedelta()
    gap: timedelta = timedelta(hours=2)
    is_floor: bool = False
    is_strict: bool = False
    season: Season = ALWAYS

    @property
    def reach(self) -> timedelta:
        """How far before a time the samples lie that decide whether it begins there."""
        return self.lasting + self.gap * (CONCURRING - 1)

    @property
    def sign(self) -> int:
        """Turns a floor into a bound like any other."""
        return -1 if self.is_floor else 1

    def is_reached(self, sample: Sample) -> bool:
        """Reaching the bound is over it (以上含本数), unless it is strict."""
        sign = self.sign
        beyond = sign * (sample.value - self.bound)
        return (
            (beyond > 0 or (beyond == 0 and not self.is_strict))
            and (sample.is_complete or sample.further == sign)
            and self.season.holds(sample.at)
        )

    def is_low(self, sample: Sample) -> bool:
        """Well below: not if what was not told may be over."""
        sign = self.sign
        beyond = sign * (sample.value - self.bound) + self.margin
        return (beyond < 0 or (beyond == 0 and self.is_strict)) and (
            sample.is_complete or sample.further != sign
        )


@dataclass(frozen=True)
class Spell:
    """A time over the bound; still going on while it has no end.

    ``doubted``: how many readings in doubt it began on, when no sure one is among them.
    """

    began_at: datetime
    value: Decimal
    peak: Decimal
    peak_at: datetime
    low_since: datetime | None = None
    ended_at: datetime | None = None
    value_at_end: Decimal | None = None
    doubted: int = 0


def spells(samples: Iterable[Sample], bound: Bound, *, now: Spell | None = None) -> list[Spell]:
    """Find the times over the bound. Samples come in order; ``now`` is a spell they continue.

    An incomplete sample may begin or keep up a spell that the truth could only confirm, and never
    ends one. One in doubt begins none unless it is borne out, and ends none.
    """
    found: list[Spell] = []
    run = _Run(bound)
    for sample in samples:
        if now is None:
            now = run.take(sample)
            continue
        now = _go_on(now, sample, bound)
        if now.ended_at:
            found.append(now)
            now, run = None, _Run(bound)
    return [*found, now] if now else found


class _Run:
    """Samples over the bound, one after the other, that do not make a spell yet."""

    def __init__(self, bound: Bound) -> None:
        self.bound = bound
        self.samples: list[Sample] = []

    def _is_known(self, sample: Sample) -> bool:
        """Stations bear each other out where they are high; how low one stands is its own matter."""
        return sample.is_sure or (sample.is_borne and not self.bound.is_floor)

    def take(self, sample: Sample) -> Spell | None:
        """Let a sample in; a spell if it has lasted, and is sure or borne out, now."""
        bound, held = self.bound, self.samples
        is_known = any(self._is_known(one) for one in held)
        if not bound.is_reached(sample):
            if sample.is_sure or not is_known:
                held.clear()
            return None
        if held and sample.at - held[-1].at > bound.gap:
            held.clear()
        held.append(sample)
        is_sure = any(one.is_sure for one in held)
        is_known = any(map(self._is_known, held)) or len(held) >= CONCURRING
        if sample.at - held[0].at < bound.lasting or not is_known:
            return None
        peak = max(held, key=lambda one: bound.sign * one.value)
        doubted = 0 if is_sure else len(held)
        return Spell(sample.at, sample.value, peak.value, peak.at, doubted=doubted)


def _go_on(spell: Spell, sample: Sample, bound: Bound) -> Spell:
    """Let one more sample into a spell."""
    if not bound.season.holds(sample.at):
        return replace(
            spell, low_since=sample.at, ended_at=sample.at, value_at_end=sample.value
        )
    if not sample.is_sure:
        return spell
    if bound.sign * sample.value > bound.sign * spell.peak:
        spell = replace(spell, peak=sample.value, peak_at=sample.at)
    if not bound.is_low(sample):
        return replace(spell, low_since=None)
    low_since = spell.low_since or sample.at
    if sample.at - low_since < bound.hold:
        return replace(spell, low_since=low_since)
    return replace(spell, low_since=low_since, ended_at=sample.at, value_at_end=sample.value)
