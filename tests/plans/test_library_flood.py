from importlib.resources import files

import pytest

from liandong.plans.language import HIGHEST_FIRST, Status, Verdict, grade, load

PLAN = load(files("liandong.plans").joinpath("library/flood.yaml").read_text(encoding="utf-8"))
CALM = {
    "rainstorm_signal": "none",
    "stations_near_warning": 0,
    "superior_demands": False,
    "trunk_river_above_warning": False,
    "rivers_entirely_above_warning": 0,
    "stations_above_guarantee": 0,
    "stations_at_record": 0,
    "levee_danger": "none",
    "polder_danger": "none",
    "medium_reservoir_danger": "none",
    "small_reservoir_danger": "none",
    "flooded_mu": 0,
    "towns_with_moderate_drought": 0,
    "county_seat_moderate_drought": False,
    "flood_severity": "none",
}


def reached(**facts):
    return grade(PLAN, CALM | facts).at_least


def test_an_orange_rainstorm_signal_alone_is_four_and_leaves_the_rest_open():
    grading = grade(PLAN, {"rainstorm_signal": "橙"})

    assert (grading.at_least, grading.still_open) == ("IV", ("I", "II", "III"))
    assert grading.level("IV").reasons[0].sentence == "暴雨预警信号达到橙色以上"


@pytest.mark.parametrize(
    ("facts", "level"),
    [
        ({}, None),
        ({"rainstorm_signal": "黄"}, None),
        ({"rainstorm_signal": "红"}, "IV"),
        ({"stations_near_warning": 1}, "IV"),
        ({"trunk_river_above_warning": True}, "III"),
        ({"rivers_entirely_above_warning": 1}, "III"),
        ({"levee_danger": "general"}, None),
        ({"levee_danger": "serious"}, "III"),
        ({"polder_danger": "serious"}, None),
        ({"small_reservoir_danger": "major"}, "III"),
        ({"flooded_mu": 50000}, None),  # “洪涝>5 万亩”: the number itself is not over
        ({"flooded_mu": "50000.1"}, "III"),
        ({"trunk_river_above_warning": True, "stations_above_guarantee": 1}, "II"),
        ({"medium_reservoir_danger": "major"}, "II"),
        ({"stations_at_record": 1}, None),
        ({"stations_above_guarantee": 1, "stations_at_record": 1}, "I"),
        ({"flood_severity": "extraordinary"}, "I"),
    ],
)
def test_what_is_known_gives_the_level(facts, level):
    assert reached(**facts) == level


def test_below_again_every_level_is_not_met_so_that_lowering_can_be_proposed():
    verdicts = {one.level: one.verdict for one in grade(PLAN, CALM).levels}

    assert verdicts == dict.fromkeys(HIGHEST_FIRST, Verdict.NOT_MET)


def test_level_three_is_the_recorded_list_and_the_supposed_figure_in_it_says_so():
    level = PLAN.levels["III"]

    assert level.source.status == Status.RECORDED
    assert [c.cite for c in level.when.parts if c.status == Status.ASSUMED] == [
        "安徽 Ⅲ级 多乡镇中度干旱；“多”取 2 为假定"
    ]


def test_every_cite_names_a_listed_source():
    named = [
        source.cite.split()[0]
        for level in PLAN.levels.values()
        for source in (level.source, *level.figures.values(), *(s.source for s in level.steps))
        if source and source.status == Status.RECORDED
    ]

    assert set(named) <= set(PLAN.sources)


def test_every_order_says_how_soon_and_nobody_is_left_without_one():
    orders = [s for key in PLAN.levels for s in PLAN.levels[key].steps if s.do == "order"]

    assert [s.id for s in orders if not (s.acknowledge_within and s.finish_within)] == []
    assert len({s.to for s in PLAN.steps_of("III") if s.do in {"order", "release"}}) == 12


def test_raising_keeps_the_orders_already_given_and_speeds_up_the_reports():
    steps = {key: {s.id: s for s in PLAN.steps_of(key)} for key in HIGHEST_FIRST}

    assert set(steps["IV"]) < set(steps["III"]) < set(steps["II"]) < set(steps["I"])
    every = [steps[key]["sitrep"].every.total_seconds() / 3600 for key in HIGHEST_FIRST]
    assert every == [1, 2, 6, 12]
