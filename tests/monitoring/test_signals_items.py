from decimal import Decimal

import pytest

from liandong.monitoring.signals.items import (
    WrongLineError,
    checked,
    difference,
    items_of,
    jumps,
    nil_values,
    read_items,
    written,
)
from tests.monitoring.filed import GOOD, ITEMS

FORM = read_items(ITEMS)


def test_lines_become_items_and_lines_again():
    assert read_items(written(FORM)) == FORM
    assert items_of([one.row() for one in FORM]) == FORM


def test_a_name_alone_is_an_item_with_a_key_that_nobody_has():
    items = read_items("i1: 甲\n乙 | 处")

    assert [(one.key, one.label, one.unit, one.kind) for one in items] == [
        ("i1", "甲", "", "integer"),
        ("i2", "乙", "处", "integer"),
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "至少写一个"),
        ("甲 | 处 | 分数", "类型应为"),
        ("甲 | 处 | 选择 | | | | 好", "两个以上"),
        ("甲 | 处 | 整数 | 九", "应为数字"),
        ("甲 | 处 | 整数 | 9 | 1", "下限大于上限"),
        ("甲 | 处 | 整数 | | | 也许", "必填或选填"),
        ("甲 | 处 | 整数 | | | | 平均", "合计或存量"),
        ("甲\n甲", "写了两次"),
    ],
)
def test_a_line_that_is_no_item_is_named(text, why):
    with pytest.raises(WrongLineError, match=why):
        read_items(text)


def test_an_answer_is_kept_as_it_is_meant():
    kept, wrong = checked(FORM, {"flu": "1,200", "beds": "30.000", "ready": "是", "said": " "})

    assert (kept, wrong) == ({"flu": "1200", "beds": "30", "ready": True}, {})


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"flu": ""}, "请填写流感样病例"),
        ({"flu": "十二"}, "应为数字"),
        ({"flu": "NaN"}, "应为数字"),
        ({"flu": True}, "应为数字"),
        ({"flu": "1.5"}, "应为整数"),
        ({"flu": "-1"}, "0 到 5000"),
        ({"flu": "5001"}, "0 到 5000"),
    ],
)
def test_what_does_not_fit_is_named_by_item(said, why):
    _kept, wrong = checked(FORM, GOOD | said)

    assert list(wrong) == ["flu"]
    assert why in wrong["flu"]


def test_nothing_to_report_is_nothing_new_and_what_there_is_stays():
    assert nil_values(FORM, {"flu": "9", "beds": "30"}) == {
        "flu": "0",
        "beds": "30",
        "ready": False,
    }


def test_the_difference_and_what_is_looked_at_twice():
    flu = FORM[0]

    assert difference(flu, {"flu": "12"}, {"flu": "9"}) == Decimal(3)
    assert difference(flu, {"flu": "12"}, {}) is None
    assert jumps(FORM, {"flu": "12"}, {"flu": "9"}) == {}
    assert list(jumps(FORM, {"flu": "120"}, {"flu": "12"})) == ["flu"]
    assert jumps(FORM, {"flu": "9"}, {"flu": "1"}) == {}
