import pytest

from liandong.plans.language import load
from liandong.plans.language.linting.example import SOUND
from liandong.plans.queries import active_version, check_up_of, county_check_up
from liandong.plans.queries.check_up import spot_of
from tests.factories import organization as make
from tests.plans.people import adopted

pytestmark = pytest.mark.django_db


def test_one_empty_chair_is_one_trouble_with_every_place_that_needs_it():
    make.post("liaison", at=make.body("forestry", name="县林业局"), is_liaison=True)
    adopted(SOUND)
    adopted()

    tonight = county_check_up().tonight

    empty = [one for one in tonight if one.rule.code == "LD703"]
    assert [(one.what, [spot.label for spot in one.spots]) for one in empty] == [
        ("“县林业局联络员”空缺", ["Ⅳ级 · 组织扑火队伍扑打火线"])
    ]


def test_the_gravest_stands_first():
    adopted(SOUND)

    graves = [one.is_grave for one in county_check_up().tonight]

    assert graves == sorted(graves, reverse=True)


def test_a_plans_own_check_up_parts_its_text_from_tonight(at):
    at("2025-09-29T10:00")  # the day after its issue
    adopted(SOUND.replace("    expected: P2D\n", ""))

    text, tonight = check_up_of(active_version("forest-fire"))

    assert [one.rule.code for one in text] == ["LD202"]
    assert {one.rule.code for one in tonight} == {"LD702", "LD704"}


def test_what_contradicts_another_plan_in_force_is_told_of_the_later():
    adopted(SOUND)
    adopted(SOUND.replace("plan: forest-fire", "plan: grass-fire"))

    (between,) = county_check_up().between

    assert (between.rule.code, between.spots[0].plan) == ("LD603", "grass-fire")
    assert [one.must for one in county_check_up().plans] == [0, 1]


def test_a_place_is_called_as_people_call_it():
    plan = load(SOUND)

    said = [
        spot_of(plan, path).label
        for path in (
            ("levels", "IV", "when", "any", 0),
            ("levels", "III"),
            ("levels", "IV", "steps", 1),
            ("ends_when",),
            (),
        )
    ]

    assert said == [
        "Ⅳ级 · 启动条件 1",
        "Ⅲ级",
        "Ⅳ级 · 封闭火场周边道路，转移受威胁群众",
        "终止条件",
        "全文",
    ]
