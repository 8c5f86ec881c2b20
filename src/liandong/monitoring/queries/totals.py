"""What a series came to, by hour, day, month and year, and how other years were."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.timezone import localtime

from liandong.monitoring.models import DayTotal, HourTotal, Series
from liandong.monitoring.states import FALLEN

HOURS_SHOWN = 48
DAYS_SHOWN = 31
MONTHS_SHOWN = 12
THOUSANDTH = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class _Part:
    """What is known of a day or an hour."""

    count: int
    low: Decimal | None
    high: Decimal | None
    total: Decimal | None


@dataclass(frozen=True)
class Period:
    """A stretch of time: its sum or mean, its extremes, and what the same stretch was in other years."""

    label: str
    count: int
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    at_eight: Decimal | None = None
    last_year: Decimal | None = None
    usual: Decimal | None = None
    years: int = 0

    @property
    def departure(self) -> Decimal | None:
        """By how many percent it differs from what is usual."""
        if self.value is None or not self.usual:
            return None
        return ((self.value - self.usual) * 100 / abs(self.usual)).quantize(Decimal("0.1"))


Days = dict[date, _Part]
Key = Callable[[int], Hashable]


def hours_of(series: Series, realm: str, now: datetime) -> list[Period]:
    """The last two days by the hour, newest first."""
    since = now - timedelta(hours=HOURS_SHOWN)
    rows = HourTotal.objects.filter(realm=realm, series=series, at__gte=since, at__lte=now)
    return [
        _period(series, f"{localtime(row.at):%m-%d %H:00}", [_part(row)])
        for row in rows.filter(count__gt=0).order_by("-at")
    ]


def days_of(series: Series, realm: str, today: date) -> list[Period]:
    """The last days, newest first, beside the same days of other years."""
    days = _by_day(series, realm)
    groups: dict[Hashable, Days] = {
        (day.year, day.month, day.day): {day: days[day]} for day in days
    }
    wanted = [today - timedelta(days=back) for back in range(DAYS_SHOWN)]
    rows = DayTotal.objects.filter(realm=realm, series=series, on__in=wanted)
    eight = dict(rows.values_list("on", "at_eight"))
    return [
        replace(
            _compared(series, f"{day}", day.year, groups, _day_key(day)), at_eight=eight[day]
        )
        for day in wanted
        if day in days
    ]


def months_of(series: Series, realm: str, today: date) -> list[Period]:
    """The last twelve months, newest first, beside the same months of other years."""
    groups: dict[Hashable, Days] = defaultdict(dict)
    for day, part in _by_day(series, realm).items():
        groups[day.year, day.month][day] = part
    last = today.year * 12 + today.month - 1
    wanted = [((last - back) // 12, (last - back) % 12 + 1) for back in range(MONTHS_SHOWN)]
    return [
        _compared(series, f"{year}-{month:02}", year, groups, _month_key(month), today)
        for year, month in wanted
        if (year, month) in groups
    ]


def years_of(series: Series, realm: str, today: date) -> list[Period]:
    """Every year, newest first, beside the mean of the others; of this year as far as it has gone."""
    groups: dict[Hashable, Days] = defaultdict(dict)
    for day, part in _by_day(series, realm).items():
        groups[day.year][day] = part
    years = sorted({day.year for days in groups.values() for day in days}, reverse=True)
    return [
        _compared(series, str(year), year, groups, lambda one: one, today) for year in years
    ]


def _day_key(day: date) -> Key:
    return lambda year: (year, day.month, day.day)


def _month_key(month: int) -> Key:
    return lambda year: (year, month)


def _by_day(series: Series, realm: str) -> Days:
    """All its days: a row a day, ten thousand in thirty years."""
    rows = DayTotal.objects.filter(realm=realm, series=series, count__gt=0)
    return {
        on: _Part(count, low, high, total)
        for on, count, low, high, total in rows.values_list(
            "on", "count", "low", "high", "total"
        )
    }


def _part(row: HourTotal) -> _Part:
    return _Part(row.count, row.low, row.high, row.total)


def _compared(
    series: Series,
    label: str,
    year: int,
    groups: Mapping[Hashable, Days],
    key: Key,
    today: date | None = None,
) -> Period:
    """A stretch of a year beside the same stretch of the others; one that is not over, as far as it has gone."""
    own = groups[key(year)]
    until = (today.month, today.day) if today and today in _stretch(own, today) else None
    years = sorted({day.year for days in groups.values() for day in days} - {year})
    others = {
        other: value
        for other in years
        if (value := _value(series, _upto(groups.get(key(other), {}), until))) is not None
    }
    usual = sum(others.values(), Decimal()) / len(others) if others else None
    found = _period(series, label, list(own.values()))
    return replace(
        found,
        last_year=others.get(year - 1),
        usual=usual.quantize(THOUSANDTH) if usual is not None else None,
        years=len(others),
    )


def _stretch(days: Days, today: date) -> set[date]:
    """Today, where the stretch goes on."""
    return {today} if days and max(days) >= today - timedelta(days=1) else set()


def _upto(days: Days, until: tuple[int, int] | None) -> list[_Part]:
    return [
        part for day, part in days.items() if until is None or (day.month, day.day) <= until
    ]


def _value(series: Series, parts: Sequence[_Part]) -> Decimal | None:
    """The sum of what falls; of all else the mean."""
    count = sum(part.count for part in parts)
    if not count:
        return None
    total = sum((part.total or Decimal() for part in parts), Decimal())
    return total if series.quantity in FALLEN else (total / count).quantize(THOUSANDTH)


def _period(series: Series, label: str, parts: Sequence[_Part]) -> Period:
    lows = [part.low for part in parts if part.low is not None]
    highs = [part.high for part in parts if part.high is not None]
    return Period(
        label=label,
        count=sum(part.count for part in parts),
        value=_value(series, parts),
        low=min(lows, default=None),
        high=max(highs, default=None),
    )
