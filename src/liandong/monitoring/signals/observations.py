"""What a station is said to have measured, and the line that stands for it in a batch's root."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True, repr=False)
class Observation:
    """What somebody says a station measured; ``row`` is its place in what was sent."""

    station_code: str
    quantity: str
    at: datetime
    value: Decimal
    row: int = 0
    flags: int = 0  # what the source itself says of it: estimated, provisional

    def __repr__(self) -> str:
        # Written once for each row of a batch that carries a key: seconds are quicker to write
        # than a date.
        at = self.at.timestamp()
        return f"{self.station_code!r}|{self.quantity!r}|{at}|{self.value!s}|{self.flags}"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a row was not taken, where, and what to do."""

    row: int
    field: str
    problem: str
    remedy: str


@dataclass(slots=True)
class Column:
    """The new values of one series: thousandths as text, by time as text. Plain text, for speed."""

    code: str
    quantity: str
    series: int
    values: dict[str, str] = field(default_factory=dict)
    flags: dict[str, int] = field(default_factory=dict)  # of the few that have any
    is_patched: bool = False  # whether some of them took the place of others
    doubted: int = 0

    def leaves(self) -> list[bytes]:
        """The lines that a batch's root vouches for, in the order of time."""
        head = f"{self.code}|{self.quantity}|"
        return [f"{head}{at}|{self.values[at]}".encode() for at in sorted(self.values)]

    def numbers(self) -> list[float]:
        """The values in order of time, to reckon with."""
        return [float(self.values[at]) for at in sorted(self.values)]

    @property
    def place(self) -> tuple[str, str]:
        """By what the columns of a batch are ordered."""
        return self.code, self.quantity

    @property
    def first_at(self) -> datetime:
        """The earliest new time."""
        return datetime.fromisoformat(min(self.values))

    @property
    def last_at(self) -> datetime:
        """The latest new time."""
        return datetime.fromisoformat(max(self.values))


def at_text(at: datetime) -> str:
    """Write a time so that order of text is order of time."""
    told = at.astimezone(UTC)
    return f"{told:%Y-%m-%dT%H:%M:%S}.{told.microsecond:06d}Z"


def plain(value: Decimal) -> str:
    """Write a figure without idle zeros and without an exponent."""
    return f"{value.normalize():f}"
