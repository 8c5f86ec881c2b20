import pytest

from liandong.plans.language import Status, Verdict, grade, load
from liandong.plans.queries import shipped_text

PLAN = load(shipped_text("relief"))
QUIET = {
    "dead_missing": 0,
    "relocated": 0,
    "collapsed_rooms": 0,
    "severe_rooms": 0,
    "collapsed_severe_rooms": 0,
    "drought30d_nowater": 0,
    "drought_aid_percent": 0,
    "earthquake_magnitude": 0,
    "relief_level_decided": "none",
    "bounds_lowered": False,
}


def reached(**facts):
    return grade(PLAN, QUIET | facts).at_least


@pytest.mark.parametrize(
    ("facts", "level"),
    [
        ({}, None),
        ({"relocated": 299}, None),
        ({"relocated": 300}, "IV"),
        ({"relocated": 999}, "IV"),
        ({"relocated": 1000}, "III"),
        ({"relocated": 2499}, "III"),
        ({"relocated": 2500}, "II"),
        ({"relocated": 5000}, "I"),
        ({"dead_missing": 1}, "IV"),
        ({"dead_missing": 3}, "III"),
        ({"dead_missing": 6}, "II"),
        ({"dead_missing": 10}, "I"),
        ({"collapsed_rooms": 29}, None),
        ({"collapsed_rooms": 30}, "IV"),
        ({"collapsed_rooms": 150}, "III"),
        ({"severe_rooms": 1000}, "II"),
        ({"drought30d_nowater": 300}, "IV"),
        ({"drought30d_nowater": 2500}, "I"),
        ({"drought_aid_percent": "4.9"}, None),
        ({"drought_aid_percent": 5}, "III"),
        ({"drought_aid_percent": 10}, None),
        ({"relief_level_decided": "III"}, "III"),
    ],
)
def test_the_general_table_is_closed_below_and_open_above(facts, level):
    assert reached(**facts) == level


@pytest.mark.parametrize(
    ("magnitude", "facts", "level"),
    [
        ("4.9", {"dead_missing": 5}, "III"),
        (5, {"dead_missing": 5}, "II"),
        (5, {"dead_missing": 4}, "III"),
        (5, {"relocated": 99}, None),
        (5, {"relocated": 100}, "IV"),
        ("4.9", {"relocated": 100}, None),
        (5, {"relocated": 500}, "III"),
        (5, {"relocated": 1500}, "II"),
        (5, {"relocated": 2000}, "I"),
        (5, {"collapsed_severe_rooms": 30}, "IV"),
        (5, {"collapsed_severe_rooms": 1000}, "I"),
    ],
)
def test_the_earthquake_table_runs_beside_it_and_the_higher_level_counts(
    magnitude, facts, level
):
    assert reached(earthquake_magnitude=magnitude, **facts) == level


def test_five_dead_are_three_or_two_and_the_reason_names_the_table():
    quake = grade(PLAN, QUIET | {"dead_missing": 5, "earthquake_magnitude": 5}).level("II")

    assert [one.cite.split("：")[0] for one in quake.reasons] == ["自治县 Ⅱ级 5 级以上地震"]


def test_level_one_of_the_real_plan_was_not_found_and_stays_open():
    level = grade(PLAN, QUIET).level("I")

    assert level.verdict == Verdict.UNDETERMINED
    assert PLAN.levels["I"].source.status == Status.ASSUMED


def test_where_bounds_may_be_lowered_nobody_says_how_far_so_the_level_stays_open():
    levels = {one.level: one.verdict for one in grade(PLAN, QUIET | {"bounds_lowered": True}).levels}  # fmt: skip

    assert levels["IV"] == levels["III"] == levels["II"] == Verdict.UNDETERMINED


def test_a_missing_number_is_asked_for_and_never_read_as_no():
    known = {name: value for name, value in QUIET.items() if name != "dead_missing"}
    level = grade(PLAN, known).level("III")

    assert level.verdict == Verdict.UNDETERMINED
    assert [one.fact for one in level.would_decide] == ["dead_missing"]


def test_who_decides_changes_with_the_level_and_who_ends_it_too():
    said = {
        key: (level.decides.posts, level.ends.posts if level.ends else [])
        for key, level in PLAN.levels.items()
    }

    assert said == {
        "I": (["relief-hq.commander"], ["general-hq.commander"]),
        "II": (["relief-hq.commander"], []),
        "III": (["relief-hq.executive-deputy"], []),
        "IV": (["relief-office.director"], ["relief-office.director"]),
    }


def test_money_and_goods_within_a_day_a_team_within_a_day_a_joint_team_within_two():
    steps = {step.id: step for step in PLAN.steps_of("II")}
    hours = {
        key: steps[key].finish_within.total_seconds() / 3600
        for key in ("funds", "emergency-supplies", "work-team", "joint-team")
    }

    assert hours == {"funds": 24, "emergency-supplies": 24, "work-team": 24, "joint-team": 48}
    assert all(steps[key].figures["finish_within"].status == Status.RECORDED for key in hours)
    assert steps["joint-team"].after == ["work-team"]


def test_homes_are_settled_only_after_the_disaster_is_stable():
    steps = {step.id: step for step in PLAN.steps_of("IV")}

    assert {key for key, step in steps.items() if step.waits_for} == {
        "damaged-homes",
        "publish-accounts",
    }
