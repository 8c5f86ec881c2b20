import pytest

from liandong.kernel.problems import Missing
from liandong.plans.queries import (
    active_version,
    plans_known,
    version_numbered,
    versions_in_force,
)
from tests.plans.example import FOREST
from tests.plans.people import adopted

pytestmark = pytest.mark.django_db


def test_each_plan_has_one_version_in_force():
    adopted(FOREST)
    forest, flood = adopted(FOREST), adopted()

    assert list(versions_in_force()) == [flood, forest]


def test_a_plan_nobody_adopted_is_missing_and_says_what_to_do():
    with pytest.raises(Missing) as refused:
        active_version("forest-fire")

    assert refused.value.remedy == "请先印发施行这部预案的一个版本。"


def test_a_version_is_found_by_its_number_or_missing():
    version = adopted(FOREST)

    assert version_numbered("forest-fire", 1) == version
    with pytest.raises(Missing, match="没有这部预案"):
        version_numbered("forest-fire", 2)


def test_every_plan_is_known_by_its_newest_title():
    adopted(FOREST)
    adopted(FOREST.replace("title: 森林", "title: 森林草原"))

    assert plans_known() == [("forest-fire", "森林草原火灾应急预案")]
