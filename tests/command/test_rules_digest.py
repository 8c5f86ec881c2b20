from datetime import date, datetime, timedelta

import pytest
from django.utils.timezone import make_aware
from hypothesis import given
from hypothesis import strategies as st

from liandong.command.rules.digest import day_of, span_of
from liandong.command.states import DigestKind
from liandong.kernel.problems import Invalid

moments = st.integers(min_value=0, max_value=20 * 366 * 24 * 60).map(
    lambda minutes: at("2020-01-01T00:00") + timedelta(minutes=minutes)
)


def at(text):
    return make_aware(datetime.fromisoformat(text))


def test_before_eight_it_is_still_yesterdays_duty():
    assert day_of(at("2030-01-02T07:59")) == date(2030, 1, 1)
    assert day_of(at("2030-01-02T08:00")) == date(2030, 1, 2)


def test_the_last_whole_day_and_week_are_meant_if_none_is_named():
    now = at("2030-01-02T09:00")  # a Wednesday

    assert span_of(DigestKind.DAILY, now, None) == (
        at("2030-01-01T08:00"),
        at("2030-01-02T08:00"),
    )
    assert span_of(DigestKind.BULLETIN, now, None) == (at("2030-01-02T08:00"), now)
    assert span_of(DigestKind.WEEKLY, now, None) == (
        at("2029-12-24T08:00"),
        at("2029-12-31T08:00"),
    )


def test_what_is_not_over_yet_is_told_until_now():
    now = at("2030-01-02T09:00")

    assert span_of(DigestKind.DAILY, now, date(2030, 1, 2)) == (at("2030-01-02T08:00"), now)
    assert span_of(DigestKind.WEEKLY, now, date(2030, 1, 6)) == (at("2029-12-31T08:00"), now)


def test_a_day_that_has_not_begun_is_refused():
    with pytest.raises(Invalid):
        span_of(DigestKind.DAILY, at("2030-01-02T07:00"), date(2030, 1, 2))


@given(now=moments, kind=st.sampled_from([DigestKind.DAILY, DigestKind.WEEKLY]))
def test_days_and_weeks_follow_on_one_another(now, kind):
    start, end = span_of(kind, now, None)
    days = 7 if kind == DigestKind.WEEKLY else 1

    assert end - start == timedelta(days=days)
    assert end <= now
    assert span_of(kind, now, day_of(start)) == (start, end)
