from datetime import UTC, datetime

import pytest

from liandong.command.rules.copies import Reported, copies_of

SAID = Reported(
    incident="东岭乡鹰嘴岩森林火灾",
    title="首报",
    county="示例县",
    at=datetime(2026, 7, 13, 20, 20, tzinfo=UTC),
    elements={
        "time": "2026年7月14日 03:50:00",
        "place": "东岭乡鹰嘴岩东坡",
        "source": "林业站（电话 尾号 5518）",
        "nature": "森林火灾",
        "extent": "过火约 26 公顷。",
        "casualties": None,
        "trend": "向东蔓延",
        "measures": "林业站 12 人已上山",
        "requests": "请求风力灭火机",
    },
)


@pytest.fixture
def texts():
    return {one.key: one.text for one in copies_of(SAID)}


def test_a_group_is_told_shortly_and_without_the_callers_number(texts):
    assert texts["group"].splitlines() == [
        "【首报】东岭乡鹰嘴岩森林火灾",
        "2026年7月14日 03:50:00",
        "东岭乡鹰嘴岩东坡",
        "过火约 26 公顷。",
        "向东蔓延",
        "林业站 12 人已上山",
        "正在核实：伤亡和失联",
        "示例县 7月14日 04:20",
    ]


def test_the_telephone_says_who_reports_what_is_not_known_and_asks_to_read_back(texts):
    lines = texts["phone"].splitlines()

    assert lines[0] == "我是示例县值班室，电话报告东岭乡鹰嘴岩森林火灾首报。"
    assert "影响范围及损害程度：过火约 26 公顷。" in lines
    assert lines[-2] == "尚未问到：伤亡和失联，正在核实。"
    assert lines[-1].startswith("报告完毕，请复述")


def test_a_form_has_every_element_in_its_order_known_or_not(texts):
    lines = texts["form"].splitlines()

    assert [line.split("：")[0] for line in lines] == [
        "时间", "地点", "信息来源", "事件性质", "影响范围及损害程度", "伤亡和失联", "发展趋势",
        "已采取措施", "建议或请求",
    ]  # fmt: skip
    assert lines[5] == "伤亡和失联：未问到"
