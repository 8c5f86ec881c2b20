from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.plans.language import Known, grade, load, next_turn

PLAN = """
language: 1
plan: town
title: 示例县城区排涝预案
kind: special
hazard: 11A
headquarters: flood-hq
levels:
  IV:
    source: {{status: assumed}}
    when: {{any: [{condition}]}}
    decides: {{all_of: [flood-office.director]}}
    expected: P1D
    steps:
      - {{id: watch, do: order, to: water, text: 看守, acknowledge_within: PT5M, finish_within: PT1H}}
"""
NOW = datetime(2026, 7, 14, 4, tzinfo=UTC)


def plan(condition, more=""):
    return load(PLAN.format(condition=condition) + more)


def hours_ago(n, *earlier, value=True):
    return Known(value=value, at=NOW - timedelta(hours=n), earlier=earlier)


def test_what_held_for_two_hours_has_held_for_three_in_one_hour():
    lowest = plan("{smoke_out: true, within: PT3H, taken: lowest}")

    assert next_turn(lowest, {"smoke_out": hours_ago(2)}, NOW) == NOW + timedelta(hours=1)
    assert next_turn(lowest, {"smoke_out": hours_ago(4)}, NOW) is None
    assert next_turn(lowest, {}, NOW) is None


def test_of_several_values_the_first_to_fall_out_counts_in_every_township():
    total = plan("{relocated: {at_least: 300}, within: P1D, taken: total}")
    facts = {
        "relocated": hours_ago(1, hours_ago(20, value=100), value=200),
        "relocated@hekou": hours_ago(23, value=50),
    }

    assert next_turn(total, facts, NOW) == NOW + timedelta(hours=1)


def test_without_a_time_to_look_back_on_nothing_turns():
    assert next_turn(plan("{smoke_out: true}"), {"smoke_out": hours_ago(2)}, NOW) is None


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-01-20T12:00+08:00", "2026-02-01T00:00+08:00"),
        ("2026-02-01T00:00+08:00", "2026-06-01T00:00+08:00"),
        ("2026-06-01T00:00+08:00", "2027-02-01T00:00+08:00"),
    ],
)
def test_a_period_turns_at_midnight_of_the_county(now, expected):
    seasonal = plan(
        "{sensitive: true}", "periods: [{fact: sensitive, since: 02-01, until: 05-31}]\n"
    )

    turn = next_turn(seasonal, {}, datetime.fromisoformat(now))

    assert turn == datetime.fromisoformat(expected)


told = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 3)), max_size=4, unique_by=lambda x: x[0]
)


@given(told, st.sampled_from(["total", "rise", "highest", "lowest"]), st.integers(1, 30))
def test_between_now_and_the_turn_nothing_changes(values, taken, window):
    rising = plan(f"{{relocated: {{at_least: 2}}, within: PT{window}H, taken: {taken}}}")
    rows = [
        Known(value=v, at=NOW - timedelta(hours=h)) for h, v in sorted(values, reverse=True)
    ]
    facts = {}
    if rows:
        *earlier, last = rows
        facts["relocated"] = Known(value=last.value, at=last.at, earlier=tuple(earlier))

    turn = next_turn(rising, facts, NOW) or NOW + timedelta(days=10)
    moments = [NOW + (turn - NOW) * part / 7 for part in range(7)]

    verdicts = {grade(rising, facts, at=one).levels[0].verdict for one in moments}
    assert len(verdicts) == 1
