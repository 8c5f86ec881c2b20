"""Quality of readings: flags that say why one is doubted. Nothing is dropped, whatever it looks like.

What follows from neighbours is a function of the series as it stands, so any order of arrival ends alike.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntFlag
from functools import cached_property
from itertools import groupby, pairwise


class Flag(IntFlag):
    """Why a reading is doubted, or what its source said of it."""

    RANGE = 1  # beyond what the instrument or the place can have
    SPIKE = 2  # far from the reading before, and the one after does not bear it out
    STUCK = 4  # the same figure for too long
    DRY = 8  # a level that jumps though no rain fell on its river
    UNIT = 16  # ten, a hundred or a thousand times what it was: another unit
    CLOCK = 32  # ahead of our clock
    FLAPPING = 64  # corrected back to what it was corrected from
    ESTIMATED = 128
    PROVISIONAL = 256


# From the neighbours: counted anew whenever one of them changes.
NEIGHBOURLY = Flag.SPIKE | Flag.STUCK | Flag.DRY | Flag.UNIT
DOUBTS = NEIGHBOURLY | Flag.RANGE | Flag.CLOCK | Flag.FLAPPING
# A reading further back says nothing about how far the next one may be.
NEAR = timedelta(hours=24)
FACTORS = (10.0, 100.0, 1000.0, 0.1, 0.01, 0.001)
TOLERANCE = 0.05


@dataclass(frozen=True)
class Limits:
    """What is credible of a series. ``stuck`` is how many equal readings are too many; 0 for never."""

    low: float
    high: float
    jump: float | None = None
    dry_jump: float | None = None
    stuck: int = 0
    may_rest_at_zero: bool = True
    has_units: bool = False

    @cached_property
    def least_jump(self) -> float | None:
        """The smallest step that needs a closer look."""
        steps = [step for step in (self.jump, self.dry_jump) if step is not None]
        return min(steps, default=None)

    def holds(self, value: float) -> bool:
        """Say whether a value can be."""
        return self.low <= value <= self.high


@dataclass(slots=True)
class Point:
    """A reading among its neighbours. One a person has settled keeps what they said."""

    at: datetime
    value: float
    flags: int = 0
    is_confirmed: bool = False
    is_rejected: bool = False

    @property
    def is_trusted(self) -> bool:
        """Whether others may be measured by it."""
        return not self.is_rejected and (self.is_confirmed or not self.flags & DOUBTS)


@dataclass(frozen=True, slots=True)
class Before:
    """The newest reading of a series, trusted, and how many equal ones it ends."""

    value: float
    run: int


def is_calm(values: Sequence[float], before: Before | None, limits: Limits) -> bool:
    """Say whether new readings in order of time need no closer look: the usual case, and cheap."""
    if not (limits.low <= min(values) and max(values) <= limits.high):
        return False
    step = limits.least_jump
    chain = values if before is None else [before.value, *values]
    if step is not None and any(abs(b - a) > step for a, b in pairwise(chain)):
        return False
    return not limits.stuck or longest_run(values, before, limits) < limits.stuck


def longest_run(values: Iterable[float], before: Before | None, limits: Limits) -> int:
    """How many equal readings follow each other at most, those before included."""
    longest = 0
    for number, (value, equal) in enumerate(groupby(values)):
        length = sum(1 for _one in equal)
        if number == 0 and before and before.value == value:
            length += before.run
        if value or not limits.may_rest_at_zero:
            longest = max(longest, length)
    return longest


def run_at_end(values: Sequence[float], before: Before | None) -> int:
    """How many equal readings stand at the end."""
    last, length = values[-1], 0
    for value in reversed(values):
        if value != last:
            return length
        length += 1
    return length + (before.run if before and before.value == last else 0)


def judge(
    points: Sequence[Point], limits: Limits, *, given: int = 0, is_dry: bool = False
) -> list[int]:
    """Say the flags of each reading, in order of time; the first ``given`` are only looked back on."""
    told: list[int] = []
    before: Point | None = None
    run, last = 0, None
    for number, point in enumerate(points):
        flags = point.flags
        is_counted = not point.is_rejected and not flags & (Flag.RANGE | Flag.CLOCK)
        if is_counted:
            run, last = (run + 1 if point.value == last else 1), point.value
        if number >= given and not point.is_confirmed and not point.is_rejected:
            flags &= ~NEIGHBOURLY
            if is_counted:
                flags |= _among(points, number, before, limits, is_dry=is_dry)
                if _is_stuck(point.value, run, limits):
                    flags |= Flag.STUCK
        told.append(int(flags))
        if not point.is_rejected and (point.is_confirmed or not flags & DOUBTS):
            before = point
    return told


def _is_stuck(value: float, run: int, limits: Limits) -> bool:
    is_resting = limits.may_rest_at_zero and not value
    return bool(limits.stuck) and run >= limits.stuck and not is_resting


def _among(
    points: Sequence[Point], number: int, before: Point | None, limits: Limits, *, is_dry: bool
) -> Flag:
    """What the last trusted reading and the next one say of a reading."""
    point, step = points[number], limits.least_jump
    if before is None or step is None or abs(point.value - before.value) <= step:
        return Flag(0)
    if limits.has_units and _is_other_unit(point.value, before.value):
        return Flag.UNIT
    if point.at - before.at > NEAR:
        return Flag(0)
    far = abs(point.value - before.value)
    if limits.jump is not None and far > limits.jump:
        return Flag(0) if _is_borne_out(points, number, limits.jump) else Flag.SPIKE
    if is_dry and limits.dry_jump is not None and point.value > before.value:
        return Flag(0) if _is_borne_out(points, number, limits.dry_jump) else Flag.DRY
    return Flag(0)


def _is_borne_out(points: Sequence[Point], number: int, step: float) -> bool:
    """Whether the next reading stands where this one does: then it was no slip of the sensor."""
    point = points[number]
    for after in points[number + 1 :]:
        if not after.is_rejected and not after.flags & (Flag.RANGE | Flag.CLOCK):
            return after.at - point.at <= NEAR and abs(after.value - point.value) <= step
    return False


def _is_other_unit(value: float, before: float) -> bool:
    return any(
        abs(value / factor - before) <= TOLERANCE * abs(before) for factor in FACTORS if before
    )
