from datetime import timedelta

import pytest

from liandong.command.actions import drop_order_phrase, issue_order, keep_order_phrase
from liandong.command.models import OrderPhrase
from liandong.command.queries import order_phrases_for
from liandong.command.rules.incident import family
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, Invalid, Stale
from tests.command import county as places
from tests.people import duty_officer, office

pytestmark = pytest.mark.django_db

BRIDGE = "封闭＿＿漫水桥，设专人值守"


def kept(actor=None, **more):
    said = {"text": BRIDGE, "finish_within": timedelta(minutes=30)}
    return keep_order_phrase(actor or office(), **(said | more))


def test_words_are_kept_once_with_what_goes_with_them(county):
    kept(to_post=county.posts["water"], needs_proof=["photo"])
    phrase = kept(to_post=county.posts["water"], needs_proof=["photo"])

    (one,) = OrderPhrase.objects.filter(in_force=True)
    assert (one, one.to_post, one.needs_proof) == (phrase, county.posts["water"], ["photo"])
    entry = Entry.objects.filter(name="command.order_phrase_kept").last()
    assert BRIDGE in entry.payload.text


def test_others_take_the_place_of_those_before(county, flood):
    before = kept()
    kept(text="封闭＿＿桥", replaces=before, expected_version=before.version)

    assert [one.text for one in order_phrases_for(flood, family(flood.hazard))] == [
        "封闭＿＿桥"
    ]
    with pytest.raises(Stale):
        kept(text="x", replaces=before, expected_version=1)


def test_what_is_offered_is_of_the_class_first_then_what_fits_any(county, flood):
    kept(text="清点人数")
    kept(text="加密巡堤", hazard=flood.hazard)
    kept(text="开设隔离带", hazard="11G")

    assert [one.text for one in order_phrases_for(flood, family(flood.hazard))] == [
        "加密巡堤",
        "清点人数",
    ]


def test_dropped_words_are_offered_no_longer(county, flood):
    phrase = kept()

    drop_order_phrase(office(), phrase=phrase, expected_version=phrase.version)

    assert list(order_phrases_for(flood, family(flood.hazard))) == []
    with pytest.raises(Stale):
        drop_order_phrase(office(), phrase=phrase, expected_version=1)


def test_an_order_with_a_blank_is_not_given(county, flood):
    with pytest.raises(Invalid, match="没填的空"):
        places.order(county.office, flood, county.posts["water"], text=BRIDGE)

    given = issue_order(
        county.office,
        incident=flood,
        to_post=county.posts["water"],
        text="封闭大坝村漫水桥，设专人值守",
        finish_within=timedelta(minutes=30),
    )
    assert given.number == 1


def test_phrases_refuse(county):
    with pytest.raises(Invalid):
        kept(text=" ")
    with pytest.raises(Invalid):
        kept(needs_proof=["gold"])
    with pytest.raises(Invalid):
        kept(finish_within=timedelta(0))
    with pytest.raises(Forbidden):
        kept(duty_officer())
    with pytest.raises(Forbidden, match="演练"):
        kept(office(realm="drill-1"))
    phrase = kept()
    with pytest.raises(Forbidden, match="演练"):
        drop_order_phrase(office(realm="drill-1"), phrase=phrase, expected_version=1)


def test_the_same_click_keeps_and_drops_once(county):
    phrase = kept(idempotency_key="k")
    kept(idempotency_key="k")
    drop_order_phrase(office(), phrase=phrase, expected_version=1, idempotency_key="d")
    drop_order_phrase(office(), phrase=phrase, expected_version=1, idempotency_key="d")

    assert OrderPhrase.objects.count() == 1
    assert Entry.objects.filter(name="command.order_phrase_dropped").count() == 1
