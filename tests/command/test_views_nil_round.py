import pytest
from django.urls import reverse

from liandong.command.models import NilReturn, NilRound

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"command:{name}", args=args)


def test_the_desk_asks_and_a_township_answers(enter, county, flood):
    client = enter("officer")
    form = client.get(url("ask_nil_round", flood.pk)).content.decode()
    asked = client.post(
        url("ask_nil_round", flood.pk),
        {
            "question": "险情",
            "minutes": "60",
            "bodies": [str(county.bodies["riverside"].pk)],
            "idempotency_key": "k1",
        },
    )
    row, made = NilReturn.objects.get(), NilRound.objects.get()

    answer = enter("riverside").post(
        url("nil_return", row.pk),
        {"state": "nil", "expected_version": 1, "idempotency_key": "k2"},
    )
    shown = enter("officer").get(url("nil_round", made.pk)).content.decode()
    room = enter("officer").get(url("room", flood.pk)).content.decode()

    assert "河口镇" in form
    assert asked.headers["Location"] == url("nil_round", made.pk)
    assert answer.status_code == 303, answer.content.decode()[-1500:]
    assert "1/1" in shown
    assert url("nil_round", made.pk) in room


def test_news_without_words_is_asked_about_at_its_field(enter, county, flood):
    client = enter("officer")
    client.post(
        url("ask_nil_round", flood.pk),
        {
            "question": "险情",
            "minutes": "60",
            "bodies": [str(county.bodies["riverside"].pk)],
            "idempotency_key": "k1",
        },
    )
    row = NilReturn.objects.get()

    answer = enter("riverside").post(
        url("nil_return", row.pk),
        {"state": "news", "expected_version": 1, "idempotency_key": "k2"},
    )

    assert answer.status_code == 422
    assert "请写情况" in answer.content.decode()
    assert enter("water").get(url("nil_return", row.pk)).status_code == 404
    assert enter("water").get(url("nil_round", row.round_id)).status_code == 404
