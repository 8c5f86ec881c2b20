from datetime import timedelta
from decimal import Decimal

import pytest

from liandong.monitoring import queries
from liandong.monitoring.actions import (
    SeriesSpec,
    draft_warning,
    issue_warning,
    register_station,
)
from liandong.monitoring.models import Series
from liandong.monitoring.states import Quantity, ThresholdKind
from tests.monitoring.conftest import bound, flowed, hour, observed, rained, send
from tests.monitoring.people import forecaster, gauge, keeper

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def four_hours_in(noon_after, at):
    return at("2012-08-03T04:00")


def known(realm="actual"):
    return {name: fact.value for name, fact in queries.facts_now(realm).items()}


def second_station(**more):
    station = register_station(
        keeper(),
        code="21401560",
        name="河口",
        kind="ZZ",
        river="清溪河",
        lon=Decimal("122.6"),
        lat=Decimal("39.7"),
        datum="1985国家高程基准",
        series=[SeriesSpec(quantity=Quantity.LEVEL, **more)],
    )
    return Series.objects.get(station=station)


def test_nothing_is_known_without_readings(rain, flow, signals, warning_line):
    assert known() == {}


def test_a_calm_river_is_known_to_be_calm(flow, warning_line):
    send(flowed([900]))

    assert known() == {
        "trunk_river_above_warning": False,
        "rivers_entirely_above_warning": 0,
        "stations_above_warning": 0,
    }


def test_a_river_over_its_line_says_so_with_time_and_station(flow, warning_line):
    send(flowed([900, 1100]))

    facts = queries.facts_now("actual")
    assert facts["trunk_river_above_warning"] == (True, hour(1), "出口")
    assert facts["rivers_entirely_above_warning"] == (1, hour(1), "清溪河")
    assert facts["stations_above_warning"] == (1, hour(1), "出口")


def test_a_river_is_over_only_if_every_station_is(flow, warning_line):
    bound(second_station(is_main_river=True), ThresholdKind.WARNING, 12)
    send([*flowed([1100]), *observed("21401560", Quantity.LEVEL, ["11.4"])])

    assert known()["rivers_entirely_above_warning"] == 0
    assert known()["stations_near_warning"] == 0

    send(observed("21401560", Quantity.LEVEL, ["11.501", 12], since=1))

    assert known()["rivers_entirely_above_warning"] == 1
    assert known()["stations_near_warning"] == 1


def test_guarantee_and_record_are_counted(flow, warning_line):
    bound(flow, ThresholdKind.GUARANTEE, 2000)
    bound(flow, ThresholdKind.HISTORICAL_MAX, 3000)
    send(flowed([2500]))

    assert (known()["stations_above_guarantee"], known()["stations_at_record"]) == (1, 0)


def test_a_silent_gauge_leaves_it_open(flow, warning_line, at):
    send(flowed([900]))

    at("2012-08-03T06:00")
    assert known()["stations_above_warning"] == 0

    at("2012-08-03T06:01")
    assert known() == {}


def test_a_gauge_that_fell_silent_over_its_line_still_counts(flow, warning_line, at):
    send(flowed([1100]))

    at("2012-08-04T06:00")

    assert known()["trunk_river_above_warning"] is True
    assert known()["stations_above_warning"] == 1


@pytest.mark.parametrize(
    ("mm", "signal"), [([1, 1, 1], "none"), ([1, 40, 10], "橙"), ([1, 90, 10], "红")]
)
def test_the_rainstorm_signal_is_what_the_rain_amounts_to(rain, signals, mm, signal):
    send(rained(mm))

    assert known()["rainstorm_signal"] == signal


def test_a_graver_signal_that_was_issued_counts(rain, signals, weather):
    send(rained([1, 40, 10]))
    chief = forecaster(weather)
    draft = draft_warning(
        chief,
        hazard="11B03",
        category="暴雨",
        level="红",
        starts_at=hour(2),
        scope="全县",
        cautions="雨强大。",
        measures="转移。",
        issuing_body=weather,
    )
    issue_warning(chief, warning=draft, expected_version=1)

    signal = queries.facts_now("actual")["rainstorm_signal"]

    assert (signal.value, signal.source) == ("红", "县气象局发布暴雨红色预警")


def test_a_drill_knows_only_its_own(flow, warning_line, at):
    at("2012-08-03T04:00", realm="drill-1")
    send(flowed([1100]), actor=gauge("drill-1"))

    assert (known(), known("drill-1")["stations_above_warning"]) == ({}, 1)


def test_facts_cost_the_same_for_many_stations(
    flow, warning_line, django_assert_max_num_queries
):
    bound(second_station(), ThresholdKind.WARNING, 12)
    send(flowed([1100]))

    with django_assert_max_num_queries(8):
        queries.facts_now("actual")


def test_facts_know_the_hour_they_were_observed(flow, warning_line):
    send(flowed([900], since=3))

    assert queries.facts_now("actual")["stations_above_warning"].at == hour(0) + timedelta(
        hours=3
    )


def test_two_stations_of_one_name_are_two(flow, warning_line):
    other = second_station(is_main_river=True)
    other.station.name = flow.station.name
    other.station.save()
    bound(other, ThresholdKind.WARNING, 50)
    send(flowed([1000]))
    send(observed("21401560", Quantity.LEVEL, [51]))

    assert known()["stations_above_warning"] == 2


def test_the_strip_shows_the_gravest_first(flow, warning_line):
    other = second_station()
    bound(other, ThresholdKind.HISTORICAL_MAX, 50)
    send(flowed([1000]))
    send(observed("21401560", Quantity.LEVEL, [51]))

    assert [row.over for row in queries.strip_of("actual", limit=8)] == ["红", "黄"]
