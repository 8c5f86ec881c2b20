from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from liandong.demo.player import (
    duration,
    factor,
    pace_of,
    play,
    prepare,
    scenario_of,
    shift_to_next,
)
from liandong.kernel.problems import Forbidden, Invalid


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("PT1H", timedelta(hours=1)),
        ("P2DT3H4M5S", timedelta(days=2, hours=3, minutes=4, seconds=5)),
        ("-PT30M", -timedelta(minutes=30)),
        ("PT0S", timedelta()),
    ],
)
def test_a_duration_is_read_as_iso_8601_writes_it(text, length):
    assert duration(text) == length


@pytest.mark.parametrize("text", ["", "P", "PT", "1H", "PT1X", "P1Y", "PT1H "])
def test_a_duration_nobody_can_read_is_refused_with_an_example(text):
    with pytest.raises(Invalid, match="PT1H"):
        duration(text)


@pytest.mark.parametrize("text", ["", "x", "-1", "11", "NaN", "Infinity"])
def test_a_factor_out_of_bounds_is_refused(text):
    with pytest.raises(Invalid, match="0 到 10"):
        factor(text)


@pytest.mark.parametrize(("text", "pace"), [("max", 0), ("1", 1), ("3600", 3600)])
def test_a_speed_is_max_or_a_number(text, pace):
    assert pace_of(text) == pace


@pytest.mark.parametrize("text", ["0", "3601", "-1", "1.5", "fast"])
def test_another_speed_is_refused(text):
    with pytest.raises(Invalid, match="3600"):
        pace_of(text)


def test_an_unknown_scenario_is_refused_with_those_there_are():
    with pytest.raises(Invalid, match="upstream_flood"):
        scenario_of("nothing", timedelta(), Decimal(1))


@pytest.mark.django_db
def test_a_real_county_is_never_played_with():
    with pytest.raises(Forbidden, match="虚构示范"):
        prepare(datetime(2012, 8, 3, tzinfo=UTC))
    with pytest.raises(Forbidden, match="虚构示范"):
        play("upstream_flood", as_json=True)


def test_a_fire_has_no_rain_to_change():
    assert scenario_of("forest_fire", timedelta(hours=1), Decimal(1)).begins.hour == 5
    with pytest.raises(Invalid, match="没有雨"):
        scenario_of("forest_fire", timedelta(), Decimal("0.3"))


@pytest.mark.django_db
def test_in_a_running_node_a_play_begins_with_the_next_minute(at):
    now = at("2026-11-24T09:30")

    told = scenario_of("forest_fire", duration(shift_to_next("forest_fire")), Decimal(1))

    assert timedelta() < told.begins - now <= timedelta(minutes=1)
