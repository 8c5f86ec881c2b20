import pytest
from django.test import Client

from tests.plans.example import FOREST, RELIEF
from tests.plans.people import adopted

pytestmark = pytest.mark.django_db


def test_the_list_shows_what_holds(reader):
    adopted(FOREST)

    page = reader.get("/plans/").content.decode()

    assert ("森林火灾应急预案" in page, "/plans/forest-fire/" in page) == (True, True)


def test_the_list_takes_as_many_queries_for_three_plans_as_for_one(
    reader, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    adopted(FOREST)
    reader.get("/plans/")
    with CaptureQueriesContext(connection) as one:
        reader.get("/plans/")
    adopted(RELIEF)
    adopted()

    with django_assert_num_queries(len(one)):
        reader.get("/plans/")


def test_a_plan_is_shown_with_its_conditions_and_where_they_come_from(reader):
    adopted()

    page = reader.get("/plans/flood-drought/").content.decode()

    for text in (
        "干流超警戒水位",
        "安徽 Ⅲ级 长江干流超警戒",
        "有据",
        "假定",
        "24 小时不间断巡堤查险",
        "6小时一次",
    ):
        assert text in page


def test_an_older_version_stays_readable(reader):
    adopted(FOREST)
    adopted(FOREST.replace("森林火灾应急预案", "森林草原火灾应急预案"))

    assert "<h1>森林火灾应急预案</h1>" in reader.get("/plans/forest-fire/1/").content.decode()
    assert "<h1>森林草原火灾应急预案</h1>" in reader.get("/plans/forest-fire/").content.decode()


def test_a_level_not_recorded_says_that_it_stays_open(reader):
    adopted(RELIEF)

    assert "这一级总是“未定”" in reader.get("/plans/relief/").content.decode()


@pytest.mark.parametrize("address", ["/plans/nothing/", "/plans/forest-fire/9/"])
def test_a_plan_that_is_not_there_is_not_found(reader, address):
    adopted(FOREST)

    assert reader.get(address).status_code == 404


def test_a_stranger_is_sent_to_sign_in():
    response = Client().get("/plans/")

    assert (response.status_code, response.url.split("?")[0]) == (302, "/accounts/login/")
