from datetime import timedelta
from decimal import Decimal

import pytest

from liandong.plans.adapters.reading.numbers import lengths_in, plain, read_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("10", 10),
        ("1,000", 1000),
        ("1.5", Decimal("1.5")),
        ("5万", 50_000),
        ("1.5亿", 150_000_000),
        ("3千", 3000),
        ("三", 3),
        ("两", 2),
        ("十", 10),
        ("三十", 30),
        ("一百二十", 120),
        ("二百", 200),
    ],
)
def test_numbers_are_read_as_papers_write_them(text, number):
    assert read_number(text) == number


@pytest.mark.parametrize("text", ["", "万", "若干", "一二三"])
def test_what_is_no_number_is_none(text):
    assert read_number(text) is None


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("30分钟内", 30),
        ("2 小时内", 120),
        ("１小时３０分钟", 90),
        ("半小时", 30),
        ("1.5小时", 90),
        ("一天", 1440),
        ("24小时", 1440),
        ("两个小时", 120),
    ],
)
def test_lengths_of_time(text, minutes):
    assert [one[0] for one in lengths_in(plain(text))] == [timedelta(minutes=minutes)]


@pytest.mark.parametrize("text", ["三个月内", "20个工作日内", "若干小时", "2025年9月1日"[:5]])
def test_what_has_no_fixed_length_is_not_read(text):
    assert lengths_in(plain(text)) == []


def test_signs_that_look_alike_are_spelled_alike():
    assert plain("（１）死亡 ３ 人 以上，５％") == "(1)死亡3人以上，5%"
