from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.monitoring.signals.crossings import Bound, Sample, spells

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
