from dataclasses import replace
from datetime import timedelta

import pytest

from liandong.command.actions import escalate_order, read_back_order, report_progress
from liandong.command.actions.claims import widen_incident
from liandong.command.models import Incident, Order
from liandong.command.queries import order_for
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden
from liandong.kernel.timers import Timer
from liandong.messaging.models import Message
from tests.command import county as places

pytestmark = pytest.mark.django_db

ANSWER = "command.acknowledge_due"


def climb(order, timer=ANSWER):
    return escalate_order(places.timer_actor(), order=order, timer=timer)


def told():
    return [message.to_post for message in Message.objects.order_by("id")]


def test_an_unanswered_order_climbs_to_the_leader_of_the_shift(county, order):
    for _rung in range(6):
        order = climb(order)

    assert told() == [
        county.posts["water"],
        county.posts["deputy"],
        county.posts["chief"],
        county.posts["leader"],
    ]
    assert (order.rung, order.version) == (4, 1)
    assert Entry.objects.filter(name="command.order_escalated").count() == 4


def test_each_rung_sets_the_timer_of_the_next(county, order, at):
    now = at("2030-01-01T08:00")

    climb(order)

    assert Timer.objects.get(kind=ANSWER).due_at == now + timedelta(minutes=5)


def test_a_superior_who_is_told_sees_the_order(county, flood, order):
    climb(climb(climb(order)))

    assert (
        order_for(replace(county.chief, scopes=county.chief.scopes - {"duty"}), order.pk)
        == order
    )


def test_an_answered_order_does_not_climb(county, order):
    read_back_order(county.water, order=order, text="收到", expected_version=1)
    order.refresh_from_db()

    climb(order)

    assert (Order.objects.get().rung, told()) == (0, [])


def test_an_unfinished_order_climbs_when_its_time_is_over(county, flood, at):
    now = at("2030-01-01T08:00")
    order = places.order(
        county.office, flood, county.posts["water"], finish_within=timedelta(hours=1)
    )
    order = places.accepted(county.water, order)
    order = report_progress(county.water, order=order, text="x", expected_version=order.version)

    order = climb(order, "command.finish_due")

    assert (order.rung, told()) == (1, [county.posts["water"]])
    assert Timer.objects.get(kind="command.finish_due").due_at == now + timedelta(minutes=30)


def test_two_workers_climb_one_rung(county, order):
    again = Order.objects.get(pk=order.pk)

    climb(order)
    climb(again)

    assert (Order.objects.get().rung, len(told())) == (1, 1)


def test_people_do_not_escalate(county, order):
    with pytest.raises(Forbidden):
        escalate_order(county.office, order=order, timer=ANSWER)


def test_an_order_delivered_just_now_climbs_all_the_same(county, order):
    Order.objects.update(state="delivered")

    climb(order)

    assert (Order.objects.get().rung, told()) == (1, [county.posts["water"]])
    assert Timer.objects.filter(kind=ANSWER).exists()


def test_a_bell_that_came_too_late_rings_again(county, order):
    again = Order.objects.get(pk=order.pk)
    climb(order)
    Timer.objects.all().delete()

    climb(again)

    assert (Order.objects.get().rung, Timer.objects.filter(kind=ANSWER).count()) == (1, 1)


def test_climbing_takes_nobodys_sight_of_the_incident_away(county, flood, order):
    order.incident = Incident.objects.get(pk=flood.pk)  # read before others were let in
    places.order(county.office, flood, county.posts["riverside"])

    widen_incident(order.incident, {"post:leader"})

    seen = set(Incident.objects.get().audience)
    assert {"post:leader", f"body:{county.bodies['riverside'].pk}"} <= seen


def test_silence_about_a_request_is_told_to_the_county_and_not_to_their_superiors(
    county, flood
):
    places.outside(county)
    order = places.order(county.office, flood, county.posts["garrison"])

    for _rung in range(6):
        order = climb(order)

    assert told() == [
        county.posts["garrison"],
        county.posts["leader"],
        county.posts["deputy"],
        county.posts["chief"],
    ]
    assert order.last_word == "请求未获答复，第4次提醒县防汛抗旱指挥部 指挥长"
    assert "待答复" in Message.objects.first().title
