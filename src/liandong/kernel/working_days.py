"""Working days by the calendar of the State Council: deadlines that law counts in 工作日.

The calendar of a year comes out near the end of the year before. What reaches into a year whose
calendar is not there has no answer: None, never a guess.
"""

from datetime import date, timedelta

import chinese_calendar

ONE = timedelta(days=1)


def is_working(day: date) -> bool | None:
    """Whether people work on a day; None where the year's calendar is not there."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None


def after(day: date, count: int) -> date | None:
    """The last of so many working days, the first being the one after ``day``."""
    while count:
        day += ONE
        works = is_working(day)
        if works is None:
            return None
        count -= works
    return day


def between(day: date, end: date) -> int | None:
    """How many working days are left after ``day`` until ``end``, that one included; below zero once it is over."""
    if end < day:
        over = between(end, day)
        return None if over is None else -over
    found = [is_working(day + n * ONE) for n in range(1, (end - day).days + 1)]
    return None if None in found else sum(map(bool, found))
