"""Times of the year, by month and day, as SL 323 writes them (MMDD)."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

BEIJING = timezone(timedelta(hours=8))
DAYS = {
    **dict.fromkeys(("01", "03", "05", "07", "08", "10", "12"), 31),
    **dict.fromkeys(("04", "06", "09", "11"), 30),
    "02": 29,
}


@dataclass(frozen=True)
class Season:
    """From one day of the year to another, both in it; over the year's end if they stand so.

    Blank is the whole year. One that ends on 28 February has the 29th in it: it means the month's end.
    """

    first: str = ""
    last: str = ""

    def holds(self, at: datetime) -> bool:
        """Say whether a moment lies in it, by the calendar of Beijing."""
        if not self.first:
            return True
        day = f"{at.astimezone(BEIJING):%m%d}"
        last = "0229" if self.last == "0228" else self.last
        if self.first <= last:
            return self.first <= day <= last
        return day >= self.first or day <= last


def is_day(text: str) -> bool:
    """Say whether four digits are a month and a day that some year has."""
    return bool(re.fullmatch(r"[0-9]{4}", text)) and 1 <= int(text[2:]) <= DAYS.get(text[:2], 0)


def meets(one: Season, other: Season) -> bool:
    """Say whether two seasons share a day."""
    if not one.first or not other.first:
        return True
    starts_in = Season(one.first, one.last).holds(_day(other.first))
    return starts_in or Season(other.first, other.last).holds(_day(one.first))


def _day(text: str) -> datetime:
    """A moment on that day, in a year that has it."""
    return datetime(2024, int(text[:2]), int(text[2:]), 12, tzinfo=BEIJING)
