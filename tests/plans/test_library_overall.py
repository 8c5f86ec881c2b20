import pytest

from liandong.plans.language import Status, Verdict, grade, load
from liandong.plans.queries import shipped_plans, shipped_text

PLAN = load(shipped_text("overall"))
QUIET = {
    "event_severity": "none",
    "special_plans_at_once": 0,
    "special_plan_lacking": False,
    "superior_demands": False,
}


@pytest.mark.parametrize(
    ("facts", "level"),
    [
        ({}, None),
        ({"event_severity": "ordinary"}, "IV"),
        ({"event_severity": "larger"}, "III"),
        ({"event_severity": "major"}, "II"),
        ({"event_severity": "extraordinary"}, "I"),
        ({"special_plans_at_once": 1}, None),
        ({"special_plans_at_once": 2}, "IV"),
        ({"special_plans_at_once": 3}, "III"),
        ({"special_plan_lacking": True}, None),
        ({"special_plan_lacking": True, "event_severity": "ordinary"}, "IV"),
        ({"superior_demands": True}, "IV"),
    ],
)
def test_the_severity_says_who_commands_and_several_plans_need_one_hand(facts, level):
    assert grade(PLAN, QUIET | facts).at_least == level


def test_a_severity_nobody_has_judged_yet_is_asked():
    known = {name: value for name, value in QUIET.items() if name != "event_severity"}
    level = grade(PLAN, known).level("III")

    assert level.verdict == Verdict.UNDETERMINED
    assert [one.fact for one in level.would_decide] == ["event_severity"]


def test_it_starts_every_other_plan_of_the_library_once_the_event_concerns_it():
    steps = [step for step in PLAN.steps_of("IV") if step.do == "start_plan"]

    others = {one.key for one in shipped_plans()} - {"overall", "warning-measures"}
    assert {step.plan for step in steps} == others
    assert [step.id for step in steps if step.waits_for is None] == []


def test_the_first_press_conference_is_within_a_day():
    step = next(one for one in PLAN.steps_of("III") if one.id == "press")

    assert step.finish_within.total_seconds() == 24 * 3600
    assert step.figures["finish_within"].status == Status.RECORDED


def test_above_level_four_others_command_and_the_county_goes_on():
    steps = {step.id for step in PLAN.steps_of("II")}

    assert {"ask-city-level", "rescue", "medical"} <= steps
    assert PLAN.levels["II"].consent == "committee.secretary"
