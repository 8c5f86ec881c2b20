import json
import re

import pytest

from liandong.plans.language import PlanInvalidError, dump, load, schema
from tests.plans.example import FOREST, RELIEF, forest_with


def flaws(text):
    with pytest.raises(PlanInvalidError) as refusal:
        load(text)
    return [(flaw.place, flaw.what) for flaw in refusal.value.flaws]


def remedy(text):
    with pytest.raises(PlanInvalidError) as refusal:
        load(text)
    return refusal.value.flaws[0].remedy


@pytest.mark.parametrize("text", [FOREST, RELIEF])
def test_a_plan_written_out_reads_back_the_same(text):
    plan = load(text)

    written = dump(plan)

    assert load(written) == plan
    assert dump(load(written)) == written


def test_the_forest_plan_says_what_design_d3_shows():
    level = load(FOREST).levels["IV"]

    assert level.decides.posts == [
        "forest-fire-hq.executive-deputy",
        "forest-fire-office.director",
    ]
    assert (level.informs[0].within.total_seconds(), level.expected.days) == (600, 2)
    assert [step.id for step in level.steps] == ["notify", "cordon", "sitrep"]
    assert level.steps[1].needs[0].quantity == 2


def test_a_misspelt_bound_is_named_with_place_line_and_the_right_word():
    with pytest.raises(PlanInvalidError) as refusal:
        load(FOREST.replace("at_least: 10", "at_leest: 10"))

    assert str(refusal.value) == (
        "第 14 行 levels.IV.when.any[0].burned_ha.at_leest：没有“at_leest”这一项。是否应为 at_least"
    )


def test_every_flaw_is_told_at_once():
    text = (
        FOREST.replace("public-security", "公安局").replace("PT40M", "40M").replace("P2D", "0")
    )

    assert [place for place, _ in flaws(text)] == [
        "levels.IV.expected",
        "levels.IV.steps[1].to",
        "levels.IV.steps[1].finish_within",
    ]


@pytest.mark.parametrize(
    ("old", "new", "place", "what"),
    [
        ("burned_ha", "burnd_ha", "levels.IV.when.any[0].burnd_ha", "事实词典里没有“burnd_ha”"),
        ("at_least: 10", "at_least: x", "levels.IV.when.any[0].burned_ha.at_least", "“过火面积”不能是 'x'"),
        ("open_flame_out: false", "open_flame_out: 3", "levels.IV.when.any[1].all[1].open_flame_out", "应为 true 或 false"),
        ("{superior_demands: true", "{deaths: true", "levels.IV.when.any[4].deaths", "“死亡”不是是非题"),
        ("{superior_demands: true", "{a: 1, b: 2", "levels.IV.when.any[4]", "一个条件应当恰写一个事实，这里写了 2 个：a、b"),
        ("do: report", "do: reprot", "levels.IV.steps[2].do", "不能是“reprot”"),
        ("after: [notify]", "after: [notfy]", "levels.IV.steps[1].after[0]", "前置步骤“notfy”不存在"),
        ("id: sitrep", "id: notify", "levels.IV.steps[2].id", "步骤“notify”重复"),
        ("{id: notify,", "{id: notify, after: [cordon],", "levels.IV.steps", "步骤互为前置：notify → cordon → notify"),
        ("title: 森林火灾应急预案\n", "", "title", "缺少“title”"),
        ("language: 1", "language: 2", "language", "不能是“2”"),
        ("{status: recorded, cite: 5.2.1}", "{status: not_recorded}", "levels.IV", "依据注明为原文未载，却写了启动条件"),
        ("{all_of: [forest-fire-hq.executive-deputy, forest-fire-office.director]}", "{}", "levels.IV.decides", "决定人写法不清"),
        ("levels:\n  IV", "levels:\n  橙色", "levels.橙色", "不能是“橙色”"),
        ("do: report", "do: start_plan", "levels.IV.steps[2]", "“启动预案”的步骤要说是哪部预案，别的步骤不说"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_place(old, new, place, what):
    assert flaws(FOREST.replace(old, new)) == [(place, what)]


def test_the_remedy_names_the_fact_that_was_meant():
    assert remedy(FOREST.replace("burned_ha", "burnd_ha")) == "是否应为 burned_ha"
    assert remedy(FOREST.replace("do: report", "do: reprot")) == (
        "可以写：order、report、consult、call_out、release、request、decide、start_plan"
    )


def test_levels_may_be_spelt_as_papers_do_and_errors_keep_the_spelling():
    text = FOREST.replace("  IV:", "  Ⅳ级:")

    assert list(load(text).levels) == ["IV"]
    assert flaws(text.replace("burned_ha", "x")) == [
        ("levels.Ⅳ级.when.any[0].x", "事实词典里没有“x”")
    ]


def test_a_count_of_conditions_needs_as_many():
    text = forest_with("{at_least_n: 3, of: [{spreading: true}, {sensitive: true}]}")

    assert flaws(text) == [("levels.IV.when", "要求 3 项成立，却只列了 2 项")]


def test_the_schema_is_json_and_closed():
    made = json.loads(json.dumps(schema()))

    assert made["additionalProperties"] is False
    assert set(made["required"]) == {
        "language",
        "plan",
        "title",
        "kind",
        "hazard",
        "headquarters",
        "levels",
    }


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{status: recorded, cite: 5.2.1}", "{status: not_recorded}"),
        ("{all_of: [forest-fire-hq.executive-deputy, forest-fire-office.director]}", "{}"),
        ("do: report", "do: start_plan"),
        ("expected: P2D", "expected: 2"),
        ("id: sitrep", "id: notify"),
        ("{id: notify,", "{id: notify, after: [cordon],"),
        ("every: PT2H", "every: PT2H, same_as: a/b"),
        ("every: PT2H", "every: PT2H, waits_for: {spreading: true}"),
        ("{superior_demands: true", "{response_level: {at_least: III}"),
        ("{superior_demands: true", "{spreading: true, within: PT2H, taken: rise"),
        ("{superior_demands: true", "{spreading: true, within: PT2H"),
        ("{superior_demands: true", "{burned_ha: {}"),
        ("{superior_demands: true", "{a: 1, b: 2"),
        ("{superior_demands: true", "{at_least_n: 2, of: [{spreading: true}]"),
    ],
)
def test_a_remedy_speaks_the_words_of_the_form_and_those_of_the_text_in_brackets(old, new):
    said = remedy(FOREST.replace(old, new))

    assert re.findall("[a-z_]{2,}", re.sub("（[^（）]*）", "", said)) == []
