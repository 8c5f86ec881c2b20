import pytest

from liandong.messaging.models import ContactPoint
from tests.messaging.people import person
from tests.messaging.test_views_messages import come_in

pytestmark = pytest.mark.django_db
FORM = {"idempotency_key": "k", "channel": "mobile", "address": "13800000001", "rank": "1"}


def test_somebody_enters_checks_and_retires_an_own_number(client):
    station = come_in(client)
    who = station.appointments.get().person
    here = f"/messages/contacts/person/{who.pk}/"

    assert client.post(f"{here}add/", FORM)["Location"] == here
    point = ContactPoint.objects.get()
    assert "13800000001" in client.get(here).content.decode()

    form = {"idempotency_key": "l", "expected_version": 1, "result": "wrong"}
    client.post(f"/messages/contacts/{point.pk}/check/", form)
    assert "空号或错号" in client.get(here).content.decode()

    form = {"idempotency_key": "m", "expected_version": 2}
    client.post(f"/messages/contacts/{point.pk}/retire/", form)
    assert "没有登记联系方式" in client.get(here).content.decode()


def test_a_wrong_number_is_named_and_what_was_typed_stays(client):
    come_in(client, "duty_officer")
    url = f"/messages/contacts/person/{person('乙').pk}/add/"

    refused = client.post(url, {**FORM, "address": "一二三"})

    page = refused.content.decode()
    assert (refused.status_code, "手机号应为 11 位数字" in page) == (422, True)
    assert 'value="一二三"' in page


def test_others_see_a_number_veiled_and_cannot_change_it(client):
    who = person("乙", email="yi@example.gov.cn")
    point = ContactPoint.objects.get()
    come_in(client)

    page = client.get(f"/messages/contacts/person/{who.pk}/").content.decode()

    assert ("y***@example.gov.cn" in page, "yi@example.gov.cn" in page) == (True, False)
    assert client.get(f"/messages/contacts/person/{who.pk}/add/").status_code == 403
    assert client.get(f"/messages/contacts/{point.pk}/retire/").status_code == 403


def test_the_page_of_a_person_shows_the_ways(client):
    who = person("乙", email="yi@example.gov.cn")
    come_in(client, "duty_officer")

    page = client.get(f"/organization/people/{who.pk}/").content.decode()

    assert "yi@example.gov.cn" in page


def test_a_post_has_a_page_and_nothing_else_has(client):
    station = come_in(client)

    assert client.get(f"/messages/contacts/post/{station.pk}/").status_code == 200
    assert client.get(f"/messages/contacts/body/{station.pk}/").status_code == 404
    assert client.get(f"/messages/contacts/person/{station.pk}/").status_code == 404
