from dataclasses import replace
from datetime import timedelta

import pytest

from liandong.command.actions import (
    accept_order,
    answer_counter_proposal,
    check_order,
    decline_order,
    finish_order,
    issue_order,
    note_delivery,
    read_back_order,
    recall_order,
    return_order,
)
from liandong.command.models import Incident, Order
from liandong.command.states import CounterAnswer, OrderState
from liandong.kernel import clock
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, KeyReused, Missing, Stale
from liandong.kernel.timers import Timer
from liandong.organization.models import Body, Post
from tests.command import county as places
from tests.command.running import begun
from tests.people import visitor

pytestmark = pytest.mark.django_db


def said(order, name):
    return Entry.objects.get(name=f"command.{name}", subject_id=str(order.pk))


def declined(county, order, **more):
    answer = {"reason": "桥已淹", "counter_proposal": "改设路障"} | more
    return decline_order(county.water, order=order, expected_version=order.version, **answer)


def test_issue_order_puts_a_post_under_a_duty(county, flood, at):
    now = at("2026-07-14T04:07")

    order = issue_order(
        county.office,
        incident=flood,
        to_post=county.posts["water"],
        text="加密监测",
        finish_within=timedelta(hours=1),
    )

    entry = said(order, "order_issued")
    assert (order.number, order.state, order.to_body) == (1, "issued", county.bodies["water"])
    assert order.acknowledge_by == now + timedelta(minutes=10)
    assert (entry.incident, entry.actor["post"]) == (str(flood.pk), county.office.post)
    assert '"to":"县水利局 联络员"' in entry.payload.text
    assert set(
        Timer.objects.filter(subject_id=str(order.pk)).values_list("kind", "due_at")
    ) == {
        ("command.acknowledge_due", now + timedelta(minutes=10)),
        ("command.finish_due", now + timedelta(hours=1)),
    }


def test_an_ordered_unit_sees_the_head_of_the_incident_and_no_other_does(county, flood, order):
    from liandong.command.queries import visible_incidents

    assert list(visible_incidents(county.water)) == [flood]
    assert list(visible_incidents(county.bystander)) == []


def test_orders_are_numbered_within_their_incident(county, flood, order):
    other = places.incident(county.officer, title="另一场洪水")

    numbers = [
        places.order(county.office, flood, county.posts["weather"]).number,
        places.order(county.office, other, county.posts["weather"]).number,
    ]

    assert numbers == [2, 1]


def test_issue_order_is_refused_without_the_permission(county, flood):
    with pytest.raises(Forbidden):
        places.order(county.water, flood, county.posts["weather"])
    with pytest.raises(Forbidden):
        places.order(visitor(), flood, county.posts["weather"])

    assert not Order.objects.exists()


def test_a_vacant_post_is_refused_and_its_superior_named(county, flood):
    empty = places.empty_post(county)

    with pytest.raises(Invalid) as refusal:
        places.order(county.office, flood, empty)

    assert refusal.value.title == "“供电公司 联络员”现在无人任职，指令没有下达。"
    assert "县防汛抗旱指挥部 指挥长" in refusal.value.remedy
    assert not Order.objects.exists()


def test_a_deadline_that_leaves_no_time_is_refused(county, flood):
    with pytest.raises(Invalid) as refusal:
        places.order(
            county.office,
            flood,
            county.posts["water"],
            finish_within=timedelta(),
        )

    assert refusal.value.fields == {"finish_within": "至少一分钟"}


def test_an_order_without_words_is_refused(county, flood):
    with pytest.raises(Invalid):
        places.order(county.office, flood, county.posts["water"], text="  ")


def test_issue_order_is_refused_in_a_closed_incident(county, flood):
    Incident.objects.update(state="closed")

    with pytest.raises(IllegalMove):
        places.order(county.office, flood, county.posts["water"])


def test_a_double_click_issues_one_order(county, flood):
    first = places.order(county.office, flood, county.posts["water"], idempotency_key="k")
    again = places.order(county.office, flood, county.posts["water"], idempotency_key="k")

    assert again == first
    assert Order.objects.count() == 1
    with pytest.raises(KeyReused):
        places.order(county.office, flood, county.posts["weather"], idempotency_key="k")


def test_no_order_reaches_from_a_drill_into_the_flood(county, flood):
    with pytest.raises(Missing):
        places.order(replace(county.office, realm="drill-1"), flood, county.posts["water"])


def test_recall_order_takes_it_back_and_stops_its_clocks(county, order):
    recalled = recall_order(
        county.office, order=order, reason="水已退", expected_version=order.version
    )

    assert recalled.state == OrderState.RECALLED
    assert not Timer.objects.filter(subject_id=str(order.pk)).exists()
    assert '"reason":"水已退"' in said(order, "order_recalled").payload.text


def test_recall_order_asks_for_a_reason_and_for_what_can_still_be_recalled(county, order):
    with pytest.raises(Invalid):
        recall_order(county.office, order=order, reason="", expected_version=order.version)
    Order.objects.update(state=OrderState.FINISHED)
    order.refresh_from_db()
    with pytest.raises(IllegalMove):
        recall_order(county.office, order=order, reason="x", expected_version=order.version)


def test_recall_order_is_refused_to_the_unit_and_to_whoever_saw_an_older_version(county, order):
    with pytest.raises(Forbidden):
        recall_order(county.water, order=order, reason="x", expected_version=order.version)
    with pytest.raises(Stale):
        recall_order(county.office, order=order, reason="x", expected_version=order.version - 1)
    with pytest.raises(Missing):
        recall_order(
            replace(county.office, realm="drill-1"),
            order=order,
            reason="x",
            expected_version=order.version,
        )


def test_recall_order_twice_with_one_key_is_once(county, order):
    call = {"order": order, "reason": "x", "expected_version": 1, "idempotency_key": "k"}

    recall_order(county.office, **call)
    again = recall_order(county.office, **call)

    assert again.version == 2


def test_taking_a_counter_proposal_replaces_the_order(county, order):
    order = declined(county, order)

    new = answer_counter_proposal(
        county.office,
        order=order,
        answer=CounterAnswer.ACCEPTED,
        reason="同意",
        expected_version=order.version,
    )

    order.refresh_from_db()
    assert (order.state, order.counter_answer) == (OrderState.REPLACED, "accepted")
    assert (new.number, new.text, new.replaces) == (2, "改设路障", order)
    assert '"replacement":2' in said(order, "counter_proposal_answered").payload.text


def test_insisting_starts_the_order_anew(county, order, at):
    order = declined(county, order)
    now = at("2030-01-01T08:00")

    same = answer_counter_proposal(
        county.office,
        order=order,
        answer=CounterAnswer.INSISTED,
        reason="别无他路",
        expected_version=order.version,
    )

    assert (same.pk, same.state) == (order.pk, OrderState.ISSUED)
    assert same.acknowledge_by == now + timedelta(minutes=10)
    assert Timer.objects.filter(
        kind="command.acknowledge_due", subject_id=str(order.pk)
    ).exists()


def test_insisting_asks_for_a_reason(county, order):
    order = declined(county, order)

    with pytest.raises(Invalid):
        answer_counter_proposal(
            county.office,
            order=order,
            answer=CounterAnswer.INSISTED,
            reason=" ",
            expected_version=order.version,
        )


def test_a_counter_proposal_is_answered_only_where_there_is_one(county, order):
    with pytest.raises(IllegalMove):
        answer_counter_proposal(
            county.office,
            order=order,
            answer=CounterAnswer.ACCEPTED,
            reason="x",
            expected_version=order.version,
        )


def test_a_counter_proposal_is_answered_once(county, order):
    order = declined(county, order)
    call = {"order": order, "answer": CounterAnswer.ACCEPTED, "reason": "同意"}

    answer_counter_proposal(county.office, expected_version=order.version, **call)
    stale = Order.objects.get(pk=order.pk)
    stale.state = OrderState.DECLINED
    with pytest.raises(Stale):
        answer_counter_proposal(county.office, **call | {"order": stale}, expected_version=2)

    assert Order.objects.count() == 2


def test_check_order_confirms_what_others_did(county, order):
    order = done(county, order)

    checked = check_order(county.office, order=order, expected_version=order.version)

    assert checked.state == OrderState.CHECKED
    assert said(order, "order_checked").actor["post"] == county.office.post


def test_nobody_checks_their_own_work(county, flood):
    mine = done(
        county, places.order(county.deputy, flood, county.posts["office"]), by=county.office
    )

    with pytest.raises(Forbidden):
        check_order(county.office, order=mine, expected_version=mine.version)
    with pytest.raises(Forbidden):
        return_order(county.office, order=mine, reason="x", expected_version=mine.version)


def test_check_order_is_refused_before_it_is_finished(county, order):
    with pytest.raises(IllegalMove):
        check_order(county.office, order=order, expected_version=order.version)


def test_return_order_sends_the_unit_back_to_work(county, order, at):
    order = done(county, order)
    now = at("2030-01-01T08:00")

    back = return_order(
        county.office,
        order=order,
        reason="桥未封",
        expected_version=order.version,
        finish_within=timedelta(minutes=30),
    )

    assert (back.state, back.finished_at) == (OrderState.RETURNED, None)
    assert Timer.objects.get(kind="command.finish_due").due_at == now + timedelta(minutes=30)
    assert '"reason":"桥未封"' in said(order, "order_returned").payload.text


def done(county, order, *, by=None):
    by = by or county.water
    order = places.accepted(by, order)
    return finish_order(by, order=order, text="已封闭", expected_version=order.version)


def test_two_orders_for_one_step_are_refused(county, flood, version):
    response = places.decide(county.office, flood, version).response

    with pytest.raises(IllegalMove) as refusal:
        places.order(
            county.office, flood, county.posts["water"], response=response, step="watch"
        )

    assert refusal.value.title == "预案步骤“watch”已下达1号令。"


def test_a_replacement_takes_over_the_step(county, flood, version):
    response = places.decide(county.office, flood, version).response
    first = Order.objects.get(run=response.run, step="watch")
    first = decline_order(
        county.water,
        order=first,
        reason="设备坏",
        counter_proposal="人工观测",
        expected_version=1,
    )

    answer_counter_proposal(
        county.office,
        order=first,
        answer="accepted",
        reason="同意",
        expected_version=first.version,
    )

    standing = Order.objects.filter(run=response.run, step="watch").exclude(state="replaced")
    assert [one.text for one in standing] == ["人工观测"]


def test_accept_before_reading_back_is_refused(county, order):
    with pytest.raises(IllegalMove) as refusal:
        accept_order(county.water, order=order, expected_version=order.version)

    assert refusal.value.remedy == "请先复诵，再接受。"


def elsewhere(actor):
    """The same person, trusted with forest fires alone."""
    return replace(actor, grants=frozenset(replace(one, hazard="11G") for one in actor.grants))


def test_whoever_is_trusted_with_another_hazard_does_nothing_with_an_order(county, order):
    office, water = elsewhere(county.office), elsewhere(county.water)
    deeds = [
        lambda: recall_order(office, order=order, reason="x", expected_version=1),
        lambda: read_back_order(water, order=order, text="x", expected_version=1),
        lambda: decline_order(water, order=order, reason="x", expected_version=1),
        lambda: note_delivery(office, order=order, how="电话"),
        lambda: check_order(office, order=order, expected_version=1),
        lambda: answer_counter_proposal(
            office, order=order, answer=CounterAnswer.INSISTED, reason="x", expected_version=1
        ),
    ]

    for deed in deeds:
        with pytest.raises(Forbidden):
            deed()
    assert Order.objects.get().state == OrderState.ISSUED


def test_whoever_has_a_long_name_gives_orders_too(county, flood):
    office = replace(county.office, label="长" * 166)

    assert places.order(office, flood, county.posts["water"]).issued_by == "长" * 120


def test_insisting_after_the_deadline_still_sets_a_clock(county, flood, at):
    at("2030-01-01T08:00")
    order = places.order(
        county.office, flood, county.posts["water"], finish_within=timedelta(hours=1)
    )
    order = declined(county, order)
    now = at("2030-01-01T12:00")

    answer_counter_proposal(
        county.office,
        order=order,
        answer=CounterAnswer.INSISTED,
        reason="必须办",
        expected_version=order.version,
    )

    due = Timer.objects.get(kind="command.finish_due").due_at
    assert due == now + timedelta(minutes=5)


def test_nothing_was_told_in_the_future(county, order, at):
    now = at("2030-01-01T08:00")

    with pytest.raises(Invalid, match="晚于现在"):
        read_back_order(
            county.officer,
            order=order,
            text="收到",
            expected_version=1,
            told=now + timedelta(minutes=1),
        )


def test_an_order_to_the_military_is_a_request_that_nobody_insists_on(county, flood):
    garrison = places.outside(county)
    order = places.order(county.office, flood, county.posts["garrison"])
    order = decline_order(garrison, order=order, reason="兵力在邻县", expected_version=1)

    with pytest.raises(IllegalMove) as refusal:
        answer_counter_proposal(
            county.office,
            order=order,
            answer=CounterAnswer.INSISTED,
            reason="急",
            expected_version=order.version,
        )

    assert (order.kind, order.kind_label) == ("request", "商请")
    assert "对方可以不答应" in refusal.value.title
    assert '"kind":"request"' in said(order, "order_issued").payload.text


def test_what_was_asked_of_the_military_in_vain_is_ordered_of_the_countys_own(county, flood):
    garrison = places.outside(county)
    order = places.order(county.office, flood, county.posts["garrison"])
    order = decline_order(garrison, order=order, reason="兵力在邻县", expected_version=1)

    other = answer_counter_proposal(
        county.office,
        order=order,
        answer=CounterAnswer.ACCEPTED,
        reason="改由镇里办",
        text="封桥",
        to_post=county.posts["riverside"],
        expected_version=order.version,
    )

    assert (other.kind, other.replaces) == ("order", order)


def merged(county, old="weather", new="water"):
    Body.objects.filter(pk=county.bodies[old].pk).update(
        merged_into=county.bodies[new], merged_at=clock.now("actual")
    )
    return Post.objects.select_related("body").get(pk=county.posts[old].pk)


def test_an_order_to_a_unit_merged_yesterday_is_refused_and_its_heir_named(county, flood):
    gone = merged(county)

    with pytest.raises(Invalid) as refusal:
        places.order(county.office, flood, gone)

    assert refusal.value.title == "“县气象局”已经撤并，指令没有下达。"
    assert "“县水利局”" in refusal.value.remedy


def test_a_plans_order_to_a_unit_that_was_merged_goes_to_its_heir_and_says_so(county, flood):
    merged(county)

    run = begun(county, flood, "id: look, do: order, to: weather, text: 滚动预报")

    order = Order.objects.get(run=run)
    assert order.to_post == county.posts["water"]
    assert order.text == "（原由“县气象局”办理，现已并入“县水利局”）滚动预报"
