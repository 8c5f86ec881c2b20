import pytest
from django.urls import reverse

from liandong.command.models import NilStanding

pytestmark = pytest.mark.django_db
LIST = reverse("command:nil_standings")


def test_the_office_lays_one_down_and_withdraws_it(enter):
    client = enter("office")
    sent = {"question": "险情", "at": "17:00", "minutes": "60", "level": "III"}

    made = client.post(reverse("command:set_nil_standing"), sent | {"idempotency_key": "k"})

    assert made.status_code == 303, made.content.decode()[-2000:]
    row = NilStanding.objects.get()
    text = client.get(LIST).content.decode()
    assert "17:00" in text
    assert "Ⅲ级及以上" in text
    page = reverse("command:withdraw_nil_standing", args=[row.pk])
    assert "险情" in client.get(page).content.decode()
    gone = client.post(
        page, {"reason": "汛期已过", "expected_version": 1, "idempotency_key": "w"}
    )
    assert gone.status_code == 303
    assert not NilStanding.objects.filter(in_force=True).exists()


def test_what_cannot_be_is_refused_with_what_was_typed(enter):
    sent = {"question": "险情", "at": "25:00", "minutes": "60", "idempotency_key": "k"}

    refused = enter("office").post(reverse("command:set_nil_standing"), sent)

    assert refused.status_code == 422
    assert "25:00" in refused.content.decode()


def test_nobody_else_sets_them(enter):
    client = enter("officer")

    assert client.get(LIST).status_code == 403
    assert client.get(reverse("command:set_nil_standing")).status_code == 403
