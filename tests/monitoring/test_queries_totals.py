from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from liandong.monitoring.models import DayTotal, HourTotal
from liandong.monitoring.queries import days_of, hours_of, months_of, years_of

pytestmark = pytest.mark.django_db
TODAY = date(2012, 8, 5)


def lay(series, on, total, count=24):
    DayTotal.objects.create(
        realm="actual", series=series, on=on, count=count, low=1, high=9, total=total
    )


def told(periods):
    return [(one.label, one.value, one.last_year, one.usual, one.years) for one in periods]


def test_a_day_is_beside_the_same_day_of_other_years(rain):
    for year, total in ((2010, 10), (2011, 20), (2012, 30)):
        lay(rain, date(year, 8, 5), total)

    (day,) = days_of(rain, "actual", TODAY)

    assert told([day]) == [("2012-08-05", 30, 20, 15, 2)]
    assert day.departure == Decimal("100.0")


def test_a_month_that_goes_on_is_beside_as_much_of_the_others(rain):
    for year in (2011, 2012):
        for day in range(1, 32):
            if date(year, 8, day) <= TODAY:
                lay(rain, date(year, 8, day), 2)
    lay(rain, date(2012, 7, 1), 7)

    assert told(months_of(rain, "actual", TODAY)) == [
        ("2012-08", 10, 10, 10, 1),
        ("2012-07", 7, None, None, 0),
    ]


def test_a_year_that_goes_on_is_beside_as_much_of_the_others(flow):
    lay(flow, date(2011, 3, 1), 240)
    lay(flow, date(2011, 12, 1), 2400)
    lay(flow, date(2012, 8, 5), 480)

    (this, last) = years_of(flow, "actual", TODAY)

    assert (this.value, this.last_year, last.value) == (20, 10, 55)


def test_hours_are_the_last_two_days(rain):
    now = datetime.fromisoformat("2012-08-05T12:00:00+08:00")
    for back in (1, 50):
        HourTotal.objects.create(
            realm="actual",
            series=rain,
            at=now - timedelta(hours=back),
            count=1,
            total=3,
            low=3,
            high=3,
        )

    assert [(one.label, one.value) for one in hours_of(rain, "actual", now)] == [
        ("08-05 11:00", 3)
    ]


def test_nothing_is_known_of_a_leap_day_in_other_years(rain):
    lay(rain, date(2012, 2, 29), 5)
    lay(rain, date(2011, 2, 28), 5)

    (day, *_rest) = days_of(rain, "actual", date(2012, 2, 29))

    assert (day.label, day.years) == ("2012-02-29", 0)
