"""Working days by the calendar of the State Council: deadlines that law counts in 工作日.

The calendar of a year comes out near the end of the year before. Years the package does not hold
are asked of those who registered with ``entered_in``; what reaches into a year that nobody knows
has no answer: None, never a guess.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import chinese_calendar

ONE = timedelta(days=1)
SATURDAY = 5


class DayKind(StrEnum):
    """What a day is: people work, or have a weekend, or one of the holidays."""

    WORKING = "working"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


@dataclass(frozen=True)
class Year:
    """A year's calendar as it was published: the days off, and the weekends made up for."""

    holidays: frozenset[date]
    workdays: frozenset[date]

    def kind(self, day: date) -> DayKind:
        """What a day of this year is."""
        if day in self.holidays:
            return DayKind.HOLIDAY
        weekend = day.weekday() >= SATURDAY and day not in self.workdays
        return DayKind.WEEKEND if weekend else DayKind.WORKING


_entered: list[Callable[[int], Year | None]] = []


def entered_in(source: Callable[[int], Year | None]) -> Callable[[int], Year | None]:
    """Ask this of years that the package does not hold."""
    _entered.append(source)
    return source


def is_published(year: int) -> bool:
    """Whether the package holds the calendar of a year."""
    return _published(date(year, 1, 1)) is not None


def kinds(first: date, last: date) -> dict[date, DayKind | None]:
    """What each of several days is, both ends included; None where the year's calendar is not there.

    Each year that was entered is asked for once.
    """
    years: dict[int, Year | None] = {}
    return {
        day: _kind(day, years)
        for day in (first + n * ONE for n in range((last - first).days + 1))
    }


def is_working(day: date) -> bool | None:
    """Whether people work on a day; None where the year's calendar is not there."""
    return _works(day, {})


def after(day: date, count: int) -> date | None:
    """The last of so many working days, the first being the one after ``day``."""
    years: dict[int, Year | None] = {}
    while count:
        day += ONE
        works = _works(day, years)
        if works is None:
            return None
        count -= works
    return day


def between(day: date, end: date) -> int | None:
    """How many working days are left after ``day`` until ``end``, that one included; below zero once it is over."""
    if end < day:
        over = between(end, day)
        return None if over is None else -over
    found = kinds(day + ONE, end).values()
    return None if None in found else sum(one == DayKind.WORKING for one in found)


def _works(day: date, years: dict[int, Year | None]) -> bool | None:
    kind = _kind(day, years)
    return None if kind is None else kind == DayKind.WORKING


def _kind(day: date, years: dict[int, Year | None]) -> DayKind | None:
    kind = _published(day)
    if kind is not None:
        return kind
    if day.year not in years:
        answers = (source(day.year) for source in _entered)
        years[day.year] = next((one for one in answers if one), None)
    year = years[day.year]
    return year.kind(day) if year else None


def _published(day: date) -> DayKind | None:
    try:
        is_off, name = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError:
        return None
    if not is_off:
        return DayKind.WORKING
    return DayKind.HOLIDAY if name else DayKind.WEEKEND
