import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from liandong.plans.language.linting.example import SOUND
from tests.factories import organization as make
from tests.plans.example import FOREST, RELIEF
from tests.plans.people import adopted

pytestmark = pytest.mark.django_db


def test_the_county_page_tells_what_breaks_tonight_and_where_it_is_mended(reader):
    body = make.body("forestry", name="县林业局")
    make.post("liaison", at=body, is_liaison=True)
    adopted(SOUND)

    page = reader.get("/plans/check-up/").content.decode()

    assert "“县林业局联络员”空缺" in page
    assert f'href="/organization/bodies/{body.pk}/"' in page
    assert 'href="/plans/forest-fire/#step-IV-attack"' in page
    assert "必须改" in page


def test_a_plans_page_tells_each_finding_with_remedy_and_basis(reader):
    adopted(SOUND.replace("    expected: P2D\n", ""))

    page = reader.get("/plans/forest-fire/check-up/").content.decode()

    for text in (
        "LD202",
        "Ⅳ级响应没有预计期限",
        "写上“预计期限”（expected）",
        "《突发事件应对法》第七十二条",
    ):
        assert text in page


@pytest.mark.parametrize("address", ["/plans/", "/plans/forest-fire/"])
def test_the_check_up_is_reached_from_the_list_and_the_plan(reader, address):
    adopted(FOREST)

    assert "check-up/" in reader.get(address).content.decode()


@pytest.mark.parametrize("address", ["/plans/check-up/", "/plans/forest-fire/check-up/"])
def test_three_plans_take_as_many_queries_as_one(reader, address):
    adopted(FOREST)
    reader.get(address)
    with CaptureQueriesContext(connection) as one:
        reader.get(address)
    adopted(RELIEF)
    adopted()
    reader.get(address)
    with CaptureQueriesContext(connection) as three:
        reader.get(address)

    assert len(three) == len(one)


def test_a_county_without_plans_is_told_so(reader):
    assert "还没有现行预案" in reader.get("/plans/check-up/").content.decode()


def test_a_plan_that_is_not_there_is_not_found(reader):
    assert reader.get("/plans/nothing/check-up/").status_code == 404


def test_a_draft_can_be_checked_before_it_holds(reader):
    from liandong.plans.actions import draft_version
    from tests.people import office

    draft_version(office(), text=SOUND)

    assert reader.get("/plans/forest-fire/check-up/").status_code == 200


def test_a_stranger_is_sent_to_sign_in():
    assert Client().get("/plans/check-up/").status_code == 302
