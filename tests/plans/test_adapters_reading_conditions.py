import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liandong.plans.adapters.reading.conditions import read_condition, said_again
from liandong.plans.language import (
    clauses_of,
    dictionary,
    load,
    parts_of,
    sentence,
    shipped_names,
    shipped_text,
)

READ = {
    "过火面积10公顷以上50公顷以下": {"burned_ha": {"at_least": 10, "below": 50}},
    "过火面积 10～50 公顷": {"burned_ha": {"at_least": 10, "below": 50}},
    "过火面积10公顷至50公顷；": {"burned_ha": {"at_least": 10, "below": 50}},
    "过火面积超过一百公顷": {"burned_ha": {"above": 100}},
    "过火面积10平方公里以上": {"burned_ha": {"at_least": 1000}},
    "受害森林面积不足1公顷": {"affected_forest_ha": {"below": 1}},
    "造成3人以上10人以下死亡": {"deaths": {"at_least": 3, "below": 10}},
    "死亡（含失踪）6人以上、10人以下": {"dead_missing": {"at_least": 6, "below": 10}},
    "死亡三人及以上": {"deaths": {"at_least": 3}},
    "死亡 5 人以下": {"deaths": {"below": 5}},
    "死亡5人及以下": {"deaths": {"at_most": 5}},
    "紧急转移安置1,000人以上": {"relocated": {"at_least": 1000}},
    "倒塌和严重损坏房屋200户以上": {"collapsed_severe_households": {"at_least": 200}},
    "倒塌和严重损坏房屋1000间以上": {"collapsed_severe_rooms": {"at_least": 1000}},
    "直接经济损失1亿元以上": {"direct_loss_wan_yuan": {"at_least": 10000}},
    "直接经济损失500万元以上的": {"direct_loss_wan_yuan": {"at_least": 500}},
    "洪涝面积超过5万亩": {"flooded_mu": {"above": 50000}},
    "持续72小时未扑灭明火": {"open_flame_hours": {"at_least": 72}},
    "2小时未得到有效控制": {"uncontrolled_minutes": {"at_least": 120}},
    "发生5.0级以上地震": {"earthquake_magnitude": {"at_least": 5}},
    "同时发生2起以上危险性较大的森林火灾": {"dangerous_fires_at_once": {"at_least": 2}},
    "受威胁人数100人以上500人以下": {"threatened_people": {"at_least": 100, "below": 500}},
    "暴雨红色预警信号": {"rainstorm_signal": {"at_least": "红"}},
    "发生特别重大水旱灾害": {"flood_severity": {"equals": "extraordinary"}},
    "中型水库发生重大险情": {"medium_reservoir_danger": {"at_least": "major"}},
    "尚未扑灭明火": {"open_flame_out": False},
    "省、市要求启动": {"superior_demands": True},
    "县政府决定的其他情形": {"government_decides": True},
    "1人以上3人以下重伤，且尚未扑灭明火": {
        "all": [{"serious_injuries": {"at_least": 1, "below": 3}}, {"open_flame_out": False}]
    },
    "死亡3人以上，或者重伤10人以上": {
        "any": [{"deaths": {"at_least": 3}}, {"serious_injuries": {"at_least": 10}}]
    },
    "2个以上乡镇洪涝面积1万亩以上": {
        "areas_at_least": 2,
        "where": {"flooded_mu": {"at_least": 10000}},
    },
    "24小时内上升洪涝面积1000亩以上": {
        "flooded_mu": {"at_least": 1000},
        "within": "P1D",
        "taken": "rise",
    },
    "“flood-drought”预案已启动的响应级别达到Ⅲ级以上": {
        "response_level": {"at_least": "III"},
        "of_plan": "flood-drought",
    },
    "5级以上地震造成死亡（含失踪）5人以上10人以下": {
        "all": [
            {"earthquake_magnitude": {"at_least": 5}},
            {"dead_missing": {"at_least": 5, "below": 10}},
        ]
    },
    "长江干流水位超过警戒水位": {"trunk_river_above_warning": True},
    "1条以上主要内河全线超过警戒水位": {"rivers_entirely_above_warning": {"at_least": 1}},
    "万亩以上圩口发生重大险情": {"polder_danger": {"at_least": "major"}},
    "2个以上乡镇全部停电": {"towns_without_power": {"at_least": 2}},
    "连续30天以上干旱造成饮用水枯竭2000人以上2500人以下": {
        "drought30d_nowater": {"at_least": 2000, "below": 2500}
    },
    "（原文未录）各款": {"not_recorded": "各款", "status": "not_recorded"},
}


@pytest.mark.parametrize("text", READ)
def test_a_clause_is_read(text):
    assert read_condition(text) == READ[text]


OPEN = {
    "a word left over": "死亡3人以上，情况特别复杂",
    "perhaps": "可能死亡3人以上",
    "about": "死亡3人左右",
    "a unit that measures something else": "过火面积10人以上",
    "a unit that nobody knows": "过火面积10顷以上",
    "no unit": "过火面积10以上",
    "no bound": "过火面积10公顷",
    "bounded twice": "死亡超过3人以上",
    "an empty range": "死亡10人以上3人以下",
    "half a person": "死亡1.5人以上",
    "out of range": "停电用户比例120%以上",
    "both and, and or": "死亡3人以上且重伤10人以上或转移安置100人以上",
    "a fact of no dictionary": "停课学校3所以上",
    "numbers of two units": "倒塌和严重损坏房屋1000间（或200户）以上",
    "nothing": "。",
    "brackets without end": "（" * 50 + "死亡3人以上",
    "too long": "死亡3人以上" * 100,
}


@pytest.mark.parametrize("why", OPEN)
def test_a_clause_of_which_a_word_was_not_understood_is_not_read(why):
    assert read_condition(OPEN[why]) is None


def test_a_table_says_in_its_head_what_a_bare_number_measures():
    assert read_condition("死亡（含失踪）6-10", unit="人") == {
        "dead_missing": {"at_least": 6, "below": 10}
    }


@pytest.mark.parametrize("name", shipped_names())
def test_every_condition_of_a_shipped_plan_is_read_as_it_is_said(name):
    plan = load(shipped_text(name))
    clauses = [one for level in plan.levels.values() for one in clauses_of(level.when)]
    clauses += parts_of(plan.ends_when)

    said = [sentence(one, dictionary()) for one in clauses]

    assert [said_again(read_condition(one)) for one in said] == said


NUMBERED = [one for one in dictionary().values() if one.type == "integer"]


@settings(deadline=None, max_examples=150)
@given(
    st.sampled_from(NUMBERED),
    st.sampled_from(["at_least", "above", "below", "at_most", "equals"]),
    st.integers(0, 10),
)
def test_whatever_is_said_of_a_number_is_read_again(fact, word, number):
    condition = {fact.name: {word: number}}

    said = said_again(condition) if fact.name != "response_level" else ""

    assert read_condition(said) == condition


@settings(deadline=None, max_examples=200)
@given(
    st.text("死亡人以上下0123456789（）()，且或；重伤过火面积公顷万亩%~-“”预案的", max_size=40)
)
def test_no_text_is_too_strange(text):
    found = read_condition(text)

    assert found is None or said_again(found)
