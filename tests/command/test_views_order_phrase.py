import pytest
from django.urls import reverse

from liandong.command.actions import keep_order_phrase
from liandong.command.models import OrderPhrase
from tests.people import office

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"command:{name}", args=args)


@pytest.fixture
def phrase(county):
    return keep_order_phrase(office(), text="封闭＿＿漫水桥", to_post=county.posts["water"])


def test_words_are_kept_changed_and_dropped_by_pressing(enter, county):
    client = enter("office")
    sent = {
        "text": "加密巡堤，每＿＿小时一报",
        "hazard": "",
        "acknowledge_within": "10",
        "finish_within": "60",
        "needs_proof": ["photo"],
        "idempotency_key": "k",
    }
    assert client.post(url("keep_order_phrase"), sent).status_code == 303
    phrase = OrderPhrase.objects.get()
    assert "加密巡堤" in client.get(url("order_phrases")).content.decode()

    page = url("change_order_phrase", phrase.pk)
    assert 'value="60"' in client.get(page).content.decode()
    more = {"text": "加密巡堤", "expected_version": phrase.version, "idempotency_key": "c"}
    assert client.post(page, sent | more).status_code == 303
    assert client.get(page).status_code == 404
    last = OrderPhrase.objects.get(in_force=True)
    assert (last.text, last.finish_within.total_seconds()) == ("加密巡堤", 3600)

    drop = {"expected_version": last.version, "idempotency_key": "d"}
    assert client.post(url("drop_order_phrase", last.pk), drop).status_code == 303
    assert not OrderPhrase.objects.filter(in_force=True).exists()


@pytest.mark.parametrize("name", ["issue", "dispatch"])
def test_who_gives_an_order_is_offered_them_with_what_they_fill_in(
    name, enter, county, flood, phrase
):
    text = enter("officer").get(url(name, flood.pk)).content.decode()

    assert 'data-text="封闭＿＿漫水桥"' in text
    assert f'data-to_post="{county.posts["water"].pk}"' in text


def test_where_none_are_kept_nothing_is_offered(enter, county, flood):
    assert "data-phrases" not in enter("officer").get(url("issue", flood.pk)).content.decode()


def test_a_place_on_the_map_leads_to_an_order_there(enter, county, flood):
    query = "?lon=112.408&lat=27.7&km=3"

    text = enter("officer").get(reverse("web:map_around") + query).content.decode()

    assert "在这里下达指令" in text
    assert f"{url('issue', flood.pk)}?lon=112.408000&amp;lat=27.700000" in text
    form = enter("officer").get(url("issue", flood.pk) + "?lon=112.408000&lat=27.7")
    assert 'value="112.408000"' in form.content.decode()


def test_whoever_orders_nobody_is_offered_none_on_the_map(enter, county, flood):
    answer = enter("water").get(reverse("web:map_around") + "?lon=112.408&lat=27.7&km=3")

    assert "在这里下达指令" not in answer.content.decode()
