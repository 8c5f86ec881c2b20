"""The 14 warning signals of the weather of 2007: their levels, and what of them can be measured."""

import json
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Condition:
    """A figure of a quantity, and the bound it must reach."""

    quantity: str
    bound: Decimal
    statistic: str = "value"
    comparison: str = "at_least"
    minutes: int | None = None


@dataclass(frozen=True)
class SignalLevel:
    """One level: its words, and the conditions that stand for it, if it can be measured at all."""

    level: str
    text: str
    conditions: tuple[Condition, ...] = ()
    needs_all: bool = False


@dataclass(frozen=True)
class Signal:
    """One signal. ``why`` it cannot be told from readings; ``caution`` for one that can, in part."""

    name: str
    hazard: str
    levels: tuple[SignalLevel, ...]
    why: str = ""
    caution: str = ""

    @property
    def is_measurable(self) -> bool:
        """Say whether readings can tell it; else it waits for the weather bureau's own warning."""
        return any(level.conditions for level in self.levels)


@dataclass(frozen=True)
class Signals:
    """All of them, and where they are written."""

    source: str
    note: str
    by_hazard: dict[str, Signal]


@cache
def signals() -> Signals:
    """Read the table that comes with the program."""
    text = files(__package__).joinpath("weather_signals.json").read_text(encoding="utf-8")
    said = json.loads(text)
    all_of = {one["hazard"]: _signal(one) for one in said["signals"]}
    return Signals(said["source"], said["note"], all_of)


def _signal(said: dict[str, Any]) -> Signal:
    levels = tuple(_level(one) for one in said["levels"])
    words = {key: said[key] for key in ("why", "caution") if key in said}
    return Signal(said["name"], said["hazard"], levels, **words)


def _level(said: dict[str, Any]) -> SignalLevel:
    conditions = tuple(
        Condition(**{**one, "bound": Decimal(one["bound"])})
        for one in said.get("all", said.get("any", ()))
    )
    return SignalLevel(said["level"], said["text"], conditions, needs_all="all" in said)
