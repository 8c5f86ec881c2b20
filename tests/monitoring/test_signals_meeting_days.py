from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as some

from liandong.kernel.working_days import is_working
from liandong.monitoring.signals.meeting_days import MONTHS, meeting_day, next_meeting_day


def test_a_shorter_month_has_its_last_day():
    assert meeting_day(2026, 2, 31, lambda _day: None) == date(2026, 2, 28)


def test_a_day_off_waits_for_a_working_day():
    # 国庆放假八天。
    assert meeting_day(2025, 10, 1, is_working) == date(2025, 10, 9)


def test_only_in_the_months_named():
    april = next_meeting_day([4], 5, date(2026, 4, 30), lambda _day: None)

    assert april == date(2027, 4, 5)


def test_a_day_pushed_into_the_next_month_is_not_lost():
    def works(day):
        return day >= date(2026, 2, 3)

    assert next_meeting_day(list(MONTHS), 31, date(2026, 2, 1), works) == date(2026, 2, 3)


@given(
    some.sets(some.sampled_from(list(MONTHS)), min_size=1),
    some.integers(1, 31),
    some.dates(date(2000, 1, 1), date(2080, 1, 1)),
)
def test_it_comes_every_year_and_always_later(months, day, after):
    found = next_meeting_day(months, day, after, lambda _day: None)

    assert after < found <= after + timedelta(days=400)
    assert found.month in months
