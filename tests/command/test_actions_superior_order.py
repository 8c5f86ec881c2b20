from dataclasses import replace
from datetime import timedelta

import pytest

from liandong.command.actions import (
    answer_counter_proposal,
    decline_order,
    finish_order,
    issue_order,
    recall_order,
    receive_superior_order,
    report_superior_order,
    withdraw_superior_order,
)
from liandong.command.models import Incident, SuperiorOrder
from liandong.command.queries import visible_superior_orders
from liandong.command.states import CounterAnswer
from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Missing, Stale
from tests.command import county as places

pytestmark = pytest.mark.django_db


@pytest.fixture
def word(county, flood):
    places.hand_over(county, flood)
    return places.told(county, flood)


def test_the_words_of_whoever_commands_are_kept_as_they_came(county, flood):
    term = places.hand_over(county, flood)
    at = clock.now(ACTUAL) - timedelta(minutes=4)

    word = places.told(county, flood, told_at=at)

    entry = Entry.objects.get(name="command.superior_order_received")
    assert (word.number, word.headquarters, word.term) == (1, places.CITY, term)
    assert (entry.subject_id, entry.incident) == (str(word.pk), str(flood.pk))
    assert entry.happened_at == at
    assert '"words":"打开柳湾闸分洪"' in entry.payload.text


def test_a_superior_may_tell_a_county_that_commands(county, flood):
    word = places.told(county, flood, headquarters="市政府")

    assert (word.term, word.headquarters) == (None, "市政府")


def test_of_two_commanders_the_second_is_sent_to_the_first(county, flood, word):
    with pytest.raises(IllegalMove) as refusal:
        places.told(county, flood, "不要开闸", headquarters="市应急委")

    assert "不能同时按“市应急委”的指令办" in refusal.value.title
    assert SuperiorOrder.objects.get() == word


def test_receive_superior_order_refuses(county, flood):
    call = {"incident": flood, "words": "开闸", "told_by": "沈", "read_back": "开闸"}

    with pytest.raises(Invalid, match="下达机构"):
        receive_superior_order(county.officer, **call)
    call["headquarters"] = "市防指"
    for field in ("words", "told_by", "read_back"):
        with pytest.raises(Invalid) as refusal:
            receive_superior_order(county.officer, **call | {field: " "})
        assert list(refusal.value.fields) == [field]
    with pytest.raises(Invalid, match="晚于"):
        receive_superior_order(
            county.officer, **call, told_at=clock.now(ACTUAL) + timedelta(hours=1)
        )
    with pytest.raises(Forbidden):
        receive_superior_order(county.water, **call)
    with pytest.raises(Missing):
        receive_superior_order(replace(county.officer, realm="drill-1"), **call)
    Incident.objects.update(state="closed")
    with pytest.raises(IllegalMove, match="已经结束"):
        receive_superior_order(county.officer, **call)


def test_a_double_click_receives_once(county, flood):
    said = {"headquarters": "市防指", "idempotency_key": "k"}

    first, again = (places.told(county, flood, **said) for _ in range(2))

    assert (first, SuperiorOrder.objects.count()) == (again, 1)


def test_an_order_carries_it_out_and_cites_it(county, flood, word):
    order = places.order(county.office, flood, county.posts["water"], superior_order=word)

    entry = Entry.objects.get(name="command.order_issued")
    assert order.superior_order == word
    assert f'"cites":"{word.pk}"' in entry.payload.text


def test_what_takes_its_place_cites_it_too(county, flood, word):
    order = places.order(county.office, flood, county.posts["water"], superior_order=word)
    declined = decline_order(
        county.water, order=order, reason="闸坏", counter_proposal="挖堤", expected_version=1
    )

    replaced = answer_counter_proposal(
        county.office,
        order=declined,
        answer=CounterAnswer.ACCEPTED,
        reason="同意",
        expected_version=2,
    )

    assert replaced.superior_order == word


def test_an_order_cites_only_what_its_own_incident_still_owes(county, flood, word):
    other = places.incident(county.officer, title="另一起")

    with pytest.raises(Missing, match="不属于这个事件"):
        places.order(county.office, other, county.posts["water"], superior_order=word)
    withdraw_superior_order(
        county.officer,
        superior_order=word,
        reason="改方案",
        told_by="沈主任",
        expected_version=1,
    )
    with pytest.raises(IllegalMove, match="已收回"):
        issue_order(
            county.office,
            incident=flood,
            to_post=county.posts["water"],
            text="开闸",
            superior_order=word,
        )


def test_it_is_reported_back_once_nobody_owes_it(county, flood, word):
    order = places.order(county.office, flood, county.posts["water"], superior_order=word)
    call = {"superior_order": word, "text": "闸已开", "reported_to": "沈主任"}

    with pytest.raises(IllegalMove, match="1号令（县水利局）"):
        report_superior_order(county.officer, **call, expected_version=1)
    order = places.accepted(county.water, order)
    finish_order(county.water, order=order, text="闸已开", expected_version=order.version)
    done = report_superior_order(county.officer, **call, expected_version=1)

    assert (done.state, done.outcome, done.outcome_with) == ("reported", "闸已开", "沈主任")
    entry = Entry.objects.get(name="command.superior_order_reported")
    assert '"to":"沈主任"' in entry.payload.text


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (report_superior_order, {"text": "已办", "reported_to": "沈主任"}),
        (withdraw_superior_order, {"reason": "改方案", "told_by": "沈主任"}),
    ],
)
def test_what_ends_it_refuses(county, flood, word, act, said):
    call = {"superior_order": word, "expected_version": 1} | said

    for field in said:
        with pytest.raises(Invalid) as refusal:
            act(county.officer, **call | {field: " "})
        assert list(refusal.value.fields) == [field]
    with pytest.raises(Forbidden):
        act(county.water, **call)
    with pytest.raises(Missing):
        act(replace(county.officer, realm="drill-1"), **call)
    with pytest.raises(Stale):
        act(county.officer, **call | {"expected_version": 9})
    first = act(county.officer, **call, idempotency_key="k")
    again = act(county.officer, **call, idempotency_key="k")
    assert first == again
    with pytest.raises(IllegalMove):
        act(county.officer, **call | {"expected_version": 2})


def test_withdrawn_its_orders_stand_until_the_county_recalls_them(county, flood, word):
    order = places.order(county.office, flood, county.posts["water"], superior_order=word)

    withdraw_superior_order(
        county.officer,
        superior_order=word,
        reason="改方案",
        told_by="沈主任",
        expected_version=1,
    )

    order.refresh_from_db()
    assert order.state == "issued"
    recall_order(county.office, order=order, reason="上级收回", expected_version=1)


def test_only_those_of_the_incident_see_the_words(county, flood, word):
    assert list(visible_superior_orders(county.office)) == [word]
    assert list(visible_superior_orders(county.bystander)) == []
