import pytest

from liandong.kernel.permissions import Role
from liandong.organization.models import PhoneRecord
from tests.factories import organization as make
from tests.organization.browser import entered
from tests.organization.test_actions_phone_record import take

pytestmark = pytest.mark.django_db
URL = "/organization/phone-records/"


@pytest.fixture
def officer():
    return entered(make.holder(Role.DUTY_OFFICER, name="王伟"))


def page(client, url=URL):
    response = client.get(url)
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def test_a_call_is_put_down_followed_and_closed_on_the_pages(officer, work):
    sent = {
        "called_at": "2026-07-14T09:12",
        "caller": "河口镇值班室",
        "what": "柳湾桥头积水",
        "losses": "无",
    }

    made = officer.post(f"{URL}new/", sent)
    row = PhoneRecord.objects.get()
    officer.post(f"{URL}{row.pk}/follow/", {"note": "已告带班领导", "expected_version": "1"})
    officer.post(f"{URL}{row.pk}/close/", {"outcome": "水已退", "expected_version": "2"})
    work()

    text = page(officer, made.url)
    assert all(one in text for one in ("柳湾桥头积水", "已告带班领导", "水已退"))
    assert "河口镇值班室" in page(officer)


def test_what_was_typed_stays_when_something_is_missing(officer):
    refused = officer.post(f"{URL}new/", {"what": "柳湾桥头积水"})

    assert (refused.status_code, "柳湾桥头积水" in refused.content.decode()) == (422, True)


def test_an_open_call_can_be_taken_up_as_an_emergency(officer):
    row = take()
    assert "转接报登记" in page(officer, f"{URL}{row.pk}/")

    done = officer.post(f"/command/signals/record/{row.pk}/", {"expected_version": "1"})

    assert done.status_code == 303
    assert "桥头积水" in page(officer, done.url)
    assert "转接报登记" not in page(officer, f"{URL}{row.pk}/")


def test_others_do_not_read_the_book():
    row = take()

    assert entered(make.holder(Role.EXPERT)).get(f"{URL}{row.pk}/").status_code == 403
