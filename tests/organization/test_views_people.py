import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liandong.kernel.permissions import Role
from liandong.organization import actions, queries
from tests.factories import organization as make
from tests.organization.browser import entered

pytestmark = pytest.mark.django_db


def test_the_book_shows_people_with_their_posts():
    client = entered(make.account())
    make.person("王平", at=make.post(title="防火办主任"))

    text = client.get("/organization/people/?name=王").content.decode()

    assert ("王平" in text, "县水利局 防火办主任" in text) == (True, True)


def test_the_book_costs_the_same_with_more_people():
    client = entered(make.account())
    make.person(at=make.post())
    client.get("/organization/people/")
    with CaptureQueriesContext(connection) as before:
        client.get("/organization/people/")
    for _number in range(3):
        make.person(at=make.post())

    with CaptureQueriesContext(connection) as after:
        client.get("/organization/people/")

    assert len(after) == len(before)


def test_the_book_is_exported():
    client = entered(make.account())
    make.person("王平", at=make.post(title="防火办主任"))

    text = b"".join(client.get("/organization/people/?export=csv&name=王平")).decode()

    assert text.splitlines() == ["\ufeff姓名,现任岗位", "王平,县水利局 防火办主任"]


def test_a_person_shows_chairs_held_before():
    client, person = entered(make.account()), make.person("王平")
    chair = make.appointed(person, make.post(title="科长"))
    actions.end_appointment(make.maker(), appointment=chair, expected_version=1)

    text = client.get(f"/organization/people/{person.pk}/").content.decode()

    assert "科长" in text


def test_an_office_enters_people():
    client = entered(make.holder(Role.HEADQUARTERS_OFFICE))

    client.post("/organization/people/new/", {"name": "王平", "idempotency_key": "k"})

    assert [one.name for one in queries.find_people("王平")] == ["王平"]


def test_a_name_with_an_invisible_character_is_refused():
    client = entered(make.holder(Role.HEADQUARTERS_OFFICE))

    response = client.post("/organization/people/new/", {"name": "王\0平"})

    assert response.status_code == 422
