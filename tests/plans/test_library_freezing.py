import pytest

from liandong.plans.language import Status, Verdict, grade, load
from liandong.plans.queries import shipped_text

PLAN = load(shipped_text("freezing"))
QUIET = {
    "snow_ice_signal": "none",
    "load_cut_percent": 0,
    "users_out_percent": 0,
    "superior_demands": False,
}


@pytest.mark.parametrize(
    ("facts", "level"),
    [
        ({}, None),
        ({"snow_ice_signal": "蓝"}, "IV"),
        ({"snow_ice_signal": "黄"}, "III"),
        ({"snow_ice_signal": "橙"}, "II"),
        ({"snow_ice_signal": "红"}, "I"),
        ({"load_cut_percent": "39.9"}, None),
        ({"load_cut_percent": 40}, "III"),
        ({"load_cut_percent": 60}, "II"),
        ({"users_out_percent": "69.9"}, None),
        ({"users_out_percent": 70}, "II"),
        ({"users_out_percent": 80}, "I"),
        ({"snow_ice_signal": "蓝", "load_cut_percent": 80}, "I"),
        ({"superior_demands": True}, "IV"),
    ],
)
def test_the_signal_or_the_grid_gives_the_level(facts, level):
    assert grade(PLAN, QUIET | facts).at_least == level


def test_a_signal_alone_leaves_what_the_grid_would_decide_open():
    grading = grade(PLAN, {"snow_ice_signal": "黄"})

    assert (grading.at_least, grading.still_open) == ("III", ("I", "II"))
    assert {one.fact for one in grading.level("II").would_decide} == {
        "load_cut_percent",
        "users_out_percent",
    }


def test_only_the_red_signal_stands_in_a_countys_plan():
    found = [
        (key, clause.cite.split()[0])
        for key, level in PLAN.highest_first()
        for clause in level.when.parts
        if clause.status == Status.RECORDED
    ]

    assert found == [("I", "康县")]


def test_food_is_brought_to_the_stranded_once_somebody_is():
    steps = {step.id: step for step in PLAN.steps_of("II")}

    assert steps["stranded"].waits_for is not None
    assert steps["start-outage"].plan == "power-outage"


def test_it_ends_when_the_ice_is_over_and_life_goes_on():
    assert grade(PLAN, {"ice_over": True}).ends.verdict == Verdict.UNDETERMINED
    assert grade(PLAN, {"ice_over": True, "order_restored": True}).ends.verdict == Verdict.MET
