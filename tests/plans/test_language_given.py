from datetime import UTC, datetime
from decimal import Decimal

import pytest

from liandong.plans.language import Known, PlanInvalidError, dictionary, grade, load, read_given
from tests.plans.example import forest_with


def given(text):
    return read_given(text, dictionary())


def flaws(text):
    with pytest.raises(PlanInvalidError) as refusal:
        given(text)
    return [(flaw.line, flaw.place, flaw.what) for flaw in refusal.value.flaws]


def test_a_fact_is_a_value_or_a_value_with_moment_and_source():
    found = given(
        "deaths: 3\nburned_ha: {value: 12.5, at: 2026-07-14T12:00, source: 县林业局}\n"
    )

    noon = datetime(2026, 7, 14, 4, tzinfo=UTC)
    assert found.facts == {
        "deaths": Known(value=3),
        "burned_ha": Known(value=Decimal("12.5"), at=noon, source="县林业局"),
    }
    assert found.at == noon  # nothing later is known


def test_what_was_known_before_lets_a_plan_look_back():
    text = """\
at: 2026-07-14T12:00:00+08:00
burned_ha:
  - {value: 40, at: 2026-07-14T11:00:00+08:00}
  - {value: 5, at: 2026-07-13T08:00:00+08:00}
"""
    plan = load(forest_with("{burned_ha: {at_least: 30}, within: P1D, taken: rise}"))

    found = given(text)

    assert grade(plan, found.facts, at=found.at).at_least == "IV"


def test_nothing_is_known_of_nothing():
    assert given("{}").facts == {}


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("- deaths", (0, "", "不是一份事实清单")),
        ("deads: 3", (1, "deads", "事实词典里没有“deads”")),
        ("burned_ha~rise~P1D: 3", (1, "burned_ha~rise~P1D", "事实词典里没有“burned_ha~rise~P1D”")),
        ("deaths: 很多", (1, "deaths", "“死亡”不能是 '很多'")),
        ("deaths:", (1, "deaths", "“死亡”没有值")),
        ("deaths: {value: 3, by: 甲}", (1, "deaths.by", "没有“by”这一项")),
        ("deaths: {value: 3, at: 昨天}", (1, "deaths.at", "“昨天”不是时间")),
        ("deaths: []", (1, "deaths", "列了几个值，却没有都写时间")),
        ("deaths: [{value: 3}]", (1, "deaths", "列了几个值，却没有都写时间")),
        ("flooded_mu@hekou: 3", (1, "flooded_mu@hekou", "没有说“hekou”是哪个乡镇")),
        ("townships: [河口镇]", (1, "townships", "应为“代号: 名称”")),
        ("at: 昨天", (1, "at", "“昨天”不是时间")),
        ("government_decides: true", (1, "government_decides", "“县政府决定启动”要写明由谁认定")),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_place(text, flaw):
    assert flaws(text) == [flaw]


def test_a_decision_names_who_decided_and_a_plans_level_its_plan():
    found = given(
        "government_decides: {value: true, source: 副县长 郑平}\n"
        "response_level@flood-drought: Ⅲ级\n"
    )

    assert found.facts["government_decides"].source == "副县长 郑平"
    assert found.facts["response_level@flood-drought"].value == "III"
