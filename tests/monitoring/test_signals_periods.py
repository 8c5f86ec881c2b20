from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from liandong.kernel.working_days import is_working
from liandong.monitoring.signals.periods import (
    Schedule,
    Span,
    due_at,
    span_short,
    span_text,
    span_with,
    spans_back,
    spans_ending,
    year_before,
)

PERIODS = ("daily", "weekly", "ten_day", "monthly", "quarterly")
DAYS = some.dates(min_value=date(2000, 1, 1), max_value=date(2090, 1, 1))


def every(period, **more):
    return Schedule(**({"period": period, "due_days": 1, "due_time": time(10, 0)} | more))


@given(some.sampled_from(PERIODS), some.integers(1, 7), DAYS)
def test_every_day_lies_in_one_period_and_none_is_left_out(period, ends, day):
    schedule = every(period, ends_weekday=ends)

    span = span_with(schedule, day)
    after = span_with(schedule, span.until_on + timedelta(days=1))

    assert span.from_on <= day <= span.until_on
    assert after.from_on == span.until_on + timedelta(days=1)
    assert {span_with(schedule, span.from_on), span_with(schedule, span.until_on)} == {span}


@pytest.mark.parametrize(
    ("period", "day", "span"),
    [
        ("weekly", date(2026, 7, 8), Span(date(2026, 7, 6), date(2026, 7, 12))),
        ("ten_day", date(2024, 2, 25), Span(date(2024, 2, 21), date(2024, 2, 29))),
        ("ten_day", date(2026, 7, 31), Span(date(2026, 7, 21), date(2026, 7, 31))),
        ("monthly", date(2026, 12, 31), Span(date(2026, 12, 1), date(2026, 12, 31))),
        ("quarterly", date(2026, 11, 5), Span(date(2026, 10, 1), date(2026, 12, 31))),
    ],
)
def test_periods_are_those_of_the_calendar(period, day, span):
    assert span_with(every(period), day) == span


def test_a_week_may_end_on_friday():
    schedule = every("weekly", ends_weekday=5, due_days=0, due_time=time(17, 0))

    span = span_with(schedule, date(2026, 7, 8))

    assert span == Span(date(2026, 7, 4), date(2026, 7, 10))
    assert f"{due_at(schedule, span, is_working):%F %R}" == "2026-07-10 17:00"


def test_a_deadline_on_a_day_off_waits_for_the_next_working_day():
    schedule = every("monthly", due_days=1, on_working_days=True)
    september = span_with(schedule, date(2025, 9, 3))

    # 国庆放假八天,9 日上班。
    assert f"{due_at(schedule, september, is_working):%F %R}" == "2025-10-09 10:00"


def test_a_calendar_nobody_knows_moves_nothing():
    schedule = every("monthly", on_working_days=True)
    span = span_with(schedule, date(2090, 1, 1))

    assert f"{due_at(schedule, span, lambda _day: None):%F %R}" == "2090-02-01 10:00"


def test_the_same_period_a_year_before():
    week = span_with(every("weekly"), date(2026, 7, 8))
    leap = span_with(every("ten_day"), date(2024, 2, 29))

    assert year_before(every("weekly"), week).from_on == date(2025, 7, 7)
    assert year_before(every("ten_day"), leap) == Span(date(2023, 2, 21), date(2023, 2, 28))


def test_periods_back_and_those_that_end_in_a_time():
    schedule = every("monthly")
    march = span_with(schedule, date(2026, 3, 1))

    assert [one.from_on.month for one in spans_back(schedule, march, 3)] == [1, 2, 3]
    assert [
        one.from_on.month
        for one in spans_ending(schedule, date(2026, 1, 20), date(2026, 3, 30))
    ] == [1, 2]


@pytest.mark.parametrize(
    ("period", "words", "short"),
    [
        ("daily", "2026年7月8日", "7/8"),
        ("weekly", "2026年7月6日至7月12日", "7/6–7/12"),
        ("ten_day", "2026年7月上旬", "7月上旬"),
        ("monthly", "2026年7月", "2026年7月"),
        ("quarterly", "2026年第3季度", "2026年第3季度"),
    ],
)
def test_what_people_call_it(period, words, short):
    span = span_with(every(period), date(2026, 7, 8))

    assert (span_text(period, span), span_short(period, span)) == (words, short)
