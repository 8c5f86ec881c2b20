"""The clocks: one for each realm, so that a drill may live in another hour than the flood."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from liandong.kernel.realms import Realm

FRESH_SECONDS = 1.0


@dataclass(frozen=True)
class Pace:
    """Where a realm's clock stood at a real moment, and how fast it goes since; for good, once it is over."""

    real_at: datetime
    told_at: datetime
    rate: int
    is_over: bool = False

    def told(self, real: datetime) -> datetime:
        """What the realm's clock says at a real moment."""
        return self.told_at + (real - self.real_at) * self.rate


_paces: dict[str, Pace] = {}
_read_at = float("-inf")


def real() -> datetime:
    """The machine's time; for sessions, leases and files, never for what happened in a realm."""
    return datetime.now(tz=UTC)  # noqa: TID251 -- the one place that may ask


def now(realm: str) -> datetime:
    """The realm's time, aware, UTC."""
    pace = pace_of(realm)
    return pace.told(real()) if pace else real()


def pace_of(realm: str) -> Pace | None:
    """How the realm's clock goes; None for the real clock."""
    return _fresh().get(realm)


def every() -> dict[str, datetime]:
    """The time of every open realm that has a clock of its own: in a closed one nothing falls due."""
    moment = real()
    return {realm: pace.told(moment) for realm, pace in _fresh().items() if not pace.is_over}


def _fresh() -> dict[str, Pace]:
    """The clocks, reread at most once a second."""
    global _paces, _read_at  # noqa: PLW0603 -- a cache of this process
    if time.monotonic() - _read_at > FRESH_SECONDS:
        # Put in place whole: another thread must never find a drill without its clock.
        _paces = {
            row.name: Pace(row.real_at, row.told_at, row.rate, row.closed_at is not None)
            for row in Realm.objects.all()
        }
        _read_at = time.monotonic()
    return _paces


def forget() -> None:
    """Read the clocks anew at the next question."""
    global _read_at  # noqa: PLW0603 -- a cache of this process
    _read_at = float("-inf")


def set_clock(realm: str, told_at: datetime, *, rate: int) -> None:
    """Set a realm's clock. The caller has made sure that this realm may be set."""
    values: dict[str, Any] = {"real_at": real(), "told_at": told_at, "rate": rate}
    Realm.objects.update_or_create(name=realm, defaults=values)
    forget()
