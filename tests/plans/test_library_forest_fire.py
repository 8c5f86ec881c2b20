from importlib.resources import files

import pytest

from liandong.plans.language import HIGHEST_FIRST, Status, Verdict, grade, load

PLAN = load(
    files("liandong.plans").joinpath("library/forest_fire.yaml").read_text(encoding="utf-8")
)
QUIET = {
    "burned_ha": 3,
    "affected_forest_ha": 1,
    "serious_injuries": 0,
    "deaths": 0,
    "open_flame_out": False,
    "open_flame_hours": 1,
    "spreading": True,
    "sensitive": False,
    "uncontrolled_minutes": 60,
    "superior_demands": False,
    "dangerous_fires_at_once": 1,
}


def four(**facts):
    return grade(PLAN, QUIET | facts).level("IV").verdict


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        ({}, Verdict.NOT_MET),
        ({"burned_ha": "9.9"}, Verdict.NOT_MET),
        ({"burned_ha": 10}, Verdict.MET),
        ({"burned_ha": "49.99"}, Verdict.MET),
        ({"burned_ha": 50}, Verdict.NOT_MET),
        ({"serious_injuries": 1}, Verdict.MET),
        ({"serious_injuries": 1, "open_flame_out": True}, Verdict.NOT_MET),
        ({"serious_injuries": 3}, Verdict.NOT_MET),
        ({"uncontrolled_minutes": 239}, Verdict.NOT_MET),
        ({"uncontrolled_minutes": 240}, Verdict.MET),
        ({"uncontrolled_minutes": 240, "spreading": False}, Verdict.NOT_MET),
        ({"sensitive": True, "uncontrolled_minutes": 119}, Verdict.NOT_MET),
        ({"sensitive": True, "uncontrolled_minutes": 120}, Verdict.MET),
        ({"superior_demands": True}, Verdict.MET),
        ({"dangerous_fires_at_once": 2}, Verdict.MET),
    ],
)
def test_each_of_the_six_triggers_starts_level_four_at_its_bound(facts, verdict):
    assert four(**facts) == verdict


def test_after_four_hours_level_four_is_met_whatever_the_season():
    grading = grade(PLAN, {"spreading": True, "uncontrolled_minutes": 240})

    assert (grading.at_least, grading.summary) == ("IV", "至少Ⅳ级；Ⅰ–Ⅲ级未定")
    reasons = grading.level("IV").reasons
    assert [one.cite for one in reasons] == [
        "大英 Ⅳ级(3) 敏感时段、敏感地区 2 小时未得到有效控制且蔓延",
        "大英 Ⅳ级(3) 其他 4 小时未得到有效控制且蔓延",
    ]


def test_after_two_hours_it_hangs_on_whether_the_season_is_sensitive():
    known = {name: value for name, value in QUIET.items() if name != "sensitive"}

    level = grade(PLAN, known | {"uncontrolled_minutes": 120}).level("IV")

    assert level.verdict == Verdict.UNDETERMINED
    assert [one.fact for one in level.would_decide] == ["sensitive"]


def test_a_fire_too_large_for_level_four_does_not_fall_out_of_the_plan():
    assert grade(PLAN, QUIET | {"burned_ha": 50}).at_least == "III"


def test_burned_area_and_affected_forest_are_never_taken_for_each_other():
    assert grade(PLAN, QUIET | {"affected_forest_ha": 40}).at_least is None
    assert grade(PLAN, QUIET | {"affected_forest_ha": 100}).at_least == "II"
    assert grade(PLAN, QUIET | {"burned_ha": 100}).at_least == "III"


def test_what_the_real_plan_says_of_level_three_stays_open():
    level = grade(PLAN, QUIET).level("III")

    assert level.verdict == Verdict.UNDETERMINED
    assert {one.status for one in level.clauses} == {Status.NOT_RECORDED, Status.ASSUMED}
    statuses = {key: PLAN.levels[key].source.status for key in HIGHEST_FIRST}
    assert statuses == dict.fromkeys(("I", "II", "III"), Status.ASSUMED) | {
        "IV": Status.RECORDED
    }


def test_two_decide_level_four_together_and_the_commander_is_told():
    level = PLAN.levels["IV"]

    assert level.decides.all_of == [
        "forest-fire-hq.executive-deputy",
        "forest-fire-office.director",
    ]
    assert [one.post for one in level.informs] == ["forest-fire-hq.commander"]


def test_the_nine_measures_are_all_there_and_guarding_the_ground_comes_last():
    steps = PLAN.levels["IV"].steps
    cited = [step.source.cite for step in steps if "措施" in step.source.cite]

    assert sorted(set(cited)) == [f"大英 Ⅳ级 措施({n})" for n in range(1, 10)]
    assert [(s.id, s.after) for s in steps[-2:]] == [
        ("mop-up", ["attack"]),
        ("guard", ["mop-up"]),
    ]
    assert all(step.waits_for is not None for step in steps[-2:])


@pytest.mark.parametrize(
    ("facts", "verdict", "wanted"),
    [
        ({}, Verdict.UNDETERMINED, "终止条件未满足：明火已扑灭；火场已无火无烟；看守人员撤离已经批准"),
        ({"open_flame_out": True}, Verdict.UNDETERMINED, "终止条件未满足：火场已无火无烟；看守人员撤离已经批准"),
        ({"open_flame_out": False}, Verdict.NOT_MET, "终止条件未满足：明火已扑灭；火场已无火无烟；看守人员撤离已经批准"),
        (
            {"open_flame_out": True, "smoke_out": True, "withdrawal_approved": True},
            Verdict.MET,
            "终止条件已满足",
        ),
    ],
)  # fmt: skip
def test_it_ends_when_neither_fire_nor_smoke_is_left_and_leaving_was_approved(
    facts, verdict, wanted
):
    ends = grade(PLAN, facts).ends

    assert (ends.verdict, ends.summary) == (verdict, wanted)


def test_every_cite_names_a_listed_source():
    named = [
        source.cite.split()[0]
        for level in PLAN.levels.values()
        for source in (level.source, *level.figures.values(), *(s.source for s in level.steps))
        if source and source.status == Status.RECORDED
    ]

    assert set(named) <= set(PLAN.sources)


def test_every_order_says_how_soon():
    orders = [s for key in PLAN.levels for s in PLAN.levels[key].steps if s.do == "order"]

    assert [s.id for s in orders if not (s.acknowledge_within and s.finish_within)] == []


def test_the_field_headquarters_has_its_groups_with_those_who_lead_them():
    groups = PLAN.field_post.groups

    assert [group.key for group in groups] == [
        "coordination",
        "firefighting",
        "medical",
        "security",
        "logistics",
        "information",
        "experts",
    ]
    assert (groups[1].label, groups[1].leads) == ("扑救组", "fire-rescue")
