import pytest

from liandong.plans.language import Status, Verdict, grade, load
from liandong.plans.queries import shipped_text

PLAN = load(shipped_text("public_health"))
QUIET = {
    "food_poisoned": 0,
    "occupational_poisoned": 0,
    "deaths": 0,
    "pneumonic_cases": 0,
    "bubonic_cases": 0,
    "cholera_cases": 0,
    "outbreak_counties": 0,
    "unknown_illness": False,
    "superior_demands": False,
}


@pytest.mark.parametrize(
    ("facts", "level"),
    [
        ({}, None),
        ({"food_poisoned": 29}, None),
        ({"food_poisoned": 30}, "IV"),
        ({"food_poisoned": 99}, "IV"),
        ({"food_poisoned": 99, "deaths": 1}, "III"),
        ({"food_poisoned": 100}, "III"),
        ({"food_poisoned": 100, "deaths": 1}, "II"),
        ({"food_poisoned": 5, "deaths": 10}, "II"),
        ({"occupational_poisoned": 1}, "IV"),
        ({"occupational_poisoned": 9}, "IV"),
        ({"occupational_poisoned": 10}, "III"),
        ({"occupational_poisoned": 2, "deaths": 4}, "III"),
        ({"occupational_poisoned": 2, "deaths": 5}, "II"),
        ({"occupational_poisoned": 50}, "II"),
        ({"cholera_cases": 1, "outbreak_counties": 1}, "IV"),
        ({"cholera_cases": 9, "outbreak_counties": 1}, "IV"),
        ({"cholera_cases": 10, "outbreak_counties": 1}, "III"),
        ({"cholera_cases": 2, "outbreak_counties": 2}, "III"),
        ({"bubonic_cases": 9, "outbreak_counties": 1}, "IV"),
        ({"bubonic_cases": 10, "outbreak_counties": 1}, "III"),
        ({"pneumonic_cases": 5, "outbreak_counties": 1}, "III"),
        ({"unknown_illness": True}, "III"),
    ],
)
def test_cases_and_deaths_give_the_level(facts, level):
    assert grade(PLAN, QUIET | facts).at_least == level


def test_level_one_is_the_states_to_declare_and_never_ruled_out():
    assert PLAN.levels["I"].source.status == Status.NOT_RECORDED
    assert grade(PLAN, QUIET).level("I").verdict == Verdict.UNDETERMINED


def test_the_outbreaks_of_level_two_were_not_found_and_keep_it_open():
    level = grade(PLAN, QUIET).level("II")

    assert level.verdict == Verdict.UNDETERMINED
    assert [one.cite for one in level.clauses if one.status == Status.NOT_RECORDED] == [
        "市级分级 重大 传染病各款未取到"
    ]


def test_whether_anybody_died_decides_between_four_and_three():
    known = {name: value for name, value in QUIET.items() if name != "deaths"}
    level = grade(PLAN, known | {"food_poisoned": 40}).level("III")

    assert level.verdict == Verdict.UNDETERMINED
    assert [one.fact for one in level.would_decide] == ["deaths"]


def test_hospitals_report_within_two_hours_and_that_is_law():
    step = next(one for one in PLAN.steps_of("IV") if one.id == "direct-report")

    assert step.finish_within.total_seconds() == 2 * 3600
    assert step.figures["finish_within"].status == Status.RECORDED


def test_it_ends_after_the_longest_incubation_without_a_new_case():
    assert grade(PLAN, {"new_cases_stopped": False}).ends.verdict == Verdict.NOT_MET
