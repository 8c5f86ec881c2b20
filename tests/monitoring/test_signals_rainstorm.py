from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from liandong.monitoring.signals.rain import Rain, RainSum, rain_sums
from liandong.monitoring.signals.rainstorm import is_higher, signal_for, table

AT = datetime(2012, 8, 3, tzinfo=UTC)
# 碧流河 2012-08-03 00:00 … 13:00, areal rain by the hour.
FLOOD = ["0", "0", "0", ".92", "5.12", "2.49", "6.7", "9.99", "2.94", "4.91", "8.87", "21.33"]
FLOOD += ["24.82", "15.39"]


def sums(**mm):
    return {
        int(hours[1:]): RainSum(AT, int(hours[1:]), Decimal(depth), is_complete=True)
        for hours, depth in mm.items()
    }


@pytest.mark.parametrize(
    ("fallen", "level"),
    [
        ({"h12": "49.999"}, ""),
        ({"h12": "50"}, "蓝"),
        ({"h12": "50", "h6": "49.999"}, "蓝"),
        ({"h12": "50", "h6": "50"}, "黄"),
        ({"h12": "50", "h6": "50", "h3": "50"}, "橙"),
        ({"h12": "100", "h6": "100", "h3": "99.999"}, "橙"),
        ({"h12": "100", "h6": "100", "h3": "100"}, "红"),
        ({"h1": "300"}, ""),
        ({}, ""),
    ],
)
def test_signal_for_counts_the_bound_in(fallen, level):
    assert signal_for(sums(**fallen)) == level


def test_a_lower_bound_that_reaches_the_bound_is_enough():
    short = {3: RainSum(AT, 3, Decimal(50), is_complete=False)}

    assert signal_for(short) == "橙"


def test_the_flood_of_2012_rises_to_orange_at_noon():
    fallen = [Rain(AT + timedelta(hours=n), Decimal(mm)) for n, mm in enumerate(FLOOD)]

    levels = [signal_for(each) for each in rain_sums(fallen)]

    assert levels == [""] * 11 + ["黄", "橙", "橙"]


def test_the_table_names_its_source():
    assert (table().hazard, "气象灾害预警信号发布与传播办法" in table().source) == (
        "11B03",
        True,
    )


@pytest.mark.parametrize(
    ("level", "than", "expected"),
    [("红", "橙", True), ("蓝", "", True), ("蓝", "蓝", False), ("", "蓝", False)],
)
def test_is_higher_orders_the_colors(level, than, expected):
    assert is_higher(level, than) is expected
