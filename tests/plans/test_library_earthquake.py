import pytest

from liandong.plans.language import Status, Verdict, grade, load
from liandong.plans.queries import shipped_text

PLAN = load(shipped_text("earthquake"))
QUIET = {"dead_missing": 0, "earthquake_magnitude": 0, "superior_demands": False}


@pytest.mark.parametrize(
    ("facts", "level"),
    [
        ({}, None),
        ({"earthquake_magnitude": "3.9"}, None),
        ({"earthquake_magnitude": 4}, "IV"),
        ({"earthquake_magnitude": "4.9"}, "IV"),
        ({"earthquake_magnitude": 5}, "III"),
        ({"earthquake_magnitude": 6}, "II"),
        ({"earthquake_magnitude": 7}, "I"),
        ({"dead_missing": 1}, "IV"),
        ({"dead_missing": 9}, "IV"),
        ({"dead_missing": 10}, "III"),
        ({"dead_missing": 50}, "II"),
        ({"dead_missing": 300}, "I"),
        ({"earthquake_magnitude": "4.2", "dead_missing": 12}, "III"),
        ({"superior_demands": True}, "IV"),
    ],
)
def test_magnitude_or_losses_give_the_level_whichever_is_higher(facts, level):
    assert grade(PLAN, QUIET | facts).at_least == level


def test_a_first_magnitude_gives_a_level_while_nobody_knows_the_losses():
    grading = grade(PLAN, {"earthquake_magnitude": "5.3"})

    assert (grading.at_least, grading.still_open) == ("III", ("I", "II"))
    assert [one.fact for one in grading.level("II").would_decide] == ["dead_missing"]


def test_the_bounds_are_assumed_and_who_commands_is_recorded():
    assert {level.source.status for level in PLAN.levels.values()} == {Status.ASSUMED}
    steps = {step.id: step for step in PLAN.steps_of("I")}
    handed = ["hand-up-city", "hand-up-province", "hand-up-national"]

    assert {steps[key].source.status for key in handed} == {Status.RECORDED}
    assert not set(handed) & {step.id for step in PLAN.steps_of("IV")}


def test_search_begins_at_once_unless_everybody_is_known_to_be_found():
    steps = {step.id: step for step in PLAN.steps_of("IV")}

    assert steps["search"].when is not None
    assert steps["search"].waits_for is None
    assert steps["start-relief"].waits_for is not None


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        ({}, Verdict.UNDETERMINED),
        ({"rescue_finished": False}, Verdict.NOT_MET),
        ({"rescue_finished": True, "order_restored": True}, Verdict.UNDETERMINED),
        (
            {"rescue_finished": True, "order_restored": True, "post_quake_period_over": True},
            Verdict.MET,
        ),
    ],
)
def test_it_ends_after_the_search_and_the_period_after_the_quake(facts, verdict):
    assert grade(PLAN, facts).ends.verdict == verdict
