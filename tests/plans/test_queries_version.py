import pytest

from liandong.kernel.problems import Missing
from liandong.plans.queries import active_version, versions_in_force
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
