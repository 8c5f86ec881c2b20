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


def test_a_step_waits_only_for_facts_the_dictionary_knows():
    text = FOREST.replace("{id: notify,", "{id: notify, waits_for: {sunny: true},")

    assert flaws(text) == [("levels.IV.steps[0].waits_for.sunny", "事实词典里没有“sunny”")]


def test_a_report_has_its_own_clock_and_waits_for_nothing():
    text = FOREST.replace("{id: sitrep,", "{id: sitrep, waits_for: {spreading: true},")

    assert flaws(text) == [("levels.IV.steps[2].waits_for", "“报告”有自己的时钟，不能等条件")]


def test_a_consultation_may_wait():
    text = FOREST.replace("do: report, to", "do: consult, to").replace(
        "{id: sitrep,", "{id: sitrep, waits_for: {spreading: true},"
    )

    load(text)


def test_only_an_order_has_an_alternative_or_is_the_same_as_another():
    text = FOREST.replace(
        "{id: sitrep,", "{id: sitrep, otherwise: [township-1], same_as: flood/sitrep,"
    )

    assert flaws(text) == [
        ("levels.IV.steps[2].otherwise", "“报告”不是指令，不能写“办不成时”（otherwise）"),
        ("levels.IV.steps[2].same_as", "“报告”不是指令，不能写“同一措施”（same_as）"),
    ]


def test_the_condition_for_ending_is_checked_too():
    text = FOREST.replace("field_post:", "ends_when: {sunny: true}\nfield_post:")

    assert flaws(text) == [("ends_when.sunny", "事实词典里没有“sunny”")]


def test_a_group_nobody_knows_needs_a_name():
    text = FOREST.replace("security]", "security, boats]")

    assert flaws(text) == [("field_post.groups[4]", "工作组“boats”没有名称")]
    named = load(FOREST.replace("security]", "security, {key: boats, name: 舟艇组}]"))
    assert [group.label for group in named.field_post.groups][3:] == ["治安警戒组", "舟艇组"]


@pytest.mark.parametrize(
    ("condition", "what"),
    [
        ("{response_level: {at_least: III}}", "响应级别要说是哪部预案的，别的事实不说"),
        ("{deaths: {at_least: 3}, of_plan: relief}", "响应级别要说是哪部预案的，别的事实不说"),
        (
            "{response_level: {at_least: III}, of_plan: forest-fire}",
            "启动条件看的是本预案自己的级别",
        ),
    ],
)
def test_a_level_looked_at_is_that_of_another_plan(condition, what):
    assert flaws(forest_with(condition)) == [("levels.IV.when.of_plan", what)]
