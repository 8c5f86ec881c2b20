from datetime import UTC, datetime, timedelta

import pytest

from liandong.command.rules.order import interval, matches

NOON = datetime(2026, 7, 14, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ordered", "said", "agrees"),
    [
        ("封闭漫水桥 2 座", "收到：封闭漫水桥2座。", True),
        ("封闭漫水桥 2 座", "封闭漫水桥 3 座", False),
        ("封闭漫水桥 2 座", "收到", False),
        ("转移 63 人", "转移63人", True),
        ("下泄 320.5 立方米每秒", "下泄320.5立方米每秒", True),
        ("巡堤", "好的，巡堤", True),
    ],
)
def test_a_reading_back_agrees_in_every_figure_and_most_words(ordered, said, agrees):
    assert matches(ordered, said) is agrees


@pytest.mark.parametrize(("given", "wait"), [(5, 5), (10, 5), (60, 30), (180, 90)])
def test_a_rung_has_half_of_what_the_unit_had_and_five_minutes_at_least(given, wait):
    assert interval(NOON, NOON + timedelta(minutes=given)) == timedelta(minutes=wait)
