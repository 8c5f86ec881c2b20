import pytest

from liandong.plans.language import Status, Verdict, grade, load
from liandong.plans.queries import shipped_text

PLAN = load(shipped_text("geological"))
QUIET = {
    "threatened_people": 0,
    "potential_loss_wan_yuan": 0,
    "deaths": 0,
    "direct_loss_wan_yuan": 0,
    "geo_weather_warning": "none",
    "superior_demands": False,
}


@pytest.mark.parametrize(
    ("facts", "level"),
    [
        ({}, None),
        ({"threatened_people": 1}, "IV"),
        ({"threatened_people": 99}, "IV"),
        ({"threatened_people": 100}, "III"),
        ({"threatened_people": 500}, "II"),
        ({"threatened_people": 1000}, "I"),
        ({"potential_loss_wan_yuan": "499.9"}, "IV"),
        ({"potential_loss_wan_yuan": 500}, "III"),
        ({"potential_loss_wan_yuan": 5000}, "II"),
        ({"potential_loss_wan_yuan": 10000}, "I"),
        ({"deaths": 2}, "IV"),
        ({"deaths": 3}, "III"),
        ({"deaths": 30}, "I"),
        ({"direct_loss_wan_yuan": 100}, "III"),
        ({"direct_loss_wan_yuan": 500}, "II"),
        ({"direct_loss_wan_yuan": 1000}, "I"),
        ({"geo_weather_warning": "黄"}, None),
        ({"geo_weather_warning": "橙"}, "IV"),
    ],
)
def test_threat_and_loss_are_two_tables_and_the_higher_counts(facts, level):
    assert grade(PLAN, QUIET | facts).at_least == level


def test_possible_and_actual_loss_are_never_taken_for_each_other():
    assert grade(PLAN, QUIET | {"potential_loss_wan_yuan": 1000}).at_least == "III"
    assert grade(PLAN, QUIET | {"direct_loss_wan_yuan": 1000}).at_least == "I"


def test_whether_people_died_is_asked_before_a_level_is_ruled_out():
    known = {name: value for name, value in QUIET.items() if name != "deaths"}
    level = grade(PLAN, known | {"threatened_people": 60}).level("III")

    assert level.verdict == Verdict.UNDETERMINED
    assert [one.fact for one in level.would_decide] == ["deaths"]


def test_the_figures_are_recorded_and_that_they_start_a_response_is_assumed():
    level = PLAN.levels["III"]

    assert level.source.status == Status.ASSUMED
    assert {clause.status for clause in level.when.parts} == {Status.RECORDED}


def test_the_danger_zone_is_lifted_only_when_the_danger_is_gone():
    steps = {step.id: step for step in PLAN.steps_of("IV")}

    assert steps["lift-zone"].after == ["danger-zone"]
    assert steps["lift-zone"].waits_for is not None
    assert grade(PLAN, {"geo_danger_removed": False}).ends.verdict == Verdict.NOT_MET


def test_a_small_one_is_reported_within_the_hour():
    step = next(one for one in PLAN.steps_of("IV") if one.id == "report-one-hour")

    assert step.finish_within.total_seconds() == 3600
    assert step.figures["finish_within"].status == Status.RECORDED
