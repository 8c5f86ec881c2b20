"""Severity tables of laws and standards; the assertions of domain knowledge on them are tests here."""

import pytest

from liandong.plans.language.checking import comparisons_in
from liandong.plans.language.facts import dictionary
from liandong.plans.language.severity import (
    GRAVEST_FIRST,
    grade_severity,
    severity_tables,
    shipped_tables,
)

NOBODY = {"deaths": 0, "injured_or_poisoned": 0, "direct_loss_wan_yuan": 0}
CALM_FIRE = {"affected_forest_ha": "0.1", "deaths": 0, "serious_injuries": 0}


def table(key):
    return next(one for one in shipped_tables() if one.key == key)


@pytest.mark.parametrize(
    ("facts", "severity"),
    [
        ({"deaths": 3}, "larger"),
        ({"deaths": 2}, "ordinary"),
        ({"deaths": 2, "injured_or_poisoned": 10}, "larger"),
        ({"direct_loss_wan_yuan": 1000}, "larger"),
        ({"direct_loss_wan_yuan": "999.9"}, "ordinary"),
        ({"deaths": 10}, "major"),
        ({"deaths": 30}, "gravest"),
    ],
)
def test_a_work_accident_is_as_grave_as_its_gravest_figure(facts, severity):
    finding = grade_severity(table("work-safety"), NOBODY | facts)

    assert (finding.at_least, finding.still_open) == (severity, ())


@pytest.mark.parametrize(
    ("hectares", "severity"), [("0.99", "ordinary"), ("1", "larger"), ("100", "major")]
)
def test_one_hectare_of_damaged_forest_is_larger(hectares, severity):
    finding = grade_severity(table("forest-fire"), CALM_FIRE | {"affected_forest_ha": hectares})

    assert finding.at_least == severity


def test_what_is_missing_leaves_the_graver_ones_open_and_is_asked():
    finding = grade_severity(table("work-safety"), {"deaths": 3})

    assert (finding.at_least, finding.still_open) == ("larger", ("gravest", "major"))
    assert [one.fact for one in finding.questions] == [
        "injured_or_poisoned",
        "direct_loss_wan_yuan",
    ]
    assert [one.cite for one in finding.reasons] == ["死亡 3 人以上 10 人以下"]
    assert finding.summary == "至少较大；特别重大、重大未定"


@pytest.mark.parametrize(
    ("percent", "severity"),
    [
        ("29.9", "gravest"),
        ("30", "major"),
        ("40", "larger"),
        ("50", "ordinary"),
        ("60", None),
    ],
)
def test_the_drier_the_soil_the_graver_the_drought(percent, severity):
    finding = grade_severity(table("drought"), {"soil_moisture_percent": percent})

    assert (finding.at_least, finding.still_open) == (severity, ())


@pytest.mark.parametrize(
    ("cases", "severity"), [(0, None), (9, "ordinary"), (10, "larger"), (29, "larger")]
)
def test_cholera_is_graded_by_the_cases_of_a_week_and_what_was_not_read_stays_open(
    cases, severity
):
    known = {"pneumonic_cases": 0, "bubonic_cases": 0, "cholera_cases": cases}

    finding = grade_severity(table("contagion"), known)

    assert (finding.at_least, finding.still_open) == (severity, ("gravest", "major"))


@pytest.mark.parametrize(
    ("facts", "severity"),
    [
        ({"load_cut_percent": "80"}, "gravest"),
        ({"users_out_percent": "79.9"}, "major"),
        ({"load_cut_percent": "40"}, "larger"),
    ],
)
def test_a_frost_is_as_grave_as_the_outage_it_makes(facts, severity):
    calm = {"load_cut_percent": "0", "users_out_percent": "0"}

    finding = grade_severity(table("freezing"), calm | facts)

    assert finding.at_least == severity


def test_what_was_not_read_is_never_taken_for_no():
    finding = grade_severity(
        table("poisoning"), {"food_poisoned": 5, "deaths": 0, "occupational_poisoned": 0}
    )

    assert finding.at_least is None
    assert finding.still_open == ("gravest",)


def test_threat_and_loss_of_one_landslide_are_two_findings():
    tables = severity_tables("11D01")

    assert [one.key for one in tables] == ["geological-loss", "geological-threat"]


@pytest.mark.parametrize("one", shipped_tables(), ids=lambda one: one.key)
def test_a_shipped_table_names_known_facts_and_every_severity(one):
    facts = dictionary()

    assert tuple(one.grades) == GRAVEST_FIRST
    for condition in one.grades.values():
        for _place, test in comparisons_in(condition):
            for _word, value in (
                () if isinstance(test.expects, bool) else test.expects.operands()
            ):
                facts[test.fact].read(value)


def test_no_table_holds_for_a_class_nobody_graded():
    assert severity_tables("11B03") == []
