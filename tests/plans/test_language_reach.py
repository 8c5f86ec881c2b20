"""Facts of several townships and over a time: never read as no while they are not known."""

from datetime import UTC, datetime, timedelta

import pytest

from liandong.plans.language import Known, Verdict, grade, load
from liandong.plans.language.facts import dictionary
from liandong.plans.language.reach import base_name, taken
from tests.plans.example import FOREST, forest_with

NOW = datetime(2026, 8, 4, 12, tzinfo=UTC)
TOWNS = {"chengguan": "城关镇", "xinan": "新安镇", "hekou": "河口镇"}


def verdict(condition, facts, **given):
    return grade(load(forest_with(condition)), facts, at=NOW, **given).level("IV").verdict


def with_periods(periods):
    return load(FOREST.replace("levels:", f"periods: {periods}\nlevels:"))


def told(*pairs):
    """What was known, so many hours ago."""
    *earlier, last = [
        Known(value=value, at=NOW - timedelta(hours=hours), source="水文中心")
        for hours, value in pairs
    ]
    return Known(value=last.value, at=last.at, source=last.source, earlier=tuple(earlier))


TWO_TOWNS = "{areas_at_least: 2, where: {flooded_mu: {at_least: 1000}}}"


@pytest.mark.parametrize(
    ("flooded", "expected"),
    [
        ({"chengguan": 1200, "xinan": 1000}, Verdict.MET),
        ({"chengguan": 1200, "xinan": 999}, Verdict.UNDETERMINED),
        ({"chengguan": 1200, "xinan": 999, "hekou": 0}, Verdict.NOT_MET),
        ({}, Verdict.UNDETERMINED),
    ],
)
def test_two_townships_or_more(flooded, expected):
    facts = {f"flooded_mu@{town}": mu for town, mu in flooded.items()}

    assert verdict(TWO_TOWNS, facts, areas=TOWNS) == expected


def test_where_no_township_is_known_nothing_is_said():
    assert verdict(TWO_TOWNS, {"flooded_mu@chengguan": 5000}) == Verdict.UNDETERMINED


def test_the_missing_townships_are_asked_by_name_and_the_known_are_shown():
    plan = load(forest_with(TWO_TOWNS))

    level = grade(plan, {"flooded_mu@chengguan": 1200}, at=NOW, areas=TOWNS).level("IV")

    [clause] = level.clauses
    assert [one.question for one in level.would_decide] == [
        "新安镇：全县农田洪涝面积多少亩",
        "河口镇：全县农田洪涝面积多少亩",
    ]
    assert clause.sentence == "2 个以上乡镇洪涝面积 1000 亩以上"
    assert [(one.label, one.shown) for one in clause.compared] == [
        ("城关镇洪涝面积", "1200 亩")
    ]


@pytest.mark.parametrize(
    ("how", "values", "expected"),
    [
        ("total", [(30, 9), (20, 4), (1, 5)], 9),
        ("total", [(30, 9)], None),
        ("rise", [(30, 2), (20, 4), (1, 5)], 3),
        ("rise", [(20, 4), (1, 5)], None),
        ("highest", [(30, 9), (20, 4)], 9),
        ("highest", [], None),
        ("lowest", [(30, 9), (20, 4), (1, 5)], 4),
        ("lowest", [(20, 4)], None),
    ],
)
def test_what_is_taken_of_a_day(how, values, expected):
    known = told(*values) if values else None
    all_told = (*known.earlier, known) if known else ()

    found = taken(dictionary()["flooded_mu"], all_told, how, NOW - timedelta(hours=24), NOW)

    assert found == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([(800, True)], Verdict.MET),
        ([(800, True), (100, False), (50, True)], Verdict.NOT_MET),
        ([(100, True)], Verdict.UNDETERMINED),
    ],
)
def test_thirty_days_without_a_break(values, expected):
    condition = "{county_seat_moderate_drought: true, within: P30D, taken: lowest}"

    assert verdict(condition, {"county_seat_moderate_drought": told(*values)}) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-02-01", Verdict.MET),
        ("2026-05-31", Verdict.MET),
        ("2026-06-01", Verdict.UNDETERMINED),
    ],
)
def test_in_a_period_of_the_plan_its_fact_holds_and_outside_nobody_knows(day, expected):
    plan = with_periods("[{fact: sensitive, since: 02-01, until: 05-31}]")
    noon = datetime.fromisoformat(f"{day}T04:00:00+00:00")
    facts = {
        "burned_ha": 0,
        "serious_injuries": 0,
        "spreading": True,
        "uncontrolled_minutes": 150,
        "superior_demands": False,
        "dangerous_fires_at_once": 0,
    }

    assert grade(plan, facts, at=noon).level("IV").verdict == expected


def test_a_period_may_cross_the_turn_of_the_year():
    [period] = with_periods("[{fact: sensitive, since: 11-01, until: 02-29}]").periods

    days = ("2026-10-31", "2026-11-01", "2027-01-01", "2027-02-28", "2028-02-29", "2027-03-01")
    covered = [period.covers(datetime.fromisoformat(day).date()) for day in days]

    assert covered == [False, True, True, True, True, False]


def test_the_name_of_a_fact_of_a_place_or_time_leads_back_to_the_dictionary():
    names = (
        "flooded_mu",
        "flooded_mu@chengguan",
        "flooded_mu~total~P1D",
        "flooded_mu@hekou~rise~P1D",
    )

    assert {base_name(name) for name in names} == {"flooded_mu"}
