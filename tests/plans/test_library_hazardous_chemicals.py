import pytest

from liandong.plans.language import Status, Verdict, grade, load
from liandong.plans.queries import shipped_text

PLAN = load(shipped_text("hazardous_chemicals"))
QUIET = {
    "deaths": 0,
    "injured_or_poisoned": 0,
    "direct_loss_wan_yuan": 0,
    "endangered_people": 0,
    "trapped_people": 0,
    "evacuated_people": 0,
    "leak_controlled": True,
    "superior_demands": False,
}


@pytest.mark.parametrize(
    ("facts", "level"),
    [
        ({}, None),
        ({"deaths": 1}, "IV"),
        ({"deaths": 2, "injured_or_poisoned": 10}, "III"),
        ({"deaths": 3}, "III"),
        ({"deaths": 10}, "II"),
        ({"deaths": 30}, "I"),
        ({"injured_or_poisoned": 9}, "IV"),
        ({"injured_or_poisoned": 50}, "II"),
        ({"injured_or_poisoned": 100}, "I"),
        ({"direct_loss_wan_yuan": "999.9"}, "IV"),
        ({"direct_loss_wan_yuan": 1000}, "III"),
        ({"direct_loss_wan_yuan": 10000}, "I"),
        ({"trapped_people": 2}, None),
        ({"trapped_people": 3}, "III"),
        ({"evacuated_people": 499}, None),
        ({"evacuated_people": 499, "leak_controlled": False}, "IV"),
        ({"evacuated_people": 500}, "III"),
        ({"evacuated_people": 100000}, "I"),
        ({"endangered_people": 10}, "II"),
    ],
)
def test_losses_and_near_misses_give_the_level(facts, level):
    assert grade(PLAN, QUIET | facts).at_least == level


def test_while_nobody_knows_whether_it_still_leaks_level_four_hangs_on_it():
    known = {name: value for name, value in QUIET.items() if name != "leak_controlled"}
    level = grade(PLAN, known | {"evacuated_people": 40}).level("IV")

    assert level.verdict == Verdict.UNDETERMINED
    assert [one.fact for one in level.would_decide] == ["leak_controlled"]


def test_no_level_claims_to_be_recorded():
    assert {level.source.status for level in PLAN.levels.values()} == {Status.ASSUMED}


def test_what_it_is_comes_before_going_in_and_washing_before_going_home():
    steps = {step.id: step for step in PLAN.steps_of("IV")}

    assert steps["attack"].after == steps["evacuate"].after == ["what-substance"]
    assert steps["decontaminate"].after == ["attack"]
    assert steps["clear-area"].after == ["decontaminate"]
    assert steps["report-city"].finish_within.total_seconds() == 2 * 3600


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        ({"leak_controlled": True, "rescue_finished": True}, Verdict.UNDETERMINED),
        ({"environment_safe": False}, Verdict.NOT_MET),
        (
            {"leak_controlled": True, "rescue_finished": True, "environment_safe": True},
            Verdict.MET,
        ),
    ],
)
def test_it_ends_when_the_source_the_search_and_the_air_are_settled(facts, verdict):
    assert grade(PLAN, facts).ends.verdict == verdict
