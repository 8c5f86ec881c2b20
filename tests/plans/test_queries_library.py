import itertools

import pytest

from liandong.kernel.divisions import Division
from liandong.kernel.permissions import Role
from liandong.organization.queries import usual_bodies
from liandong.organization.states import BodyKind
from liandong.plans import queries
from liandong.plans.language import Status, base_name, dictionary, load
from liandong.plans.language.checking import comparisons_in
from liandong.plans.queries import shipped_plans, shipped_text
from tests.factories import organization as make

pytestmark = pytest.mark.django_db
NAMES = [one.name for one in shipped_plans()]
PLANS = {name: load(shipped_text(name)) for name in NAMES}
KEYS = {plan.plan for plan in PLANS.values()}
COUNTY = usual_bodies(Division(county="示例县", city="示例市", province="示例省"))
BODIES = {body.key for body in COUNTY}
POSTS = {post.full_key for body in COUNTY for post in body.posts}
every_plan = pytest.mark.parametrize("plan", PLANS.values(), ids=NAMES)
# Measures for a warning are a document of the same language, and no plan that somebody starts.
RESPONSES = {name: plan for name, plan in PLANS.items() if plan.kind != "warning"}
every_response = pytest.mark.parametrize("plan", RESPONSES.values(), ids=RESPONSES.keys())


def test_every_shipped_plan_becomes_the_countys_own():
    make.body(
        "township-1", name="江安县江安镇人民政府", short_name="江安镇", kind=BodyKind.TOWNSHIP
    )

    for shipped in queries.shipped_plans():
        text = queries.localized(shipped.name, "江安县", "江防指〔2026〕3号")
        plan = load(text)

        assert plan.title.startswith("江安县")
        assert plan.document.number == "江防指〔2026〕3号"
        assert [
            name for name in ("示例县", "城关镇", "河口镇", "柳湾乡", "示防指") if name in text
        ] == []


def test_without_a_number_a_plan_names_none():
    plan = load(queries.localized("flood", "江安县"))

    assert plan.document.number is None


def test_a_post_that_is_missing_vacant_or_answered_is_told_apart():
    plan = load(queries.localized("flood", "江安县"))
    hq = make.body("flood-hq", name="防指")
    vacant = make.post("commander", at=hq, title="指挥长", roles=[Role.COMMANDER])
    answered = make.post("director", at=make.body("flood-office", name="防办"), title="主任")
    make.person("王伟", at=answered)

    gaps = {gap.key: gap for gap in queries.gaps_of(plan)}

    assert (gaps[vacant.key].is_missing, gaps[vacant.key].label) == (False, "防指 指挥长")
    assert answered.key not in gaps
    assert gaps["industry"].is_missing
    assert gaps["industry"].where == ("组织受威胁区域企业停产停工、撤离人员",)


def conditions_of(plan):
    levels = plan.levels.values()
    steps = [step for level in levels for step in level.steps]
    conditions = [level.when for level in levels] + [plan.ends_when]
    return [
        one for one in conditions + [c for s in steps for c in (s.when, s.waits_for)] if one
    ]


def test_ten_plans_ship_the_overall_one_first_and_last_the_measures_for_warnings():
    assert [one.key for one in shipped_plans()] == [
        "overall",
        "disaster-relief",
        "flood-drought",
        "freezing",
        "earthquake",
        "geological",
        "forest-fire",
        "hazardous-chemicals",
        "power-outage",
        "public-health",
        "warning-measures",
    ]


@every_plan
def test_it_names_only_bodies_and_posts_that_a_county_begins_with(plan):
    decided = [plan.headquarters]
    for level in plan.levels.values():
        decided += level.decides.posts if level.decides else []
        decided += level.ends.posts if level.ends else []
        decided += [one for one in (level.proposes, level.consent) if one]
        decided += [told.post for told in level.informs]
        decided += [step.to for step in level.steps]
    for group in plan.field_post.groups:
        decided += [one for one in (group.leads, *group.members) if one]
    townships = {f"township-{n}" for n in range(1, 13)}

    known = BODIES | POSTS | townships | {"city-emergency"}
    assert sorted(set(decided) - known) == []


@every_response
def test_who_decides_holds_a_post_that_may(plan):
    may = {
        post.full_key
        for body in COUNTY
        for post in body.posts
        if {"commander", "headquarters_office"} & set(post.roles)
    }

    for level in plan.levels.values():
        asked = level.decides.posts + (level.ends.posts if level.ends else [])
        assert sorted(set(asked) - may) == []


@every_plan
def test_every_fact_it_asks_has_a_question_and_somebody_to_ask(plan):
    asked = {base_name(test.fact) for c in conditions_of(plan) for _, test in comparisons_in(c)}
    facts = dictionary()

    assert [n for n in sorted(asked) if not (facts[n].question and facts[n].ask)] == []


@every_plan
def test_what_is_recorded_cites_a_listed_source_first(plan):
    named = []
    for level in plan.levels.values():
        sources = [level.source, *level.figures.values()]
        for step in level.steps:
            sources += [step.source, *step.figures.values()]
        named += [s.cite for s in sources if s and s.status == Status.RECORDED]
        clauses = level.when.parts if level.when and hasattr(level.when, "parts") else []
        conditions = level.source_of("when").status
        named += [c.cite for c in clauses if (c.status or conditions) == Status.RECORDED]

    assert [cite for cite in named if cite.split()[0] not in plan.sources] == []


@every_plan
def test_every_source_it_lists_is_used(plan):
    text = plan.model_dump_json()

    unused = [name for name in plan.sources if text.count(name) < 2 and name != "惯例"]
    assert unused == []


@every_plan
def test_every_order_says_how_soon_and_what_proves_it(plan):
    orders = [s for level in plan.levels.values() for s in level.steps if s.do == "order"]

    assert [s.id for s in orders if not (s.acknowledge_within and s.finish_within)] == []
    assert [s.id for s in orders if not s.proof] == []


@every_plan
def test_raising_keeps_what_was_ordered_and_never_slows_the_reports(plan):
    levels = [key for key, _ in plan.highest_first()]
    steps = [{s.id: s for s in plan.steps_of(key)} for key in levels]
    every = [one["sitrep"].every for one in steps if "sitrep" in one]

    assert all(set(low) <= set(high) for high, low in itertools.pairwise(steps))
    assert every == sorted(every)


@every_plan
def test_a_plan_it_starts_ships_too_and_is_asked_of_that_plans_office(plan):
    started = [s for level in plan.levels.values() for s in level.steps if s.plan]
    offices = {
        one.plan: one.headquarters.removesuffix("-hq") + "-office.director"
        for one in PLANS.values()
    }

    assert {s.plan for s in started} <= KEYS - {plan.plan}
    assert [s.to for s in started] == [offices[s.plan] for s in started]


@every_response
def test_every_level_says_who_decides_and_how_long_it_is_expected(plan):
    assert [key for key, level in plan.highest_first() if not level.decides] == []
    assert [key for key, level in plan.highest_first() if not level.expected] == []
    assert len(plan.levels) == 4


def test_posts_and_bodies_of_any_county_have_names():
    names = queries.usual_names()

    assert names["public-security"] == "县公安局"
    assert names["flood-hq.commander"] == "县防汛抗旱指挥部指挥长"
    assert queries.usually_called()["city-emergency"] == ("市应急局", "本市应急管理局")
