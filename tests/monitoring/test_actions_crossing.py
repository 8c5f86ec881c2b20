import json
import random

import pytest

from liandong.kernel.journal.models import Entry
from liandong.monitoring import queries
from liandong.monitoring.models import Crossing
from liandong.monitoring.signals.crossings import Bound, Sample, spells
from liandong.monitoring.signals.rain import Rain, rain_sums
from liandong.monitoring.states import ThresholdKind
from tests.monitoring.conftest import bound, flowed, hour, rained, send
from tests.monitoring.people import gauge
from tests.monitoring.test_signals_rainstorm import FLOOD

pytestmark = pytest.mark.django_db


def told(name):
    rows = Entry.objects.filter(name=name).order_by("id")
    return [json.loads(row.payload.text) for row in rows]


def began(realm="actual"):
    """Level and hour in which each crossing began, and the one in which it ended."""
    rows = Crossing.objects.filter(realm=realm).select_related("threshold")
    return sorted(
        (
            row.threshold.level,
            (row.began_at - hour(0)).seconds // 3600,
            row.ended_at and (row.ended_at - hour(0)).total_seconds() // 3600,
        )
        for row in rows
    )


def test_reaching_the_bound_is_a_crossing_told_with_its_figures(flow, warning_line):
    send(flowed([900, "999.999", 1000, 1100]))

    (fact,) = told("monitoring.threshold_crossed")
    crossing = Crossing.objects.get()
    assert (crossing.began_at, crossing.value, crossing.peak) == (hour(2), 1000, 1100)
    assert (fact["subject_id"], fact["crossing_id"]) == (str(flow.pk), str(crossing.pk))
    assert (fact["station"], fact["kind"], fact["level"]) == ("出口", "warning", "黄")
    assert (fact["value"], fact["bound"], fact["unit"]) == ("1000", "1000", "m³/s")
    assert (fact["at"], fact["ended_at"]) == ("2012-08-02T18:00:00+00:00", "")


def test_below_the_bound_nothing_is_told(flow, warning_line):
    send(flowed(["999.999"] * 3))

    assert (began(), told("monitoring.threshold_crossed")) == ([], [])


def test_it_ends_below_the_margin_after_the_hold(flow, warning_line):
    send(flowed([1000, 950, 899, 899]))
    assert told("monitoring.threshold_cleared") == []

    send(flowed([850], since=4))

    (fact,) = told("monitoring.threshold_cleared")
    assert began() == [("黄", 0, 4)]
    assert (fact["value"], fact["peak"], fact["at"]) == (
        "850",
        "1000",
        "2012-08-02T20:00:00+00:00",
    )


def test_hovering_at_the_line_is_one_crossing(flow, warning_line):
    for n, value in enumerate([1000, 950, 1001, 899, 1000, 899, 950]):
        send(flowed([value], since=n))

    assert (began(), len(told("monitoring.threshold_crossed"))) == ([("黄", 0, None)], 1)


def test_a_crossing_goes_on_over_batches_and_keeps_its_peak(flow, warning_line):
    for n, value in enumerate([1000, 1500, 1200]):
        send(flowed([value], since=n))

    crossing = Crossing.objects.get()
    assert (crossing.peak, crossing.peak_at, crossing.seen_until) == (1500, hour(1), hour(2))


def test_the_flood_reaches_the_signals_at_the_hours_it_did(rain, signals):
    for n, mm in enumerate(FLOOD):
        send(rained([mm], since=n))

    assert began() == [("橙", 12, None), ("蓝", 11, None), ("黄", 11, None)]
    assert {fact["level"] for fact in told("monitoring.threshold_crossed")} == {
        "蓝",
        "黄",
        "橙",
    }


@pytest.mark.parametrize("seed", range(6))
def test_any_order_of_arrival_leaves_the_same_open(flow, warning_line, seed):
    chance = random.Random(seed)
    values = [chance.choice([700, 880, 920, 1000, 1300]) for _ in range(40)]
    readings = flowed(values)
    chance.shuffle(readings)
    for start in range(0, 40, 7):
        send(readings[start : start + 7])

    whole = spells(
        [Sample(reading.at, reading.value) for reading in flowed(values)],
        Bound(warning_line.bound, warning_line.clear_margin, hour(2) - hour(0)),
    )
    ends = {spell.ended_at for spell in whole}
    assert {row.ended_at for row in Crossing.objects.all()} >= ends
    assert queries.active_crossings("actual").count() == sum(s.ended_at is None for s in whole)


@pytest.mark.parametrize("size", [1, 5, 48])
def test_sums_in_the_database_are_those_of_the_pure_functions(rain, signals, size):
    chance = random.Random(7)
    mm = [chance.choice([0, 0, 3, 9, "16.7", 30]) for _ in range(48)]
    mm[20] = mm[33] = None
    readings = rained(mm)
    for start in range(0, len(readings), size):
        send(readings[start : start + size])

    sums = list(rain_sums([Rain(reading.at, reading.value) for reading in readings]))
    for row in signals.values():
        samples = [
            Sample(
                each[row.window_hours].at,
                each[row.window_hours].mm,
                each[row.window_hours].is_complete,
            )
            for each in sums
        ]
        expected = spells(samples, Bound(row.bound, row.clear_margin, hour(1) - hour(0)))
        found = row.crossings.order_by("began_at")
        assert [(c.began_at, c.ended_at, c.peak) for c in found] == [
            (spell.began_at, spell.ended_at, spell.peak) for spell in expected
        ]


def test_a_sum_over_a_gap_does_not_end_a_crossing(rain, signals):
    send(rained([0] * 12 + [60, 0, 0, None, 0, 0]))
    assert signals["橙"].crossings.get().ended_at is None

    send(rained([0], since=15))

    assert signals["橙"].crossings.get().ended_at == hour(16)


def test_a_late_reading_may_start_a_crossing_in_the_past(flow, warning_line):
    send(flowed([900, None, 899, 899, 899]))

    send(flowed([1200], since=1))

    (fact,) = told("monitoring.threshold_crossed")
    assert began() == [("黄", 1, 4)]
    assert fact["ended_at"] == "2012-08-02T20:00:00+00:00"
    assert len(told("monitoring.threshold_cleared")) == 1


def test_a_late_reading_takes_an_end_back(flow, warning_line):
    send(flowed([1000, 899, None, 899, 899]))
    assert began() == [("黄", 0, 3)]

    send(flowed([990], since=2))

    assert began() == [("黄", 0, None)]
    assert len(told("monitoring.threshold_crossed")) == 2


def test_a_late_reading_may_part_a_crossing(flow, water):
    bound(flow, ThresholdKind.WARNING, 1000, issuer=water)
    send(flowed([1000, None, 1000]))

    send(flowed([500], since=1))

    assert began() == [("黄", 0, 1), ("黄", 2, None)]


def test_a_bound_that_is_out_of_use_is_not_held_against_anything(flow, water):
    bound(flow, ThresholdKind.WARNING, 1000, is_active=False)

    send(flowed([2000]))

    assert began() == []


def test_a_drill_does_not_reach_the_real_river(flow, warning_line, at):
    at("2012-08-05T12:00", realm="drill-1")

    send(flowed([2000]), actor=gauge("drill-1"))

    assert (began(), began("drill-1")) == ([], [("黄", 0, None)])
    assert Entry.objects.get(name="monitoring.threshold_crossed").realm == "drill-1"
