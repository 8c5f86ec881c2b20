from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.monitoring.signals.crossings import Bound, Sample, spells
from liandong.monitoring.signals.seasons import Season

START = datetime(2012, 8, 3, tzinfo=UTC)
WARNING = Bound(Decimal(100), Decimal(10), timedelta(hours=2))
values = st.lists(st.integers(80, 120), max_size=40)


def samples(values, *, incomplete=()):
    return [
        Sample(START + timedelta(hours=n), Decimal(value), n not in incomplete)
        for n, value in enumerate(values)
    ]


def hours(spell):
    end = spell.ended_at and (spell.ended_at - START) // timedelta(hours=1)
    return (spell.began_at - START) // timedelta(hours=1), end


@pytest.mark.parametrize(("value", "count"), [("99.999", 0), ("100", 1), ("100.001", 1)])
def test_reaching_the_bound_is_over_it(value, count):
    assert len(spells(samples([value]), WARNING)) == count


def test_it_ends_after_holding_below_the_margin_and_not_before():
    (spell,) = spells(samples([100, 89, 89, 89]), WARNING)

    assert hours(spell) == (0, 3)
    assert spell.value_at_end == 89


def test_hovering_between_margin_and_bound_does_not_end_it():
    (spell,) = spells(samples([100, 90, 95, 90, 99, 90]), WARNING)

    assert spell.ended_at is None


def test_rising_again_starts_the_hold_anew():
    (spell,) = spells(samples([100, 89, 89, 90, 89, 89]), WARNING)

    assert (hours(spell), spell.low_since) == ((0, None), START + timedelta(hours=4))


def test_an_incomplete_sample_begins_a_spell_and_never_ends_one():
    (spell,) = spells(samples([100, 0, 0, 0, 0], incomplete={0, 1, 2, 3, 4}), WARNING)

    assert spell.ended_at is None


def test_the_peak_is_kept_with_its_hour():
    (spell,) = spells(samples([100, 120, 110]), WARNING)

    assert (spell.value, spell.peak, spell.peak_at) == (100, 120, START + timedelta(hours=1))


def test_without_margin_and_hold_it_ends_at_the_first_sample_below():
    found = spells(samples([100, 99, 100, 50]), Bound(Decimal(100)))

    assert [hours(spell) for spell in found] == [(0, 1), (2, 3)]


@given(values, st.integers(0, 40))
def test_going_on_from_a_spell_is_the_same_as_never_having_stopped(values, cut):
    told = samples(values)
    first = spells(told[:cut], WARNING)
    open_one = first.pop() if first and first[-1].ended_at is None else None

    assert first + spells(told[cut:], WARNING, now=open_one) == spells(told, WARNING)


@given(values)
def test_every_spell_begins_over_the_bound_and_ends_below_the_margin(values):
    found = spells(samples(values), WARNING)

    assert all(spell.value >= 100 for spell in found)
    assert all(spell.value_at_end < 90 for spell in found if spell.ended_at)
    assert all(spell.ended_at for spell in found[:-1])


def test_a_floor_is_crossed_downward_and_ends_above_its_margin():
    floor = Bound(Decimal(100), Decimal(10), is_floor=True)

    (spell,) = spells(samples([120, 100, 80, 110, 111]), floor)

    assert (hours(spell), spell.peak) == ((1, 4), 80)


@pytest.mark.parametrize(("value", "count"), [("100", 0), ("99.999", 1)])
def test_what_stands_on_a_strict_bound_has_not_crossed_it(value, count):
    strict = Bound(Decimal(100), is_floor=True, is_strict=True)

    assert len(spells(samples([value]), strict)) == count


def test_it_begins_only_when_it_has_lasted():
    lasting = Bound(Decimal(100), lasting=timedelta(hours=2))

    (spell,) = spells(samples([100, 120, 99, 110, 105, 103, 103]), lasting)

    assert (hours(spell), spell.value, spell.peak) == ((5, None), 103, 110)


def test_a_silence_parts_what_was_over_before_it():
    lasting = Bound(Decimal(100), lasting=timedelta(hours=3), gap=timedelta(hours=3))
    told = samples([100, 100, 0, 0, 0, 0, 100])

    assert spells(told[:2] + told[6:], lasting) == []


def test_one_in_doubt_begins_nothing_and_ends_nothing():
    told = samples([120, 80, 80, 120])
    doubted = [replace(told[0], is_sure=False), *told[1:]]
    later = [told[0], *(replace(one, is_sure=False) for one in told[1:])]

    assert spells(doubted[:3], WARNING) == []
    assert spells(later, Bound(Decimal(100)))[0].ended_at is None


def test_three_in_doubt_one_after_the_other_bear_each_other_out():
    told = [replace(one, is_sure=False) for one in samples([120, 121, 122])]

    (spell,) = spells(told, WARNING)

    assert (hours(spell), spell.doubted) == ((2, None), 3)


def test_one_in_doubt_begins_a_spell_where_another_station_bears_it_out():
    told = [replace(one, is_sure=False, is_borne=True) for one in samples([120])]

    (spell,) = spells(told, WARNING)

    assert (spell.doubted, spells(told, Bound(Decimal(120), is_floor=True))) == (1, [])


def test_a_sensor_in_doubt_that_jumps_between_two_values_begins_nothing():
    told = [replace(one, is_sure=False) for one in samples([120, 80] * 20)]

    assert spells(told, WARNING) == []


def test_a_sensor_that_jumps_around_the_bound_is_one_crossing():
    found = spells(samples([101, 89] * 30), WARNING)

    assert [hours(spell) for spell in found] == [(0, None)]


def test_one_that_must_last_is_not_begun_by_jumping():
    assert (
        spells(samples([101, 89] * 30), Bound(Decimal(100), lasting=timedelta(hours=1))) == []
    )


def test_out_of_season_nothing_begins_and_what_goes_on_ends():
    summer = Bound(Decimal(100), season=Season("0601", "0803"))

    (spell,) = spells(samples([120] * 40), summer)  # it begins on 3 August, at eight in Beijing

    assert hours(spell) == (0, 16)


@given(
    st.lists(st.integers(80, 120), max_size=40),
    st.integers(0, 40),
    st.integers(0, 3),
    st.booleans(),
)
def test_going_on_after_as_far_back_as_it_reaches_is_the_same(values, cut, lasting, floor):
    bound = Bound(Decimal(100), Decimal(5), lasting=timedelta(hours=lasting), is_floor=floor)
    told = samples(values)
    first = spells(told[:cut], bound)
    open_one = first.pop() if first and first[-1].ended_at is None else None
    rest = told[cut:]
    if open_one is None and rest:
        last_end = max((s.ended_at for s in first), default=START - timedelta(days=9))
        since = rest[0].at - bound.reach
        rest = [one for one in told if one.at >= since and one.at > last_end]

    assert first + spells(rest, bound, now=open_one) == spells(told, bound)
