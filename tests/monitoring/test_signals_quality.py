from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.monitoring.signals.quality import (
    DOUBTS,
    Before,
    Flag,
    Limits,
    Point,
    is_calm,
    judge,
    longest_run,
    run_at_end,
)

START = datetime(2026, 7, 1, tzinfo=UTC)
LEVEL = Limits(low=-10, high=9000, jump=5, dry_jump=1.5, has_units=True)
RAIN = Limits(low=0, high=500, stuck=3)


def points(values, *, step=60):
    return [Point(START + timedelta(minutes=step * n), value) for n, value in enumerate(values)]


def flagged(values, limits=LEVEL, **more):
    return judge(points(values), limits, **more)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ([43.1, 43.2, 43.3], [0, 0, 0]),
        ([43.1, 53.2, 43.3], [0, Flag.SPIKE, 0]),
        ([43.1, 53.2], [0, Flag.SPIKE]),  # until the next one bears it out
        ([43.1, 53.2, 53.4], [0, 0, 0]),
        ([43.1, 4312, 4313, 4314, 43.1], [0, Flag.UNIT, Flag.UNIT, Flag.UNIT, 0]),
        ([43.1, 4.31, 43.2], [0, Flag.UNIT, 0]),
        ([0.5, 2.0, 2.1], [0, 0, 0]),
    ],
)
def test_a_reading_is_measured_by_its_neighbours(values, told):
    assert flagged(values) == told


def test_a_level_that_jumps_without_rain_wants_bearing_out():
    assert flagged([43.1, 45.5], is_dry=True) == [0, Flag.DRY]
    assert flagged([43.1, 45.5, 45.7], is_dry=True) == [0, 0, 0]
    assert flagged([43.1, 45.5], is_dry=False) == [0, 0]
    assert flagged([45.5, 43.1], is_dry=True) == [0, 0]


def test_equal_readings_are_too_many_from_the_third_on_and_dry_days_never():
    assert flagged([2, 2, 2, 2, 3], RAIN) == [0, 0, Flag.STUCK, Flag.STUCK, 0]
    assert flagged([0, 0, 0, 0], RAIN) == [0, 0, 0, 0]


def test_after_a_long_silence_a_jump_says_nothing():
    assert judge(points([43.1, 53.2], step=60 * 25), LEVEL) == [0, 0]


def test_what_a_person_settled_stays_and_is_a_measure_for_others():
    row = points([43.1, 4312, 4313])
    row[1].is_confirmed = True

    assert judge(row, LEVEL) == [0, 0, 0]


def test_what_a_person_rejected_is_as_if_it_were_not_there():
    row = points([43.1, 53.2, 53.3])
    row[2].is_rejected = True

    assert judge(row, LEVEL) == [0, Flag.SPIKE, 0]


def test_those_that_are_given_are_only_looked_back_on():
    row = points([43.1, 53.2, 43.2])
    row[1].flags = Flag.SPIKE

    assert judge(row, LEVEL, given=2) == [0, Flag.SPIKE, 0]


@pytest.mark.parametrize(
    ("values", "before", "limits", "told"),
    [
        ([43.1, 43.2], None, LEVEL, True),
        ([43.1, 46.2], None, LEVEL, False),
        ([43.1], Before(41.0, 1), LEVEL, False),
        ([-11.0], None, LEVEL, False),
        ([2, 2], None, RAIN, True),
        ([2, 2], Before(2, 1), RAIN, False),
        ([0, 0, 0], Before(0, 9), RAIN, True),
    ],
)
def test_calm_is_told_without_looking_at_each(values, before, limits, told):
    assert is_calm(values, before, limits) is told


def test_runs_go_on_from_what_was_before():
    assert run_at_end([1, 2, 2], Before(2, 4)) == 2
    assert run_at_end([2, 2], Before(2, 4)) == 6
    assert longest_run([2, 2, 3], Before(2, 4), RAIN) == 6


@given(st.lists(st.sampled_from([0, 1, 2, 3, 8, 43, 430, 4300]), min_size=1, max_size=20))
def test_what_is_calm_has_no_flags(values):
    limits = Limits(low=0, high=4000, jump=5, dry_jump=1.5, stuck=4, has_units=True)

    doubts = [flag & DOUBTS for flag in judge(points(values), limits)]

    assert not is_calm(values, None, limits) or not any(doubts)
