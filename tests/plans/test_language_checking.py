import pytest

from liandong.plans.language import PlanInvalidError, load
from tests.plans.example import FOREST, forest_with


def flaws(text):
    with pytest.raises(PlanInvalidError) as refusal:
        load(text)
    return [(flaw.place, flaw.what) for flaw in refusal.value.flaws]


def test_a_level_builds_only_on_a_lower_one_of_the_same_plan():
    text = FOREST.replace("    consent: null", "    builds_on: II")

    assert flaws(text) == [("levels.IV.builds_on", "II 不是本预案中低于 IV 的级别")]


def test_the_color_of_a_signal_is_one_of_its_choices():
    load(forest_with("{rainstorm_signal: {at_least: 橙}}"))

    assert flaws(forest_with("{rainstorm_signal: {at_least: 紫}}")) == [
        ("levels.IV.when.rainstorm_signal.at_least", "“暴雨预警信号”不能是 '紫'")
    ]


def test_a_condition_of_a_step_is_checked_too():
    text = FOREST.replace("{id: notify,", "{id: notify, when: {sunny: true},")

    assert flaws(text) == [("levels.IV.steps[0].when.sunny", "事实词典里没有“sunny”")]
