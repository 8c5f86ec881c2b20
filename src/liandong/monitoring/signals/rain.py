"""Rolling sums of rain, honest about hours that were not reported."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from liandong.monitoring.signals.observations import plain

HOURS = (1, 3, 6, 12, 24)
STEP = timedelta(hours=1)


@dataclass(frozen=True)
class Rain:
    """What fell in the step that ended at a time."""

    at: datetime
    mm: Decimal


@dataclass(frozen=True)
class RainSum:
    """What fell in the hours up to a time; with a gap in them it is only a lower bound."""

    at: datetime
    hours: int
    mm: Decimal
    is_complete: bool

    def __str__(self) -> str:
        mm = plain(self.mm)
        return f"{mm} mm" if self.is_complete else f"至少 {mm} mm"


def rain_sums(
    fallen: Iterable[Rain], *, hours: Sequence[int] = HOURS, step: timedelta = STEP
) -> Iterator[dict[int, RainSum]]:
    """Say at each reading what fell in the hours before it: later than ``at − hours``, up to ``at``.

    The readings come in order. A window that holds fewer readings than steps has a gap.
    """
    windows = {width: _Window(width, step) for width in hours}
    for rain in fallen:
        yield {width: window.take(rain) for width, window in windows.items()}


class _Window:
    """The readings of the last hours and their sum."""

    def __init__(self, hours: int, step: timedelta) -> None:
        self.hours = hours
        self.width = timedelta(hours=hours)
        self.full = steps_in(hours, step)
        self.held: deque[Rain] = deque()
        self.mm = Decimal()

    def take(self, rain: Rain) -> RainSum:
        """Let a reading in and those too old out."""
        self.held.append(rain)
        self.mm += rain.mm
        while self.held[0].at <= rain.at - self.width:
            self.mm -= self.held.popleft().mm
        return RainSum(rain.at, self.hours, self.mm, is_complete=len(self.held) >= self.full)


def steps_in(hours: int, step: timedelta) -> int:
    """Count the readings a window without gaps holds; one at least, however wide the step."""
    return max(1, timedelta(hours=hours) // step)
