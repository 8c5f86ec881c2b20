import pytest

from liandong.plans.language import dictionary, load, sentence
from tests.plans.example import forest_with


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("{burned_ha: {at_least: 10, below: 50}}", "过火面积 10 公顷以上、50 公顷以下"),
        ("{flooded_mu: {above: 50000}}", "洪涝面积超过 50000 亩"),
        ("{rainstorm_signal: {one_of: [橙, 红]}}", "暴雨预警信号为橙色或红色"),
        ("{open_flame_out: false}", "明火尚未扑灭"),
        ("{all: [{spreading: true}, {any: [{sensitive: true}, {deaths: {at_least: 1}}]}]}",
         "火势仍在蔓延，且（处于敏感时段或敏感地区；或死亡 1 人以上）"),
        ("{at_least_n: 1, of: [{spreading: true}, {sensitive: true}]}",
         "下列 1 项以上成立：火势仍在蔓延、处于敏感时段或敏感地区"),
        ("{areas_at_least: 2, where: {flooded_mu: {at_least: 300}}}", "2 个以上乡镇洪涝面积 300 亩以上"),
        ("{areas_at_least: 2, where: {any: [{sensitive: true}, {deaths: {at_least: 1}}]}}",
         "2 个以上乡镇（处于敏感时段或敏感地区；或死亡 1 人以上）"),
        ("{not_recorded: 第(1)(2)项}", "（原文未录）第(1)(2)项"),
    ],
)  # fmt: skip
def test_a_condition_is_said_as_plans_write_it(condition, said):
    plan = load(forest_with(condition))

    assert sentence(plan.levels["IV"].when, dictionary()) == said
