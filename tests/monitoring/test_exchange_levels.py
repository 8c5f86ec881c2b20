import pytest

from liandong.monitoring.exchange.levels import (
    disagreeing,
    hazard_of,
    highest,
    level_of,
    named_in,
    sender_in,
    stage_of,
)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Ⅳ", "蓝"),
        ("IV", "蓝"),
        ("IV级", "蓝"),
        ("四级", "蓝"),
        ("Blue", "蓝"),
        ("BLUE", "蓝"),
        ("蓝色", "蓝"),
        ("蓝", "蓝"),
        ("[IV级/一般]", "蓝"),
        ("[IV/一般]", "蓝"),
        ("[III/较重]", "黄"),
        ("/Ⅲ级/较重", "黄"),
        ("Ⅲ级", "黄"),
        ("II级/严重", "橙"),
        ("二级", "橙"),
        ("重大", "橙"),
        ("Ⅰ级", "红"),
        ("[I级/特别严重]", "红"),
        ("特别重大", "红"),
        ("1级", "红"),
        ("紅色", "红"),
        ("3; orange; Severe", "橙"),
        ("广东发布气象灾害（台风）二级预警", "橙"),
        ("顺义区气象台降级发布道路结冰黄色预警[III/较重]", "黄"),
        ("Severe", ""),
        ("第三届运动会", ""),
        ("5级大风", ""),
        ("1234级", ""),
        ("", ""),
    ],
)
def test_every_spelling_of_a_level(text, level):
    assert level_of(text) == level


@pytest.mark.parametrize(
    ("title", "stage"),
    [
        ("某县气象局发布大风蓝色预警", "issue"),
        ("某县气象台降级发布道路结冰黄色预警", "lower"),
        ("某省气象台升级发布暴雨黄色预警", "raise"),
        ("某县气象台继续发布暴雨橙色预警", "continue"),
        ("某县气象台26日09时15分继发布暴雨红色预警", "continue"),
        ("某市气象局解除雷电黄色预警信号", "lift"),
        ("某区气象台更新大风蓝色预警信号", "update"),
        ("Flood Warning", ""),
    ],
)
def test_what_a_title_says_was_done(title, stage):
    assert stage_of(title) == stage


@pytest.mark.parametrize(
    ("title", "sender", "named"),
    [
        ("武汉中心气象台9月18日2时27分发布暴雨橙色预警信号", "武汉中心气象台", "暴雨"),
        ("平乐县气象台26日07时30分发布发布暴雨黄色预警信号", "平乐县气象台", "暴雨"),
        ("江苏省张家港市发布雷暴大风黄色预警", "江苏省张家港市", "雷暴大风"),
        ("市森防办与市气象台联合发布森林火险橙色预警", "市森防办与市气象台联合", "森林火险"),
        ("莱州市气象局2019年07月08日06时15分解除雷电黄色预警", "莱州市气象局", "雷电"),
        ("Flood Warning issued", "", ""),
    ],
)
def test_who_speaks_and_of_what(title, sender, named):
    assert (sender_in(title), named_in(title)) == (sender, named)


def test_hazards_by_code_before_by_name():
    assert hazard_of("11B06", "暴雨") == "11B06"
    assert hazard_of("雷雨大风黄色预警") == "11B20"
    assert hazard_of("不知道") == ""


def test_levels_that_disagree_are_told_and_the_graver_holds():
    assert disagreeing("Yellow", "某局发布暴雨橙色预警[II级/严重]") == ("黄", "橙")
    assert disagreeing("Orange", "某局发布暴雨橙色预警[II级/严重]") is None
    assert highest(["黄", "橙"]) == "橙"
