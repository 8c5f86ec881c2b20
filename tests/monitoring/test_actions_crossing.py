import json
import random
from datetime import timedelta
from decimal import Decimal

import pytest

from liandong.kernel.actions import _acting
from liandong.kernel.journal.models import Entry
from liandong.monitoring import queries
from liandong.monitoring.actions import SeriesSpec, register_station
from liandong.monitoring.actions.crossing import evaluate
from liandong.monitoring.models import Batch, Crossing, Reading, Series, Threshold
from liandong.monitoring.signals.crossings import Bound, Sample, spells
from liandong.monitoring.signals.observations import Column, at_text
from liandong.monitoring.signals.rain import Rain, rain_sums
from liandong.monitoring.signals.statistics import Told
from liandong.monitoring.states import Quantity, ThresholdKind
from tests.monitoring.conftest import RIVER_CODE, bound, flowed, hour, observed, rained, send
from tests.monitoring.people import gauge, keeper
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
                each[row.window_minutes // 60].at,
                each[row.window_minutes // 60].mm,
                each[row.window_minutes // 60].is_complete,
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


def doubt(readings, quality="suspect"):
    """What quality control has made of readings that came in."""
    for one in readings:
        Reading.objects.filter(series__station__code=one.station_code, at=one.at).update(
            quality=quality
        )


def with_doubt(series, readings):
    """Store readings as quality control would have them."""
    batch = Batch.objects.latest("id")
    for one in readings:
        Reading.objects.create(
            realm="actual",
            series=series,
            at=one.at,
            value=one.value,
            received_at=one.at,
            batch=batch,
            quality="suspect",
        )


def again(series, readings):
    """Hold the bounds against readings whose quality was judged anew."""
    column = Column(series.station.code, series.quantity, series.pk)
    column.values.update({at_text(one.at): str(one.value) for one in readings})
    with _acting(gauge()):
        evaluate(gauge(), [column])


def levelled(values, **more):
    return observed("21401570", Quantity.LEVEL, values, **more)


def spans():
    return [
        ((row.began_at - hour(0)) // timedelta(hours=1), row.ended_at and (row.ended_at - hour(0)) // timedelta(hours=1))
        for row in Crossing.objects.order_by("began_at")
    ]  # fmt: skip


def test_low_water_crosses_downward(level):
    bound(level, ThresholdKind.DROUGHT, 80, clear_margin=Decimal("0.5"))

    send(levelled([81, 80, "79.9", "80.4", "80.6"]))

    assert spans() == [(2, 4)]


def test_a_fast_rise_crosses_however_low_the_water_is(level):
    bound(level, ThresholdKind.RATE, "0.5", level="蓝", statistic="rise", window_minutes=60)

    send(levelled([80, "80.3", "80.6", "81.2", "81.3"]))

    assert spans() == [(3, 4)]


@pytest.mark.parametrize("order", [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1]])
def test_it_must_last_whatever_the_order_of_arrival(flow, order):
    bound(flow, ThresholdKind.WARNING, 1000, lasting_minutes=120)
    readings = flowed([1000, 1001, 1002, 1003])

    for number in order:
        send([readings[number]])

    assert spans() == [(2, None)]


@pytest.mark.parametrize("order", [[0, 1, 2, 3, 4], [4, 0, 2, 1, 3]])
def test_a_dip_between_begins_it_anew_whatever_the_order_of_arrival(flow, order):
    bound(flow, ThresholdKind.WARNING, 1000, lasting_minutes=120)
    readings = flowed([1000, 1001, 900, 1002, 1003])

    for number in order:
        send([readings[number]])

    assert [one for one in spans() if one[1] is None] == []


def test_the_bound_of_the_season_holds(level, at):
    at("2012-08-17T12:00")
    for first, last, value in (("0615", "0815", 98), ("0816", "0930", 100)):
        bound(level, ThresholdKind.FLOOD_LIMIT, value, season_from=first, season_to=last)

    send(levelled([99] * 18, step=24))

    rows = Crossing.objects.select_related("threshold")
    assert [(row.threshold.bound, row.ended_at) for row in rows] == [(98, hour(13 * 24))]


def test_a_reading_in_doubt_triggers_nothing_alone(flow, warning_line):
    readings = flowed([900, 5000, 900])
    send(readings[:1])
    with_doubt(flow, readings[1:2])

    again(flow, readings[1:2])

    assert spans() == []


def test_three_in_doubt_bear_each_other_out_and_the_proposal_says_so(flow, warning_line):
    readings = flowed([900, 5000, 5001, 5002])
    send(readings[:1])
    with_doubt(flow, readings[1:])

    again(flow, readings[1:])

    crossing = Crossing.objects.get()
    proposal = queries.proposal_for("actual", str(crossing.pk))
    assert (spans(), crossing.doubted) == ([(3, None)], 3)
    assert "3 条由前后读数或邻近测站印证的存疑读数" in proposal["reason"]


def test_what_rested_on_a_rejected_reading_never_was(flow, warning_line):
    readings = flowed([900, 5000, 950])
    send(readings)
    doubt(readings[1:2], "rejected")

    again(flow, readings[1:2])

    (fact,) = told("monitoring.threshold_cleared")
    crossing = Crossing.objects.get()
    assert (crossing.is_void, crossing.ended_at is None, fact["is_void"]) == (True, False, True)
    assert queries.active_crossings("actual").count() == 0


def test_history_calls_for_nothing(flow, warning_line, at):
    at("2013-08-05T12:00")
    column = Column(RIVER_CODE, flow.quantity, flow.pk)
    column.values.update({at_text(one.at): str(one.value) for one in flowed([5000] * 3)})

    evaluate(gauge(), [column])

    assert spans() == []


@pytest.mark.parametrize("seed", range(4))
def test_a_week_of_silence_and_a_flood_of_late_data_end_as_in_order(
    flow, rain, signals, at, seed
):
    at("2012-08-12T12:00")
    bound(flow, ThresholdKind.WARNING, 1000, lasting_minutes=60, clear_margin=Decimal(50))
    bound(flow, ThresholdKind.RATE, 400, level="蓝", statistic="rise", window_minutes=180)
    chance = random.Random(seed)
    waters = flowed([chance.choice([700, 960, 1000, 1300]) for _ in range(7 * 24)])
    rains = rained([chance.choice([0, 0, 0, 4, 20]) for _ in range(7 * 24)])
    readings = [*waters, *rains]
    chance.shuffle(readings)
    for start in range(0, len(readings), 60):
        send(readings[start : start + 60])

    for one in Threshold.objects.select_related("series__station"):
        mine = waters if one.series_id == flow.pk else rains
        rows = [Told(said.at, said.value) for said in mine]
        whole = spells(one.measure.samples(rows), one.line)
        kept = one.crossings.filter(is_void=False)
        assert {row.ended_at for row in kept} >= {spell.ended_at for spell in whole}
        open_ones = kept.filter(ended_at=None).values_list("peak", flat=True)
        assert list(open_ones) == [s.peak for s in whole if s.ended_at is None]


def neighbor(**more):
    """Another station with a flow, and a warning line."""
    station = register_station(
        keeper(),
        code="21401560",
        name="河口",
        kind="ZQ",
        lon=Decimal("122.6"),
        lat=Decimal("39.7"),
        series=[SeriesSpec(quantity=Quantity.FLOW)],
        **more,
    )
    series = Series.objects.get(station=station)
    bound(series, ThresholdKind.WARNING, 1000)
    return series


@pytest.mark.parametrize(("river", "count"), [("清溪河", 1), ("别的河", 0), ("", 0)])
def test_another_station_of_the_river_bears_out_one_in_doubt(flow, warning_line, river, count):
    neighbor(river=river)
    send([*flowed([900]), *observed("21401560", Quantity.FLOW, [900, 900, 1200])])
    readings = flowed([1500], since=1)
    with_doubt(flow, readings)

    again(flow, readings)

    found = warning_line.crossings.all()
    assert [(one.began_at, one.doubted) for one in found] == [(hour(1), 1)] * count


def test_what_is_in_doubt_itself_bears_nothing_out(flow, warning_line):
    other = neighbor(river="清溪河")
    send([*flowed([900]), *observed("21401560", Quantity.FLOW, [900])])
    doubted = observed("21401560", Quantity.FLOW, [1500] * 3, since=1)
    with_doubt(other, doubted)
    again(other, doubted)
    readings = flowed([1500], since=2)
    with_doubt(flow, readings)

    again(flow, readings)

    assert (other.thresholds.get().crossings.count(), warning_line.crossings.count()) == (1, 0)
