"""Periods that units file statistics for: which days one covers, when it is due, what it is called."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from liandong.kernel.wording import gettext as _

ONE = timedelta(days=1)
MOST_PUSHED = 30
DAILY, WEEKLY, TEN_DAY, MONTHLY, QUARTERLY = (
    "daily",
    "weekly",
    "ten_day",
    "monthly",
    "quarterly",
)
SUNDAY = 7
# None where nobody knows the year's calendar.
Works = Callable[[date], bool | None]


class Span(NamedTuple):
    """The days of one period, both ends included."""

    from_on: date
    until_on: date


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """How often something is filed, and when.

    ``ends_weekday`` is the day a week ends on, Monday being 1. ``due_days`` after a period's last
    day, at ``due_time``; with ``on_working_days`` a deadline on a day off waits for the next
    working day.
    """

    period: str
    due_days: int
    due_time: time
    ends_weekday: int = SUNDAY
    on_working_days: bool = False


def span_with(schedule: Schedule, day: date) -> Span:
    """The period that a day lies in."""
    if schedule.period == DAILY:
        return Span(day, day)
    if schedule.period == WEEKLY:
        until = day + (schedule.ends_weekday - day.isoweekday()) % 7 * ONE
        return Span(until - 6 * ONE, until)
    if schedule.period == TEN_DAY:
        first = min((day.day - 1) // 10, 2) * 10 + 1
        begin = day.replace(day=first)
        return Span(begin, _month_end(day) if first > 20 else begin + 9 * ONE)
    if schedule.period == MONTHLY:
        return Span(day.replace(day=1), _month_end(day))
    begin = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return Span(begin, _month_end(begin.replace(month=begin.month + 2)))


def spans_ending(schedule: Schedule, first: date, last: date) -> Iterator[Span]:
    """The periods whose last day lies between two days, both included, the earliest first."""
    span = span_with(schedule, first)
    while span.until_on <= last:
        yield span
        span = span_with(schedule, span.until_on + ONE)


def spans_back(schedule: Schedule, span: Span, count: int) -> list[Span]:
    """So many periods up to one, the earliest first."""
    found = [span]
    while len(found) < count:
        found.append(span_with(schedule, found[-1].from_on - ONE))
    return found[::-1]


def year_before(schedule: Schedule, span: Span) -> Span:
    """The same period of the year before: a week by its weekdays, others by the calendar."""
    if schedule.period in {DAILY, WEEKLY}:
        return Span(span.from_on - 364 * ONE, span.until_on - 364 * ONE)
    return span_with(schedule, span.from_on.replace(year=span.from_on.year - 1))


def due_at(schedule: Schedule, span: Span, works: Works) -> datetime:
    """When a period is due, by the county's wall clock. A calendar nobody knows moves nothing."""
    day = span.until_on + schedule.due_days * ONE
    if schedule.on_working_days:
        days = (day + n * ONE for n in range(MOST_PUSHED))
        day = next((one for one in days if works(one) is not False), day)
    return datetime.combine(day, schedule.due_time)


def span_text(period: str, span: Span) -> str:
    """What people call a period."""
    at = {"year": span.from_on.year, "month": span.from_on.month, "day": span.from_on.day}
    if period == DAILY:
        return _("%(year)d年%(month)d月%(day)d日") % at
    if period == TEN_DAY:
        part = (_("上旬"), _("中旬"), _("下旬"))[(span.from_on.day - 1) // 10]
        return _("%(year)d年%(month)d月%(part)s") % {**at, "part": part}
    if period == MONTHLY:
        return _("%(year)d年%(month)d月") % at
    if period == QUARTERLY:
        return _("%(year)d年第%(n)d季度") % {**at, "n": (span.from_on.month + 2) // 3}
    end = {"to_month": span.until_on.month, "to_day": span.until_on.day}
    return _("%(year)d年%(month)d月%(day)d日至%(to_month)d月%(to_day)d日") % {**at, **end}


def span_short(period: str, span: Span) -> str:
    """What a period is called at the head of a narrow column, where the year goes without saying."""
    if period == DAILY:
        return f"{span.from_on.month}/{span.from_on.day}"
    if period == WEEKLY:
        days = (span.from_on, span.until_on)
        return "–".join(f"{one.month}/{one.day}" for one in days)
    if period == TEN_DAY:
        part = (_("上旬"), _("中旬"), _("下旬"))[(span.from_on.day - 1) // 10]
        return _("%(month)d月%(part)s") % {"month": span.from_on.month, "part": part}
    return span_text(period, span)


def _month_end(day: date) -> date:
    return (day.replace(day=28) + 4 * ONE).replace(day=1) - ONE
