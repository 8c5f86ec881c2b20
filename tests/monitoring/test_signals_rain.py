from datetime import UTC, datetime, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.monitoring.signals.rain import HOURS, Rain, rain_sums, steps_in

NOON = datetime(2012, 8, 3, 4, tzinfo=UTC)
depths = st.lists(
    st.integers(0, 99_999).map(lambda n: Decimal(n) / 1000), min_size=1, max_size=60
)


def hourly(depths, *, skip=()):
    return [
        Rain(NOON + timedelta(hours=n), Decimal(mm))
        for n, mm in enumerate(depths)
        if n not in skip
    ]


@given(depths)
def test_sums_are_those_of_a_plain_convolution(mm):
    values = np.array([int(depth * 1000) for depth in mm])

    sums = list(rain_sums(hourly(mm)))

    for width in HOURS:
        expected = np.convolve(values, np.ones(width, dtype=int))[: len(values)]
        assert [int(each[width].mm * 1000) for each in sums] == expected.tolist()


def test_a_window_is_open_at_its_beginning_and_closed_at_its_end():
    *_, last = rain_sums(hourly([7, 1, 1, 1]), hours=[3])

    assert last[3].mm == 3


def test_a_sum_over_a_gap_is_a_lower_bound_and_says_so():
    *_, last = rain_sums(hourly([5] * 12, skip={4}), hours=[3, 12])

    assert (last[3].is_complete, str(last[3])) == (True, "15 mm")
    assert (last[12].is_complete, str(last[12])) == (False, "至少 55 mm")


def test_the_first_hours_are_incomplete():
    complete = [each[3].is_complete for each in rain_sums(hourly([0] * 4), hours=[3])]

    assert complete == [False, False, True, True]


@pytest.mark.parametrize(
    ("hours", "minutes", "steps"), [(1, 60, 1), (12, 60, 12), (1, 5, 12), (1, 1440, 1)]
)
def test_steps_in_counts_what_a_full_window_holds(hours, minutes, steps):
    assert steps_in(hours, timedelta(minutes=minutes)) == steps
