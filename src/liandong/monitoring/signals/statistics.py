"""What a bound is held against: readings as they are, or what they come to over a window."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from liandong.monitoring.signals.crossings import Sample
from liandong.monitoring.signals.seasons import BEIJING

VALUE, SUM, MEAN, MAX, MIN = "value", "sum", "mean", "max", "min"
RISE, FALL, MIN_FALL, DAILY_MAX, COUNT = "rise", "fall", "min_fall", "daily_max", "count"
DAY = timedelta(hours=24)
# A mean of fewer than three quarters of what was due says nothing.
ENOUGH = Decimal("0.75")


class Told(NamedTuple):
    """What was measured at a time; what is in doubt is not sure, and may be borne out elsewhere."""

    at: datetime
    value: Decimal
    is_sure: bool = True
    is_borne: bool = False


@dataclass(frozen=True)
class Measure:
    """Which figure of the readings is meant, over which window, and how often they are due."""

    statistic: str = VALUE
    window: timedelta = timedelta()
    step: timedelta = timedelta(hours=1)

    @property
    def reach(self) -> timedelta:
        """How far before a time the readings lie that decide its figure."""
        if self.statistic == VALUE:
            return timedelta()
        return self.window + DAY if self.statistic == MIN_FALL else self.window

    def samples(self, told: Sequence[Told]) -> Iterator[Sample]:
        """Say at each reading what the bound is held against. Readings come in order.

        What is in doubt stands for itself alone: no sum, mean or rise is made with it.
        """
        if self.statistic == VALUE:
            return (
                Sample(one.at, one.value, is_sure=one.is_sure, is_borne=one.is_borne)
                for one in told
            )
        return _OVER[self.statistic](self, [one for one in told if one.is_sure])

    def steps_in(self, width: timedelta) -> int:
        """Count the readings a window without gaps holds; one at least, however wide the step."""
        return max(1, width // self.step)


def _sums(how: Measure, told: Sequence[Told]) -> Iterator[Sample]:
    """Sums of ``(at − window, at]``; with a gap in it there may be more."""
    full, held, total = how.steps_in(how.window), deque[Told](), Decimal()
    for one in told:
        held.append(one)
        total += one.value
        while held[0].at <= one.at - how.window:
            total -= held.popleft().value
        yield Sample(one.at, total, is_complete=len(held) >= full)


def _means(how: Measure, told: Sequence[Told]) -> Iterator[Sample]:
    """Means of ``(at − window, at]``, where enough of it was told."""
    enough, held, total = how.steps_in(how.window) * ENOUGH, deque[Told](), Decimal()
    for one in told:
        held.append(one)
        total += one.value
        while held[0].at <= one.at - how.window:
            total -= held.popleft().value
        if len(held) >= enough:
            yield Sample(one.at, (total / len(held)).quantize(Decimal("0.001")))


def _extremes(sign: int) -> Callable[[Measure, Sequence[Told]], Iterator[Sample]]:
    """The highest (or lowest) of ``(at − window, at]``; a gap may hide one beyond it."""

    def over(how: Measure, told: Sequence[Told]) -> Iterator[Sample]:
        full, count, best = how.steps_in(how.window), deque[datetime](), _Extreme(sign)
        for one in told:
            count.append(one.at)
            best.take(one)
            while count[0] <= one.at - how.window:
                count.popleft()
            best.forget(one.at - how.window)
            yield Sample(one.at, best.value, is_complete=len(count) >= full, further=sign)

    return over


def _changes(sign: int) -> Callable[[Measure, Sequence[Told]], Iterator[Sample]]:
    """How far it has come up from the lowest (down from the highest) of ``[at − window, at]``.

    A gap may hide a still farther way.
    """

    def over(how: Measure, told: Sequence[Told]) -> Iterator[Sample]:
        full, count, best = how.steps_in(how.window) + 1, deque[datetime](), _Extreme(-sign)
        for one in told:
            count.append(one.at)
            best.take(one)
            while count[0] < one.at - how.window:
                count.popleft()
            best.forget(one.at - how.window, keeping=True)
            yield Sample(
                one.at, sign * (one.value - best.value), is_complete=len(count) >= full
            )

    return over


def _falls_of_minimum(how: Measure, told: Sequence[Told]) -> Iterator[Sample]:
    """How much lower the lowest of the last 24 hours is than that of the 24 hours a window before.

    Nothing is said where either day was told by less than three quarters.
    """
    enough = how.steps_in(DAY) * ENOUGH
    now, before = _Day(), _Day()
    waiting = deque[Told]()
    for one in told:
        now.take(one)
        now.forget(one.at - DAY)
        waiting.append(one)
        while waiting and waiting[0].at <= one.at - how.window:
            before.take(waiting.popleft())
        before.forget(one.at - how.window - DAY)
        if min(len(now.times), len(before.times)) >= enough:
            yield Sample(one.at, before.lowest.value - now.lowest.value)


def _daily_maxima(how: Measure, told: Sequence[Told]) -> Iterator[Sample]:
    """What the highest of each of the last days came up to, today as far as it is told.

    Days are those of Beijing. Nothing is said where one of them is not told at all.
    """
    width, highest = max(1, how.window // DAY), dict[date, Decimal]()
    for one in told:
        today = one.at.astimezone(BEIJING).date()
        highest[today] = max(one.value, highest.get(today, one.value))
        days = [highest.get(today - timedelta(days=back)) for back in range(width)]
        if None not in days:
            yield Sample(one.at, min(day for day in days if day is not None))


class _Day:
    """The readings of a day and the lowest of them."""

    def __init__(self) -> None:
        self.times = deque[datetime]()
        self.lowest = _Extreme(-1)

    def take(self, one: Told) -> None:
        self.times.append(one.at)
        self.lowest.take(one)

    def forget(self, until: datetime) -> None:
        while self.times and self.times[0] <= until:
            self.times.popleft()
        self.lowest.forget(until)


class _Extreme:
    """The highest (sign 1) or lowest (sign −1) of a moving window; each reading is touched twice."""

    def __init__(self, sign: int) -> None:
        self.sign = sign
        self.held = deque[Told]()

    @property
    def value(self) -> Decimal:
        return self.held[0].value

    def take(self, one: Told) -> None:
        while self.held and self.sign * self.held[-1].value <= self.sign * one.value:
            self.held.pop()
        self.held.append(one)

    def forget(self, until: datetime, *, keeping: bool = False) -> None:
        """Let out what is too old; what stands right at the edge stays if it is kept."""
        while self.held and (
            self.held[0].at < until or (self.held[0].at == until and not keeping)
        ):
            self.held.popleft()


_OVER: dict[str, Callable[[Measure, Sequence[Told]], Iterator[Sample]]] = {
    SUM: _sums,
    MEAN: _means,
    MAX: _extremes(1),
    MIN: _extremes(-1),
    RISE: _changes(1),
    FALL: _changes(-1),
    MIN_FALL: _falls_of_minimum,
    DAILY_MAX: _daily_maxima,
}
