import pytest

from liandong.messaging.models import Receipt
from tests.messaging.people import person, post
from tests.messaging.test_views_messages import come_in, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def receipt(settings):
    settings.EMAIL_HOST = ""
    station = post()
    person("丁", at=station, email="ding@example.gov.cn")
    return send(station).receipts.get(channel="email")


def test_the_page_tells_why_it_failed_and_offers_what_can_be_done(client, receipt):
    come_in(client, "duty_officer")

    page = client.get(f"/messages/{receipt.message_id}/").content.decode()

    assert "未配置邮件服务器" in page
    assert f"/messages/receipts/{receipt.pk}/outcome/" in page
    assert "ding@example.gov.cn" in page


def test_the_duty_officer_keeps_what_a_call_brought(client, receipt):
    come_in(client, "duty_officer")
    url = f"/messages/receipts/{receipt.pk}/outcome/"
    form = {"idempotency_key": "k", "expected_version": receipt.version, "trouble": ""}

    assert client.post(url, {**form, "state": "delivered"}).status_code == 303

    assert Receipt.objects.get(pk=receipt.pk).state == "delivered"


def test_of_two_who_record_the_second_keeps_what_was_typed(client, receipt):
    come_in(client, "duty_officer")
    url = f"/messages/receipts/{receipt.pk}/outcome/"
    form = {"idempotency_key": "k", "expected_version": 9, "trouble": "他说的话"}

    late = client.post(url, {**form, "state": "delivered"})

    assert (late.status_code, "他说的话" in late.content.decode()) == (409, True)


def test_resending_without_a_server_is_refused_with_the_remedy(client, receipt):
    come_in(client, "duty_officer")

    refused = client.post(f"/messages/receipts/{receipt.pk}/resend/", {"idempotency_key": "k"})

    assert (refused.status_code, "LIANDONG_SMTP_HOST" in refused.content.decode()) == (
        409,
        True,
    )


@pytest.mark.parametrize("deed", ["outcome", "resend"])
def test_others_may_not(client, receipt, deed):
    come_in(client)

    assert client.get(f"/messages/receipts/{receipt.pk}/{deed}/").status_code == 403
