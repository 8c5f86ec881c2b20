import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liandong.documents import DOCX, Table, read_docx
from liandong.kernel.permissions import Role
from liandong.messaging import actions as messaging
from liandong.plans.adapters.words import CONTACT_HEAD
from tests.factories import organization as make
from tests.organization.browser import entered
from tests.people import office
from tests.plans.example import FOREST
from tests.plans.people import adopted

pytestmark = pytest.mark.django_db


def contacts(client):
    answer = client.get("/plans/forest-fire/1/word/")
    found = read_docx(b"".join(answer.streaming_content), "a.docx").blocks
    rows = next(
        one.rows
        for one in found
        if isinstance(one, Table) and one.rows[0].cells == CONTACT_HEAD
    )
    return {row.cells[0]: row.cells[1:] for row in rows[1:]}


def test_a_version_comes_as_a_word_file_by_its_name(reader):
    adopted(FOREST)

    answer = reader.get("/plans/forest-fire/1/word/")

    assert (answer.status_code, answer["Content-Type"]) == (200, DOCX)
    assert "attachment" in answer["Content-Disposition"]
    assert "%E7%AC%AC%201%20%E7%89%88.docx" in answer["Content-Disposition"]
    assert b"".join(answer.streaming_content).startswith(b"PK")


def test_the_page_of_a_plan_leads_to_it(reader):
    adopted(FOREST)

    assert "/plans/forest-fire/1/word/" in reader.get("/plans/forest-fire/").content.decode()


def test_a_version_that_is_not_there_is_not_found(reader):
    assert reader.get("/plans/forest-fire/1/word/").status_code == 404


@pytest.fixture
def police(db):
    """The police, with somebody who can be called."""
    post = make.post(
        "public-security.liaison", at=make.body("public-security", name="县公安局")
    )
    holder = make.person("张三", at=post)
    messaging.add_contact_point(
        office(),
        owner=holder,
        channel="mobile",
        address="13812345678",
    )
    adopted(FOREST)
    return holder


ROW = "县公安局（县公安局联络员）"


def test_the_duty_officer_gets_holders_with_their_telephones(police):
    client = entered(make.holder(Role.DUTY_OFFICER))

    assert contacts(client)[ROW] == ("张三", "13812345678", "")


def test_who_may_not_see_telephones_gets_holders_without(reader, police):
    assert contacts(reader)[ROW] == ("张三", "", "电话按权限未列")


def test_one_sees_ones_own_telephone(police):
    client = entered(make.account(police))

    assert contacts(client)[ROW] == ("张三", "13812345678", "")


def test_a_body_that_the_county_has_not_stands_by_its_key(reader, police):
    assert contacts(reader)["emergency"] == ("", "", "")


def test_it_takes_as_many_queries_for_a_long_plan_as_for_a_short_one(
    reader, police, django_assert_num_queries
):
    longer = FOREST.replace(
        "      - {id: sitrep",
        "      - {id: more, do: order, to: water, text: 送水}\n      - {id: sitrep",
    )
    adopted(longer)
    contacts(reader)
    with CaptureQueriesContext(connection) as short:
        b"".join(reader.get("/plans/forest-fire/1/word/").streaming_content)

    with django_assert_num_queries(len(short)):
        b"".join(reader.get("/plans/forest-fire/2/word/").streaming_content)
