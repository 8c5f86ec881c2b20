from datetime import UTC, datetime

import pytest
from django.test import Client

from liandong.organization.models import Account, Person
from tests.plans.example import FOREST, RELIEF
from tests.plans.people import adopted

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader():
    person = Person.objects.create(name="甲", sort_key="甲")
    account = Account.objects.create(
        username="jia", person=person, created_at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    client = Client()
    client.force_login(account)
    return client


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


def test_the_dictionary_says_whom_to_ask(reader):
    page = reader.get("/plans/facts/").content.decode()

    assert ("过火面积" in page, "过火面积多少公顷（不是受害森林面积）" in page) == (True, True)


def test_a_stranger_is_sent_to_sign_in():
    response = Client().get("/plans/")

    assert (response.status_code, response.url.split("?")[0]) == (302, "/accounts/login/")


def office():
    from liandong.kernel.permissions import Role
    from tests.factories import organization as make
    from tests.organization.browser import entered

    return entered(make.holder(Role.HEADQUARTERS_OFFICE))


def test_the_library_shows_what_the_county_has_not_taken(reader):
    page = reader.get("/plans/library/").content.decode()

    assert ("防汛抗旱应急预案" in page, "采用</a>" in page) == (True, False)


def test_a_plan_of_the_library_is_kept_as_a_draft_and_then_adopted():
    from liandong.kernel.identity import Node
    from liandong.plans.models import PlanVersion

    Node.objects.create(division_code="511523", name="江安县", public_key="")
    client = office()

    shown = client.get("/plans/library/flood/").content.decode()
    client.post("/plans/library/flood/", {"number": "江防指〔2026〕3号", "how": "draft"})
    draft = PlanVersion.objects.get()
    before = draft.state
    client.post(f"/plans/{draft.key}/1/adopt/", {"expected_version": "1"})

    draft.refresh_from_db()
    assert "没有人接的岗位" in shown
    assert (draft.title, before, draft.state) == ("江安县防汛抗旱应急预案", "draft", "in_force")


def test_a_plan_the_library_has_not_is_missing():
    assert office().get("/plans/library/volcano/").status_code == 404


def test_who_may_not_adopt_is_refused(reader):
    assert reader.get("/plans/library/flood/").status_code == 403
