import pytest

from tests.plans.example import FOREST
from tests.plans.people import adopted

pytestmark = pytest.mark.django_db
STRICTER = FOREST.replace("at_least: 10,", "at_least: 20,").replace("PT40M", "PT60M")


@pytest.fixture
def two(db):
    adopted(FOREST)
    adopted(STRICTER)


def test_the_changes_are_said_level_by_level(reader, two):
    page = reader.get("/plans/forest-fire/compare/1/2/").content.decode()

    assert "过火面积由 10 公顷以上、50 公顷以下改为 20 公顷以上、50 公顷以下" in page
    assert "完成时限由 40分钟改为 1小时" in page


def test_backward_it_says_the_opposite(reader, two):
    page = reader.get("/plans/forest-fire/compare/2/1/").content.decode()

    assert "完成时限由 1小时改为 40分钟" in page


def test_a_version_is_like_itself(reader, two):
    assert "两版没有不同" in reader.get("/plans/forest-fire/compare/1/1/").content.decode()


@pytest.mark.parametrize("numbers", ["1/9", "9/1"])
def test_a_version_that_is_not_there_is_not_found(reader, two, numbers):
    assert reader.get(f"/plans/forest-fire/compare/{numbers}/").status_code == 404


def test_the_list_of_versions_leads_to_it(reader, two):
    page = reader.get("/plans/forest-fire/").content.decode()

    assert page.count("与现行版比对") == 1
    assert "/plans/forest-fire/compare/1/2/" in page


def test_a_plan_of_one_version_has_nothing_to_compare(reader, db):
    adopted(FOREST)

    assert "与现行版比对" not in reader.get("/plans/forest-fire/").content.decode()
