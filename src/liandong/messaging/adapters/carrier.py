"""What a channel is given, what it answers, and the three ways in which it may fail."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from liandong.kernel.events import NotYetError


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A message made ready for one address. ``key`` is the same for every try of one receipt."""

    key: str
    address: str
    name: str
    subject: str
    text: str
    urgent: bool
    at: datetime


class AwayError(NotYetError):
    """Surely nothing went out, and it may work later."""


class RefusedError(Exception):
    """Surely nothing went out, and trying again would not help."""


class DoubtfulError(Exception):
    """It was cut off at a point where nobody can say whether it went out."""


class Carrier(Protocol):
    """Carries letters out. Returning means that the other side has taken the letter."""

    def send(self, letter: Letter) -> None:
        """Hand over one letter. Raises ``AwayError``, ``RefusedError`` or ``DoubtfulError``."""
        ...
