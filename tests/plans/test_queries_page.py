from liandong.plans.language import load, shares_of
from liandong.plans.queries import end_lines, group_lines, level_pages, shipped_text
from tests.plans.example import RELIEF

NAMES = {
    "flood-hq.executive-deputy": "常务副指挥长",
    "flood-hq.commander": "指挥长",
    "water": "县水利局",
}


def page(key):
    pages = level_pages(load(shipped_text("flood")), NAMES)
    return next(one for one in pages if one.key == key)


def test_a_level_is_said_with_where_each_thing_comes_from():
    level = page("III")

    first = level.clauses[0]
    assert (first.text, first.status, first.cite) == (
        "干流超警戒水位",
        "recorded",
        "安徽 Ⅲ级 长江干流超警戒",
    )
    assert [clause.status for clause in level.clauses].count("assumed") == 1
    roles = {label: (line.text, line.status) for label, line in level.roles}
    assert roles["决定"] == ("常务副指挥长", "recorded")
    assert roles["报告"] == ("指挥长（20分钟内）", "assumed")
    assert roles["预计期限"] == ("2天", "assumed")
    assert level.builds_on == "Ⅳ级"


def test_a_step_is_said_with_its_deadlines():
    step = next(one for one in page("III").steps if one.id == "works-dispatch")

    assert (step.to.text, step.deed) == ("县水利局", "指令")
    assert [(time.text, time.status) for time in step.times] == [
        ("5分钟内复诵", "assumed"),
        ("1小时内完成", "assumed"),
    ]
    assert step.measure.status == "recorded"


def test_a_step_says_what_of_it_was_read_and_what_assumed():
    level = level_pages(load(shipped_text("relief")), NAMES)[1]
    step = next(one for one in level.steps if one.id == "emergency-supplies")

    assert (step.measure.status, step.to.status) == ("recorded", "assumed")
    assert [(time.text, time.status) for time in step.times] == [
        ("30分钟内复诵", "assumed"),
        ("1天内完成", "recorded"),
    ]


def test_a_level_says_how_much_of_it_was_read():
    assert page("III").shares == shares_of(load(shipped_text("flood")).levels["III"])


def test_a_level_whose_conditions_were_not_found_shows_none():
    level = level_pages(load(RELIEF), {})[0]

    assert (level.key, level.clauses, level.source.status) == ("I", (), "not_recorded")


def test_a_plan_says_when_it_ends_what_waits_and_who_leads_on_the_spot():
    plan = load(shipped_text("forest_fire"))
    steps = {step.id: step for step in level_pages(plan, {})[-1].steps}

    assert [(line.text, line.status) for line in end_lines(plan)] == [
        ("明火已扑灭", "assumed"),
        ("火场已无火无烟", "recorded"),
        ("看守人员撤离已经批准", "recorded"),
    ]
    assert (steps["mop-up"].waits_for, steps["attack"].waits_for) == ("明火已扑灭", "")
    assert group_lines(plan, {"fire-rescue": "县消防大队", "forestry": "县林业局"})[1] == (
        "扑救组",
        "县消防大队",
        "县林业局、armed-police",
    )
    assert end_lines(load(shipped_text("flood"))) == []


def test_a_step_says_who_does_it_if_it_cannot_be_done():
    text = shipped_text("flood").replace(
        "text: 抢险救援队伍、冲锋舟预置到河口镇、柳湾乡",
        "otherwise: [armed-forces]\n        text: 抢险救援队伍、冲锋舟预置到河口镇、柳湾乡",
    )

    pages = level_pages(load(text), {"armed-forces": "县人武部"})

    steps = {step.id: step.otherwise for page in pages for step in page.steps}
    assert (steps["rescue-standby"], steps["work-team"]) == ("县人武部", "")
