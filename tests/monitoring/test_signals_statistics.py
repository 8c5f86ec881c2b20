from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.monitoring.signals import statistics
from liandong.monitoring.signals.statistics import Measure, Told

START = datetime(2026, 6, 1, 16, tzinfo=UTC)
HOUR = timedelta(hours=1)
# Hours that were told, and how much: some are missing.
series = st.lists(st.one_of(st.none(), st.integers(-20, 40)), max_size=60)


def told(values):
    return [
        Told(START + HOUR * n, Decimal(value))
        for n, value in enumerate(values)
        if value is not None
    ]


def values_of(statistic, hours, values):
    measure = Measure(statistic, HOUR * hours)
    return [(sample.value, sample.is_complete) for sample in measure.samples(told(values))]


def within(rows, since, until, *, closed=False):
    return [r.value for r in rows if since < r.at <= until or (closed and r.at == since)]


def fall_of_minimum(rows, one, hours):
    edge = one.at - HOUR * hours
    now = within(rows, one.at - HOUR * 24, one.at)
    then = within(rows, edge - HOUR * 24, edge)
    return (min(then) - min(now), True) if min(len(now), len(then)) >= 18 else None


def mean(figures, hours):
    if len(figures) < hours * Decimal("0.75"):
        return None
    return (sum(figures) / len(figures)).quantize(Decimal("0.001")), True


def model(statistic, hours, rows):
    """Each window looked through from its beginning, one by one."""
    found = []
    for one in rows:
        some = within(rows, one.at - HOUR * hours, one.at)
        way = within(rows, one.at - HOUR * hours, one.at, closed=True)
        figures = {
            statistics.SUM: (sum(some), len(some) >= hours),
            statistics.MEAN: mean(some, hours),
            statistics.MAX: (max(some), len(some) >= hours),
            statistics.MIN: (min(some), len(some) >= hours),
            statistics.RISE: (one.value - min(way), len(way) > hours),
            statistics.FALL: (max(way) - one.value, len(way) > hours),
            statistics.MIN_FALL: fall_of_minimum(rows, one, hours),
        }
        if figures[statistic]:
            found.append((one.at, *figures[statistic]))
    return found


@pytest.mark.parametrize(
    "statistic",
    [
        statistics.SUM,
        statistics.MEAN,
        statistics.MAX,
        statistics.MIN,
        statistics.RISE,
        statistics.FALL,
        statistics.MIN_FALL,
    ],
)
@given(values=series, hours=st.integers(1, 26))
def test_each_window_is_what_looking_through_it_gives(statistic, values, hours):
    rows = told(values)

    samples = Measure(statistic, HOUR * hours).samples(rows)

    assert [(s.at, s.value, s.is_complete) for s in samples] == model(statistic, hours, rows)


def test_readings_are_their_own_figures():
    assert values_of(statistics.VALUE, 0, [3, None, 5]) == [(3, True), (5, True)]


def test_what_is_in_doubt_enters_no_window():
    rows = [*told([1, 1]), Told(START + HOUR * 2, Decimal(100), is_sure=False)]

    assert [s.value for s in Measure(statistics.SUM, HOUR * 3).samples(rows)] == [1, 2]
    assert [s.is_sure for s in Measure(statistics.VALUE).samples(rows)] == [True, True, False]


def test_a_gap_may_hide_a_lower_minimum_and_a_higher_maximum():
    low, high = (
        next(Measure(which, HOUR * 3).samples(told([1])))
        for which in (statistics.MIN, statistics.MAX)
    )

    assert (low.is_complete, low.further, high.further) == (False, -1, 1)


def test_three_hot_days_in_a_row_are_told_as_the_third_becomes_hot():
    day = [25] * 14 + [35] + [28] * 9  # 15:00 is the hottest
    cooler = [25] * 14 + [34] + [28] * 9
    measure = Measure(statistics.DAILY_MAX, timedelta(days=3))

    hot = [s.at for s in measure.samples(told(day * 3)) if s.value >= 35]
    broken = [s.at for s in measure.samples(told(day + cooler + day)) if s.value >= 35]

    assert (hot[0], broken) == (START + HOUR * (48 + 14), [])


def test_a_day_that_was_not_told_breaks_the_row():
    day = [36] * 24
    measure = Measure(statistics.DAILY_MAX, timedelta(days=3))

    assert list(measure.samples(told(day + [None] * 24 + day))) == []


def test_the_reach_holds_every_reading_that_decides():
    assert Measure(statistics.VALUE).reach == timedelta()
    assert Measure(statistics.SUM, HOUR * 3).reach == HOUR * 3
    assert Measure(statistics.MIN_FALL, HOUR * 48).reach == HOUR * 72
