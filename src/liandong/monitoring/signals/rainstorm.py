"""The rainstorm signals of 2007: the table, and what some sums of rain amount to."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from liandong.monitoring.signals.rain import RainSum

COLORS = ("蓝", "黄", "橙", "红")


@dataclass(frozen=True)
class Signal:
    """One level: so much rain within so many hours."""

    level: str
    hours: int
    at_least_mm: Decimal


@dataclass(frozen=True)
class Table:
    """The levels, lowest first, and where they are written."""

    name: str
    hazard: str
    source: str
    note: str
    signals: tuple[Signal, ...]


@cache
def table() -> Table:
    """Read the table that comes with the program."""
    text = files(__package__).joinpath("rainstorm.json").read_text(encoding="utf-8")
    said = json.loads(text)
    signals = tuple(
        Signal(level["level"], level["hours"], Decimal(level["at_least_mm"]))
        for level in said["levels"]
    )
    return Table(said["name"], said["hazard"], said["source"], said["note"], signals)


def signal_for(sums: Mapping[int, RainSum]) -> str:
    """Name the highest level that the sums reach, or nothing. A bound reached exactly counts."""
    reached = [
        signal.level
        for signal in table().signals
        if signal.hours in sums and sums[signal.hours].mm >= signal.at_least_mm
    ]
    return reached[-1] if reached else ""


def is_higher(level: str, than: str) -> bool:
    """Say whether a color is graver than another; no color is below all."""
    return _rank(level) > _rank(than)


def _rank(level: str) -> int:
    return COLORS.index(level) if level in COLORS else -1
