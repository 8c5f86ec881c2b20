import pytest

from liandong.plans.language import Status, Verdict, grade, load
from liandong.plans.queries import shipped_text

PLAN = load(shipped_text("outage"))
QUIET = {
    "load_cut_percent": 0,
    "users_out_percent": 0,
    "towns_without_power": 0,
    "vital_users_without_power": 0,
    "superior_demands": False,
}
OVER = {
    "grid_stable": True,
    "load_restored_percent": 80,
    "vital_load_restored_percent": 90,
    "outage_risk_removed": True,
    "secondary_handled": True,
}


@pytest.mark.parametrize(
    ("facts", "level"),
    [
        ({}, None),
        ({"towns_without_power": 1}, "IV"),
        ({"vital_users_without_power": 1}, "IV"),
        ({"load_cut_percent": "39.9"}, None),
        ({"load_cut_percent": 40}, "III"),
        ({"load_cut_percent": "59.9"}, "III"),
        ({"load_cut_percent": 60}, "II"),
        ({"load_cut_percent": 80}, "I"),
        ({"users_out_percent": "49.9"}, None),
        ({"users_out_percent": 50}, "III"),
        ({"users_out_percent": 70}, "II"),
        ({"users_out_percent": 80}, "I"),
        ({"load_cut_percent": 45, "users_out_percent": 75}, "II"),
    ],
)
def test_load_cut_or_users_without_power_give_the_level(facts, level):
    assert grade(PLAN, QUIET | facts).at_least == level


def test_what_the_power_company_has_not_said_yet_is_asked():
    grading = grade(PLAN, {"towns_without_power": 2})

    assert (grading.at_least, grading.still_open) == ("IV", ("I", "II", "III"))
    asked = {one.fact: one.ask for one in grading.level("III").would_decide}
    assert asked == {"load_cut_percent": "县供电公司", "users_out_percent": "县供电公司"}


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        (OVER, Verdict.MET),
        (OVER | {"load_restored_percent": "79.9"}, Verdict.NOT_MET),
        (OVER | {"vital_load_restored_percent": "89.9"}, Verdict.NOT_MET),
        ({"grid_stable": True}, Verdict.UNDETERMINED),
    ],
)
def test_it_ends_at_four_fifths_of_the_load_and_nine_tenths_of_what_is_vital(facts, verdict):
    assert grade(PLAN, facts).ends.verdict == verdict


def test_repair_and_vital_users_are_recorded_and_the_levels_are_not():
    steps = {step.id: step for step in PLAN.steps_of("IV")}

    assert {steps[key].source.status for key in ("repair", "priorities", "vital-users")} == {
        Status.RECORDED
    }
    assert {level.source.status for level in PLAN.levels.values()} == {Status.ASSUMED}
