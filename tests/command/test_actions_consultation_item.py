from dataclasses import replace
from datetime import timedelta

import pytest

from liandong.command.actions import (
    answer_counter_proposal,
    close_consultation,
    decide_item,
    open_consultation,
    order_item,
    record_minutes,
    settle_item,
    withdraw_item,
)
from liandong.command.models import ConsultationItem, Order
from liandong.command.queries import items_of
from liandong.command.states import CounterAnswer
from liandong.kernel import clock
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Missing, Stale
from tests.command.running import declined

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(county, flood):
    return open_consultation(
        county.office, incident=flood, attendees=[county.posts["deputy"], county.posts["water"]]
    )


@pytest.fixture
def item(county, meeting):
    return decided(county, meeting)


def decided(county, meeting, **more):
    said = {"decision": "预泄腾库", "owner": county.posts["water"], "by": "今晚"} | more
    return decide_item(county.office, consultation=meeting, **said)


def ordered(county, item, **more):
    call = {"to_post": county.posts["water"], "text": item.decision, "expected_version": 1}
    return order_item(county.office, item=item, **(call | more))


def shown(meeting, minutes=0):
    at = clock.now(meeting.realm) + timedelta(minutes=minutes)
    return [one.shown for one in items_of(meeting, at)]


def over(county, meeting):
    record_minutes(
        county.office, consultation=meeting, situation="", findings="x", expected_version=1
    )
    close_consultation(county.office, consultation=meeting, expected_version=2)


def test_what_is_decided_is_numbered_with_owner_and_end(county, meeting):
    due = clock.now(meeting.realm) + timedelta(minutes=30)
    decided(county, meeting, by="", due_at=due)
    second = decided(county, meeting)

    entry = Entry.objects.filter(name="command.consultation_item_decided").latest("at")
    assert (second.number, second.responsible) == (2, "县水利局 联络员")
    assert '"by":"今晚"' in entry.payload.text
    assert shown(meeting) == ["待办", "待办"]
    assert shown(meeting, minutes=31) == ["超时", "待办"]


@pytest.mark.parametrize("wrong", [{"decision": " "}, {"by": ""}])
def test_an_item_that_lacks_something_is_refused(wrong, county, meeting):
    with pytest.raises(Invalid):
        decided(county, meeting, **wrong)


def test_an_item_that_was_due_before_is_refused(county, meeting):
    with pytest.raises(Invalid):
        decided(county, meeting, due_at=meeting.opened_at - timedelta(minutes=1))


def test_an_item_becomes_an_order_and_stands_as_it_stands(county, meeting, item):
    made = ordered(county, item, finish_within=timedelta(hours=1))

    entry = Entry.objects.get(name="command.consultation_item_ordered")
    assert (made.order.text, made.order.to_post) == ("预泄腾库", county.posts["water"])
    assert f'"order_id":"{made.order_id}"' in entry.payload.text
    assert shown(meeting) == ["已下达"]
    with pytest.raises(IllegalMove):
        ordered(county, item, expected_version=2)
    assert Order.objects.count() == 1


def test_the_item_follows_the_order_that_takes_its_orders_place(county, meeting, item):
    first = declined(county.water, ordered(county, item).order)

    new = answer_counter_proposal(
        county.office,
        order=first,
        answer=CounterAnswer.ACCEPTED,
        reason="可以",
        text="半量预泄",
        expected_version=first.version,
    )

    item.refresh_from_db()
    assert item.order == new


def test_an_item_is_ordered_after_the_consultation_was_closed(county, meeting, item):
    over(county, meeting)

    assert ordered(county, item).order.number == 1


def test_whoever_answers_for_an_item_settles_it(county, meeting, item):
    settle_item(county.water, item=item, outcome="已开闸", expected_version=1)

    assert shown(meeting) == ["已办结"]
    assert "已开闸" in Entry.objects.get(name="command.consultation_item_settled").payload.text
    with pytest.raises(IllegalMove):
        ordered(county, item, expected_version=2)


def test_an_item_is_settled_by_its_owner_or_the_desk_alone(county, meeting, item):
    call = {"item": item, "outcome": "x", "expected_version": 1}

    with pytest.raises(Forbidden):
        settle_item(county.weather, **call)
    with pytest.raises(Invalid):
        settle_item(county.water, **call | {"outcome": " "})
    with pytest.raises(Stale):
        settle_item(county.water, **call | {"expected_version": 2})
    with pytest.raises(Missing):
        settle_item(replace(county.water, realm="drill-1"), **call)


def test_an_item_is_struck_out_while_the_consultation_goes_on(county, meeting, item):
    with pytest.raises(Invalid):
        withdraw_item(county.office, item=item, reason=" ", expected_version=1)
    withdraw_item(county.office, item=item, reason="记错", expected_version=1)

    assert shown(meeting) == ["已撤销"]
    assert "记错" in Entry.objects.get(name="command.consultation_item_withdrawn").payload.text
    with pytest.raises(IllegalMove):
        withdraw_item(county.office, item=item, reason="记错", expected_version=2)


def test_what_stands_in_closed_minutes_is_neither_added_to_nor_struck_out(
    county, meeting, item
):
    over(county, meeting)

    with pytest.raises(IllegalMove):
        decided(county, meeting)
    with pytest.raises(IllegalMove):
        withdraw_item(county.office, item=item, reason="记错", expected_version=1)


def test_items_are_refused_to_units_older_versions_and_other_realms(county, meeting, item):
    said = {"decision": "x", "owner": county.posts["water"], "by": "今晚"}
    struck = {"item": item, "reason": "x", "expected_version": 1}
    order = {"item": item, "to_post": county.posts["water"], "text": "x", "expected_version": 1}
    elsewhere = replace(county.office, realm="drill-1")

    for deed, call in [
        (decide_item, {"consultation": meeting, **said}),
        (withdraw_item, struck),
        (order_item, order),
    ]:
        with pytest.raises(Forbidden):
            deed(county.water, **call)
        with pytest.raises(Missing):
            deed(elsewhere, **call)
    for deed, call in [(withdraw_item, struck), (order_item, order)]:
        with pytest.raises(Stale):
            deed(county.office, **call | {"expected_version": 5})
    assert not Order.objects.exists()


def test_a_double_click_is_one_item_and_one_order(county, meeting):
    first = decided(county, meeting, idempotency_key="a")
    decided(county, meeting, idempotency_key="a")
    ordered(county, first, idempotency_key="b")
    ordered(county, first, idempotency_key="b")

    assert (ConsultationItem.objects.count(), Order.objects.count()) == (1, 1)
