from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from liandong.plans.language import FactError, Known, Verdict, grade, load, looked_at
from tests.plans import triggers
from tests.plans.example import FOREST, RELIEF, forest_with

FOREST_PLAN = load(FOREST)
RELIEF_PLAN = load(RELIEF)
QUIET = {
    "burned_ha": 0,
    "serious_injuries": 0,
    "open_flame_out": False,
    "spreading": False,
    "sensitive": False,
    "uncontrolled_minutes": 0,
    "superior_demands": False,
    "dangerous_fires_at_once": 0,
}


def verdict(**facts):
    return grade(FOREST_PLAN, facts).level("IV").verdict


def test_three_hundred_minutes_uncontrolled_is_met_though_nobody_knows_if_it_is_sensitive():
    finding = grade(FOREST_PLAN, {"spreading": True, "uncontrolled_minutes": 300}).level("IV")

    assert finding.verdict == Verdict.MET
    assert [reason.cite for reason in finding.reasons] == ["(3)", "(3)"]
    assert {reason.verdict for reason in finding.reasons} == {Verdict.UNDETERMINED}


def test_two_hundred_minutes_uncontrolled_waits_for_whether_it_is_sensitive():
    facts = QUIET | {"spreading": True, "uncontrolled_minutes": 200}
    del facts["sensitive"]

    grading = grade(FOREST_PLAN, facts)

    assert grading.level("IV").verdict == Verdict.UNDETERMINED
    assert [question.fact for question in grading.questions] == ["sensitive"]
    assert grading.questions[0].ask == "县林业局"


@pytest.mark.parametrize(
    ("hectares", "expected"),
    [("9.99", "not_met"), ("10", "met"), ("49.9", "met"), ("50", "not_met")],
)
def test_at_least_includes_its_number_and_below_does_not(hectares, expected):
    assert verdict(**(QUIET | {"burned_ha": hectares})) == expected


def test_all_known_and_false_is_not_met():
    grading = grade(FOREST_PLAN, QUIET)

    assert grading.level("IV").verdict == Verdict.NOT_MET
    assert (grading.at_least, grading.still_open, grading.summary) == (
        None,
        (),
        "各级启动条件均未达到",
    )


def test_nothing_known_is_undetermined_and_asks():
    grading = grade(FOREST_PLAN, {})

    assert grading.summary == "尚不能确认达到任何一级；Ⅳ级未定"
    assert [q.fact for q in grading.questions] == list(QUIET)


def test_a_clause_says_what_was_compared_with_what():
    at = datetime(2026, 7, 14, 5, 36, tzinfo=UTC)
    known = {"burned_ha": Known(value=Decimal("12.5"), at=at, source="县林业局")}

    clause = grade(FOREST_PLAN, known).level("IV").clauses[0]

    assert (clause.cite, clause.sentence) == ("(1)", "过火面积 10 公顷以上、50 公顷以下")
    assert (clause.verdict, clause.status) == ("met", "recorded")
    assert (clause.compared[0].shown, clause.compared[0].source) == ("12.5 公顷", "县林业局")


# domain.md §11.3: the real county's two tables stand side by side, the higher one counts.
@pytest.mark.parametrize(
    ("facts", "level"),
    [
        ({"earthquake_magnitude": "5.0", "dead_missing": 5, "relocated": 0}, "II"),
        ({"earthquake_magnitude": "0", "dead_missing": 5, "relocated": 0}, "III"),
        ({"earthquake_magnitude": "0", "dead_missing": 6, "relocated": 0}, "II"),
        ({"earthquake_magnitude": "0", "dead_missing": 0, "relocated": 999}, "IV"),
        ({"earthquake_magnitude": "0", "dead_missing": 0, "relocated": 1000}, "III"),
        ({"earthquake_magnitude": "0", "dead_missing": 0, "relocated": 300}, "IV"),
        ({"earthquake_magnitude": "0", "dead_missing": 0, "relocated": 299}, None),
    ],
)
def test_the_general_and_the_earthquake_table_the_higher_counts(facts, level):
    grading = grade(RELIEF_PLAN, facts)

    assert grading.at_least == level
    assert grading.still_open == ("I",)  # its conditions were never found, which is not a no


def test_five_dead_with_the_magnitude_unknown_is_at_least_three():
    grading = grade(RELIEF_PLAN, {"dead_missing": 5, "relocated": 0})

    assert grading.summary == "至少Ⅲ级；Ⅰ、Ⅱ级未定"
    assert [q.fact for q in grading.questions] == ["earthquake_magnitude"]


def test_a_level_not_recorded_stays_open_whatever_is_known():
    finding = grade(RELIEF_PLAN, {"dead_missing": 500, "relocated": 0}).level("I")

    assert (finding.verdict, finding.status, finding.clauses) == (
        "undetermined",
        "not_recorded",
        (),
    )


def test_the_next_threshold_says_how_far():
    ahead = grade(RELIEF_PLAN, {"relocated": 700, "earthquake_magnitude": 0}).next_thresholds

    found = {one.fact: (one.level, one.threshold, one.distance) for one in ahead}
    assert found["relocated"] == ("III", "1000", "300")


def test_a_level_or_one_above_it_may_be_certain_though_neither_is():
    low = forest_with("{all: [{sensitive: false}, {spreading: true}]}")
    both = low.replace(
        "levels:\n",
        "levels:\n  III:\n    source: {status: assumed}\n"
        "    when: {all: [{sensitive: true}, {spreading: true}]}\n",
    )

    grading = grade(load(both), {"spreading": True})

    assert {one.level: one.verdict for one in grading.levels} == {
        "III": "undetermined",
        "IV": "undetermined",
    }
    assert grading.summary == "至少Ⅳ级；Ⅲ级未定"


def test_facts_nobody_defined_are_left_alone_and_wrong_values_refused():
    assert verdict(**QUIET, moon="full") == Verdict.NOT_MET
    with pytest.raises(FactError, match="填数字"):
        verdict(burned_ha=12.5)


def test_a_grading_is_plain_data_for_the_journal():
    data = grade(FOREST_PLAN, QUIET).as_data()

    assert (data["summary"], data["levels"][0]["level"]) == ("各级启动条件均未达到", "IV")
    assert data["levels"][0]["clauses"][0]["compared"][0]["shown"] == "0 公顷"


@pytest.mark.parametrize("bounds", ["half_open", "closed"])
@pytest.mark.parametrize("name", [one["plan"] for one in triggers.FIGURES])
def test_every_figure_of_a_real_plan_makes_its_level_at_below_and_above(name, bounds):
    plan = triggers.plan(name).model_copy(update={"bounds": bounds})
    settled = {"government_decides": False, "bounds_lowered": False, "likely_soon": False}
    settled |= {"flooded_mu": 0}

    wrong = [
        (facts, found.at_least)
        for facts in triggers.boundaries(name)
        if (found := grade(plan, settled | facts, triggers.FACTS)).at_least
        != triggers.level_by_figures(name, facts, closed=bounds == "closed")
    ]

    assert wrong == []


def test_more_than_so_many_mu_does_not_include_them():
    calm = triggers.calm("flood-anhui")
    found = [
        grade(triggers.plan("flood-anhui"), calm | {"flooded_mu": mu}, triggers.FACTS).at_least
        for mu in ("50000", "50000.01")
    ]

    assert found == [None, "III"]


@pytest.mark.parametrize(
    ("fact", "value", "expected"),
    [
        ("levee_danger", "serious", "met"),
        ("levee_danger", "general", "not_met"),
        ("polder_danger", "serious", "not_met"),
        ("polder_danger", "major", "met"),
        ("medium_reservoir_danger", "serious", "met"),
        ("small_reservoir_danger", "serious", "not_met"),
        ("county_seat_moderate_drought", True, "met"),
    ],
)
def test_what_a_person_confirms_makes_the_level_and_unconfirmed_leaves_it_open(
    fact, value, expected
):
    facts = triggers.calm("flood-anhui") | {"flooded_mu": 0, fact: value}
    plan = triggers.plan("flood-anhui")

    assert grade(plan, facts, triggers.FACTS).level("III").verdict == expected
    del facts[fact]
    open_ = grade(plan, facts, triggers.FACTS)
    assert (open_.level("III").verdict, [one.fact for one in open_.questions]) == (
        "undetermined",
        [fact],
    )


@pytest.mark.parametrize("fact", ["likely_soon", "government_decides"])
def test_a_judgment_or_a_decision_alone_makes_the_level(fact):
    grading = grade(triggers.plan("relief-pengshui"), {fact: True}, triggers.FACTS)

    assert grading.at_least == "II"


def test_clauses_that_were_not_found_keep_a_level_open_when_all_others_fail():
    calm = triggers.calm("relief-daying") | {"government_decides": False}

    level = grade(triggers.plan("relief-daying"), calm, triggers.FACTS).level("III")

    assert (level.verdict, level.clauses[0].status) == ("undetermined", "recorded")


OTHER_PLAN = forest_with("{response_level: {at_least: III}, of_plan: flood-drought}")


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ("none", "not_met"),
        ("IV", "not_met"),
        ("III", "met"),
        ("I", "met"),
        (None, "undetermined"),
    ],
)
def test_the_level_of_another_plan_may_start_this_one(level, expected):
    facts = {} if level is None else {"response_level@flood-drought": level}

    finding = grade(load(OTHER_PLAN), facts).level("IV")

    assert finding.verdict == expected
    assert finding.clauses[0].sentence == "“flood-drought”预案已启动的响应级别达到Ⅲ级以上"


def test_the_level_of_a_superior_may_start_ours():
    plan = load(forest_with("{superior_level: {at_least: III}}"))

    found = [grade(plan, {"superior_level": one}).at_least for one in ("Ⅳ级", "三级", "II")]

    assert found == [None, "IV", "IV"]


def test_a_threshold_that_the_rest_rules_out_is_not_ahead():
    facts = {"relocated": 300, "earthquake_magnitude": 0}
    quake = {"relocated": 300, "earthquake_magnitude": "5.2"}

    ahead = {one.fact: one for one in grade(RELIEF_PLAN, facts).next_thresholds}
    shaken = {one.fact: one for one in grade(RELIEF_PLAN, quake).next_thresholds}

    assert (ahead["relocated"].threshold, ahead["relocated"].distance) == ("1000", "700")
    assert (shaken["relocated"].threshold, shaken["relocated"].distance) == ("500", "200")


def test_what_comes_nearer_by_falling_says_so():
    plan = load(forest_with("{wind_force: {below: 3}}"))

    [ahead] = grade(plan, {"wind_force": 5}).next_thresholds

    assert (ahead.threshold, ahead.distance, ahead.is_falling) == ("3", "2", True)


def test_a_time_has_a_threshold_of_its_own():
    plan = load(forest_with("{burned_ha: {at_least: 30}, within: PT24H, taken: rise}"))
    noon = datetime(2026, 7, 14, 4, tzinfo=UTC)
    before = Known(value=Decimal(2), at=noon - timedelta(hours=30))
    now = Known(value=Decimal(12), at=noon, earlier=(before,))

    [ahead] = grade(plan, {"burned_ha": now}, at=noon).next_thresholds

    assert (ahead.label, ahead.value, ahead.distance) == ("1天内上升过火面积", "10", "20")


def test_the_facts_a_plan_looks_at_are_named_once_with_what_is_known():
    condition = (
        "{any: [{areas_at_least: 1, where: {flooded_mu: {at_least: 9}}},"
        " {burned_ha: {at_least: 30}, within: P1D, taken: rise}, {burned_ha: {at_least: 90}},"
        " {response_level: {at_least: III}, of_plan: flood-drought}]}"
    )
    noon = datetime(2026, 7, 14, 4, tzinfo=UTC)
    before = Known(value=Decimal(2), at=noon - timedelta(days=2))
    burned = Known(value=Decimal(12), at=noon, earlier=(before,))

    found = looked_at(
        load(forest_with(condition)), {"burned_ha": burned}, at=noon, areas={"hekou": "河口镇"}
    )

    assert [(fact.name, known and known.value) for fact, known in found] == [
        ("flooded_mu@hekou", None),
        ("burned_ha~rise~P1D", Decimal(10)),
        ("burned_ha", Decimal(12)),
        ("response_level@flood-drought", None),
    ]


def test_what_rose_may_be_told_as_such_even_where_it_fell():
    plan = load(forest_with("{burned_ha: {below: 0}, within: P1D, taken: rise}"))

    assert grade(plan, {"burned_ha~rise~P1D": "-3"}).at_least == "IV"
