"""A length of time in a form."""

from datetime import timedelta
from typing import Any

from django import forms

LONGEST_MINUTES = 60 * 24 * 30


def minutes_in(span: timedelta | None) -> int | None:
    """How many minutes a length of time has, as the field shows it."""
    return int(span.total_seconds() // 60) if span else None


class MinutesField(forms.IntegerField):
    """A length in minutes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=LONGEST_MINUTES, **kwargs)

    def clean(self, value: Any) -> timedelta | None:
        """Minutes as a length of time; none for none."""
        minutes = super().clean(value)
        return timedelta(minutes=minutes) if minutes else None
