"""What a station is said to have measured, and the line that stands for it in a batch's root."""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Observation:
    """What somebody says a station measured; ``row`` is its place in what was sent."""

    station_code: str
    quantity: str
    at: datetime
    value: Decimal
    row: int = 0


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a row was not taken, where, and what to do."""

    row: int
    field: str
    problem: str
    remedy: str


class Row(NamedTuple):
    """A reading ready to be stored, in the order in which batches are stored and proved."""

    code: str
    quantity: str
    at: str
    value: str
    series: int
    number: Decimal
    row: int = 0

    def leaf(self) -> bytes:
        """The line that the batch's root vouches for."""
        return f"{self.code}|{self.quantity}|{self.at}|{self.value}".encode()


def at_text(at: datetime) -> str:
    """Write a time so that order of text is order of time."""
    told = at.astimezone(UTC)
    return f"{told:%Y-%m-%dT%H:%M:%S}.{told.microsecond:06d}Z"


def plain(value: Decimal) -> str:
    """Write a figure without idle zeros and without an exponent."""
    return f"{value.normalize():f}"
