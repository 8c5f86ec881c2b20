import json
from decimal import Decimal

import pytest

from liandong.monitoring.signals.rainstorm import table
from liandong.monitoring.signals.weather import signals
from liandong.monitoring.states import Comparison, Hazard, Quantity, Statistic
from tests.architecture.tree import ROOT

HANDED = ROOT / "../shared/data/domain/warning_signals_cma2007.json"


def test_there_are_fourteen_with_the_levels_they_have():
    have = {
        one.name: "".join(level.level for level in one.levels)
        for one in signals().by_hazard.values()
    }

    assert have == {
        "台风": "蓝黄橙红", "暴雨": "蓝黄橙红", "暴雪": "蓝黄橙红", "寒潮": "蓝黄橙红",
        "大风": "蓝黄橙红", "沙尘暴": "黄橙红", "高温": "黄橙红", "干旱": "橙红",
        "雷电": "黄橙红", "冰雹": "橙红", "霜冻": "蓝黄橙", "大雾": "黄橙红", "霾": "黄橙",
        "道路结冰": "黄橙红",
    }  # fmt: skip


def test_what_readings_cannot_tell_says_why():
    waiting = {
        one.name: one.why for one in signals().by_hazard.values() if not one.is_measurable
    }

    assert set(waiting) == {"干旱", "雷电", "冰雹", "霜冻", "道路结冰"}
    assert all(waiting.values())


def test_every_condition_is_of_a_quantity_and_a_statistic_that_there_are():
    for one in signals().by_hazard.values():
        assert Hazard(one.hazard).label == one.name
        for condition in (c for level in one.levels for c in level.conditions):
            assert Quantity(condition.quantity)
            assert Comparison(condition.comparison)
            assert (condition.minutes is None) is (Statistic(condition.statistic) == "value")


def test_a_cold_wave_needs_the_fall_the_minimum_and_the_wind_together():
    blue, *_others = signals().by_hazard["11B05"].levels

    assert blue.needs_all
    assert [(c.statistic, c.minutes, c.bound) for c in blue.conditions] == [
        ("min_fall", 2880, 8),
        ("min", 1440, 4),
        ("max", 2880, 8),
    ]


def test_the_rainstorm_is_that_of_its_own_table():
    levels = signals().by_hazard["11B03"].levels

    assert [
        (level.level, level.conditions[0].minutes // 60, level.conditions[0].bound)
        for level in levels
    ] == [(one.level, one.hours, one.at_least_mm) for one in table().signals]


def test_the_winds_are_those_of_the_scale():
    """GB/T 28591: the lowest speed of each force."""
    gale = signals().by_hazard["11B06"].levels

    assert [[c.bound for c in level.conditions] for level in gale] == [
        [Decimal("10.8"), Decimal("13.9")],
        [Decimal("17.2"), Decimal("20.8")],
        [Decimal("24.5"), Decimal("28.5")],
        [Decimal("32.7"), Decimal("37.0")],
    ]


def test_names_codes_and_levels_are_those_handed_to_the_project():
    if not HANDED.exists():
        pytest.skip("the handed data are not here")
    said = json.loads(HANDED.read_text(encoding="utf-8"))["signals"]

    assert {(one["type"], one["code_12379"], tuple(one["levels"])) for one in said} == {
        (one.name, one.hazard, tuple(level.level for level in one.levels))
        for one in signals().by_hazard.values()
    }
