import json
import random
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, Invalid, Stale
from liandong.monitoring import queries
from liandong.monitoring.actions import (
    ConditionSpec,
    Observation,
    SeriesSpec,
    register_station,
    retire_threshold,
    set_rule,
    set_weather_signals,
)
from liandong.monitoring.models import Crossing, Series, Threshold
from liandong.monitoring.queries.sentences import sentence_of
from liandong.monitoring.states import Quantity
from tests.monitoring.conftest import START, flowed, hour, observed, rained, send
from tests.monitoring.people import gauge, keeper
from tests.people import visitor

pytestmark = pytest.mark.django_db
WEATHER = (Quantity.TEMPERATURE, Quantity.WIND, Quantity.GUST)


def station(code, *quantities, name="气象站"):
    return register_station(
        keeper(),
        code=code,
        name=name,
        kind="MM",
        lon=Decimal("122.5"),
        lat=Decimal("39.9"),
        series=[SeriesSpec(quantity=one) for one in quantities],
    )


def gauges(count):
    """Rain gauges, one a township."""
    made = [station(f"6050{n:04}", Quantity.RAIN, name=f"雨量站{n}") for n in range(count)]
    return [Series.objects.select_related("station").get(station=one) for one in made]


def cloudburst(series, **more):
    return ConditionSpec(
        series=series, bound=Decimal(30), statistic="sum", window_minutes=60, **more
    )


def two_of(gauges, **more):
    values = {
        "name": "两处以上强降雨",
        "level": "橙",
        "need": 2,
        "hazard": "11B03",
        "conditions": [cloudburst(one) for one in gauges],
    }
    return set_rule(keeper(), **values | more)


def fell(series, values, since=0):
    return observed(series.station.code, Quantity.RAIN, values, since=since)


def spans(threshold, realm="actual"):
    rows = threshold.crossings.filter(realm=realm, is_void=False).order_by("began_at")
    return [
        ((row.began_at - START) // timedelta(hours=1), row.ended_at and (row.ended_at - START) // timedelta(hours=1))
        for row in rows
    ]  # fmt: skip


def told(name):
    return [
        json.loads(one.payload.text) for one in Entry.objects.filter(name=name).order_by("id")
    ]


def test_two_of_three_stations_at_once_cross_the_rule_and_one_does_not():
    one, two, three = gauges(3)
    rule = two_of([one, two, three])

    send(fell(one, [40, 0, 40, 40, 0, 0]))
    assert spans(rule) == []
    send(fell(three, [0, 40, 0, 40, 40, 0]))

    assert spans(rule) == [(3, 4)]
    (fact,) = told("monitoring.threshold_crossed")
    assert (fact["value"], fact["unit"]) == ("2", "组条件")


def test_the_proposal_names_the_stations_and_what_they_measured(weather):
    one, two, three = gauges(3)
    rule = two_of([one, two, three], issuer=weather)
    send([*fell(one, [40]), *fell(two, ["35.5"])])

    proposal = queries.proposal_for("actual", str(rule.crossings.get().pk))

    assert (proposal["level"], proposal["hazard"], proposal["issuing_body"]) == (
        "橙",
        "11B03",
        weather,
    )
    assert proposal["reason"] == (
        "雨量站0同时满足 2 组条件，达到两处以上强降雨条件："
        "雨量站01 小时雨量 40 mm、雨量站11 小时雨量 35.5 mm"
    )


@pytest.mark.parametrize("seed", range(4))
def test_any_order_of_arrival_leaves_the_rule_the_same(seed):
    some = gauges(3)
    rule = two_of(some)
    chance = random.Random(seed)
    values = {one.pk: [chance.choice([0, 10, 40]) for _ in range(30)] for one in some}
    readings = [said for one in some for said in fell(one, values[one.pk])]
    chance.shuffle(readings)

    for start in range(0, len(readings), 7):
        send(readings[start : start + 7])

    over = [sum(values[one.pk][n] >= 30 for one in some) >= 2 for n in range(30)]
    inside = {n for began, ended in spans(rule) for n in range(began, ended or 30)}
    ends = {n for n in range(1, 30) if over[n - 1] and not over[n]}
    assert inside <= {n for n in range(30) if over[n]}
    # What was told as two and turned out to be one stays as it was told.
    assert {ended for _began, ended in spans(rule) if ended} >= ends
    assert rule.crossings.filter(ended_at=None).count() == over[-1]


def test_conditions_of_a_group_stand_in_for_each_other(rain, flow):
    """(雨 or 雨 over another window) and 流量."""
    rule = set_rule(
        keeper(),
        name="雨大水高",
        level="黄",
        need=2,
        conditions=[
            cloudburst(rain, group="雨"),
            ConditionSpec(
                series=rain,
                bound=Decimal(50),
                statistic="sum",
                window_minutes=180,
                group="雨",
            ),
            ConditionSpec(series=flow, bound=Decimal(1000)),
        ],
    )

    send(rained([20, 20, 20, 0, 0, 0]))
    send(flowed([900, 900, 1000, 1000, 1000, 900]))

    assert spans(rule) == [(2, 3)]
    assert sentence_of(rule) == (
        "以下条件同时满足：上游1 小时雨量达到或超过 30 mm或上游3 小时雨量达到或超过 50 mm、"
        "出口流量达到或超过 1000 m³/s"
    )


def test_conditions_are_told_to_nobody_by_themselves():
    one, two = gauges(2)
    two_of([one, two])

    send(fell(one, [40]))

    assert told("monitoring.threshold_crossed") == []
    assert (Crossing.objects.count(), queries.active_crossings("actual").count()) == (1, 0)


def test_putting_it_anew_drops_the_conditions_it_has_no_more():
    one, two, three = gauges(3)
    first = two_of([one, two, three])

    again = two_of([one, two])

    assert (again.pk, again.parts.filter(is_active=True).count()) == (first.pk, 2)


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        ({"need": 0}, "need"),
        ({"need": 4}, "need"),
        ({"conditions": []}, "conditions"),
        ({"name": " "}, "name"),
        ({"kind": "warning"}, "kind"),
        ({"level": "紫"}, "level"),
        ({"season_from": "0601"}, "season_to"),
    ],
)
def test_what_is_no_rule_is_refused_by_field(bad, field):
    some = gauges(3)

    with pytest.raises(Invalid) as refused:
        two_of(some, **bad)

    assert field in refused.value.fields
    assert not Threshold.objects.exists()


def test_a_condition_that_means_nothing_is_refused():
    one, two = gauges(2)

    with pytest.raises(Invalid) as refused:
        two_of(
            [one, two],
            conditions=[cloudburst(one), ConditionSpec(series=two, bound=Decimal("NaN"))],
        )

    assert "bound" in refused.value.fields
    assert not Threshold.objects.exists()


def test_a_rule_is_refused_without_the_permission_and_in_a_drill():
    (one,) = gauges(1)
    values = {"name": "规则", "level": "蓝", "need": 1, "conditions": [cloudburst(one)]}

    for who in (visitor(), keeper("drill-1")):
        with pytest.raises(Forbidden):
            set_rule(who, **values)

    assert not Threshold.objects.exists()


def test_the_same_key_puts_it_once():
    some = gauges(2)

    first, again = (two_of(some, idempotency_key="k") for _ in range(2))

    assert (first.pk, len(told("monitoring.threshold_set"))) == (again.pk, 1)


def test_a_drills_rain_does_not_cross_the_real_rule(at):
    one, two = gauges(2)
    rule = two_of([one, two])
    at("2012-08-05T12:00", realm="drill-1")

    send([*fell(one, [40]), *fell(two, [40])], actor=gauge("drill-1"))

    assert (spans(rule), spans(rule, "drill-1")) == ([], [(0, None)])


def cold_wave(station, days):
    """Hourly: by day the coldest is at night; the wind blows on the last."""
    start = datetime.fromisoformat("2012-08-01T00:00:00+08:00")
    for number, (coldest, wind) in enumerate(days):
        for n in range(24):
            at = start + timedelta(days=number, hours=n)
            yield Observation(
                station.code, Quantity.TEMPERATURE, at, Decimal(coldest + (0 if n == 5 else 3))
            )
            yield Observation(station.code, Quantity.WIND, at, Decimal(wind))


def test_a_cold_wave_is_the_fall_the_minimum_and_the_wind_together():
    there = station("54511", *WEATHER)
    set_weather_signals(keeper(), station=there, hazards=["11B05"])

    send(list(cold_wave(there, [(12, 3), (11, 3), (3, 9), (3, 9)])))

    over = Crossing.objects.filter(threshold__part_of=None)
    assert [(one.threshold.level, one.threshold.name) for one in over] == [("蓝", "寒潮")]


def test_without_the_wind_it_is_none():
    there = station("54511", *WEATHER)
    set_weather_signals(keeper(), station=there, hazards=["11B05"])

    send(list(cold_wave(there, [(12, 3), (11, 3), (3, 3), (3, 3)])))

    assert not Crossing.objects.filter(threshold__part_of=None).exists()


def test_a_gale_is_told_by_the_mean_or_by_the_gust(weather):
    there = station("54511", *WEATHER)
    set_weather_signals(
        keeper(), station=there, hazards=["11B06"], issuer=weather, areas=["城关镇"]
    )

    send(observed("54511", Quantity.GUST, [12, 14, 21]))

    levels = Crossing.objects.filter(threshold__part_of=None, ended_at=None)
    assert sorted(one.threshold.level for one in levels) == ["蓝", "黄"]
    proposal = queries.proposal_for("actual", str(levels.get(threshold__level="黄").pk))
    assert (proposal["category"], proposal["level"], proposal["areas"]) == (
        "大风",
        "黄",
        ["城关镇"],
    )


def test_heat_has_no_blue_level_and_stands_without_parts():
    there = station("54511", Quantity.TEMPERATURE)

    set_weather_signals(keeper(), station=there, hazards=["11B09"])

    rows = Threshold.objects.order_by("bound")
    assert [(row.level, row.bound, row.statistic) for row in rows] == [
        ("黄", 35, "daily_max"),
        ("橙", 37, "value"),
        ("红", 40, "value"),
    ]


def test_visibility_below_a_thousand_meters_is_below_it():
    there = station("54511", Quantity.VISIBILITY)
    set_weather_signals(keeper(), station=there, hazards=["11B07"])

    send(observed("54511", Quantity.VISIBILITY, [1000, 999]))

    (crossing,) = Crossing.objects.all()
    assert (crossing.threshold.level, crossing.began_at) == ("黄", hour(1))


@pytest.mark.parametrize("hazard", ["11B14", "11B15", "11B16", "11B21", "11B22", "11Z99"])
def test_what_readings_cannot_tell_waits_for_the_weather_bureau(hazard):
    there = station("54511", *WEATHER)

    with pytest.raises(Invalid) as refused:
        set_weather_signals(keeper(), station=there, hazards=[hazard])

    assert "不能由实测判定" in str(refused.value)
    assert not Threshold.objects.exists()


def test_a_station_that_lacks_what_a_signal_needs_is_told_what():
    there = station("54511", Quantity.TEMPERATURE)

    with pytest.raises(Invalid) as refused:
        set_weather_signals(keeper(), station=there, hazards=["11B05"])

    assert "平均风速" in str(refused.value)


def test_signals_are_refused_without_the_permission_and_in_a_drill():
    there = station("54511", *WEATHER)

    for who in (visitor(), keeper("drill-1")):
        with pytest.raises(Forbidden):
            set_weather_signals(who, station=there, hazards=["11B06"])


def test_the_same_key_sets_the_signals_once():
    there = station("54511", *WEATHER)

    for _ in range(2):
        set_weather_signals(keeper(), station=there, hazards=["11B06"], idempotency_key="k")

    assert len(told("monitoring.threshold_set")) == 4


def test_a_rule_out_of_use_ends_what_goes_on_and_tells_it():
    one, two = gauges(2)
    rule = two_of([one, two])
    send([*fell(one, [40]), *fell(two, [40])])

    retire_threshold(keeper(), threshold=rule)
    send([*fell(one, [40], since=1), *fell(two, [40], since=1)])

    assert not Crossing.objects.filter(ended_at=None).exists()
    assert len(told("monitoring.threshold_cleared")) == 1
    assert told("monitoring.threshold_set")[-1]["is_active"] is False


def test_what_is_out_of_use_is_not_put_out_again(warning_line):
    retire_threshold(keeper(), threshold=warning_line)

    with pytest.raises(Stale):
        retire_threshold(keeper(), threshold=warning_line)


def test_a_condition_is_not_put_out_of_use_by_itself():
    rule = two_of(gauges(2))

    with pytest.raises(Stale):
        retire_threshold(keeper(), threshold=rule.parts.first())


def test_putting_out_of_use_is_refused_without_the_permission_and_in_a_drill(warning_line):
    for who in (visitor(), keeper("drill-1")):
        with pytest.raises(Forbidden):
            retire_threshold(who, threshold=warning_line)

    warning_line.refresh_from_db()
    assert warning_line.is_active


def test_the_same_key_puts_out_of_use_once(warning_line):
    for _ in range(2):
        retire_threshold(keeper(), threshold=warning_line, idempotency_key="k")

    assert [one["is_active"] for one in told("monitoring.threshold_set")] == [True, False]
