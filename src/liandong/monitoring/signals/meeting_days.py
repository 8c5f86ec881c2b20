"""On which days a joint meeting falls that comes again in certain months."""

import calendar
from collections.abc import Collection
from datetime import date, timedelta

from liandong.monitoring.signals.periods import Works

MONTHS = range(1, 13)
MOST_PUSHED = 30


def meeting_day(year: int, month: int, day: int, works: Works) -> date:
    """The day in a month, its last where it is shorter; on a day off the next that is known to be worked."""
    first = date(year, month, min(day, calendar.monthrange(year, month)[1]))
    days = (first + timedelta(days=n) for n in range(MOST_PUSHED))
    return next((one for one in days if works(one) is not False), first)


def next_meeting_day(months: Collection[int], day: int, after: date, works: Works) -> date:
    """The first such day later than ``after``."""
    # A day pushed out of its month may still lie ahead: the month before is looked at too.
    year, month = (after.year, after.month - 1) if after.month > 1 else (after.year - 1, 12)
    for _n in range(15):
        if month in months and (found := meeting_day(year, month, day, works)) > after:
            return found
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    raise ValueError("no month is named")
