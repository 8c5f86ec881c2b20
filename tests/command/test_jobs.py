from datetime import timedelta

import pytest

from liandong.command.actions import (
    add_report,
    ask_nil_round,
    read_back_order,
    rest_field_people,
    sign_out_field_people,
)
from liandong.command.models import Order, Report
from liandong.kernel.timers import Timer, sweep
from liandong.messaging.models import Message
from tests.command import county as places
from tests.command import spot

pytestmark = pytest.mark.django_db


@pytest.fixture
def start(at):
    return at("2030-01-01T08:00")


def test_an_order_climbs_rung_by_rung_as_time_goes_by(start, county, flood, at):
    places.order(county.office, flood, county.posts["water"])
    rungs = []

    for minute in (9, 10, 14, 15, 20, 25, 60):
        at(f"2030-01-01T08:{minute:02}" if minute < 60 else "2030-01-01T09:00")
        sweep()
        rungs.append(Order.objects.get().rung)

    assert rungs == [0, 1, 1, 2, 3, 4, 4]
    assert not Timer.objects.filter(kind="command.acknowledge_due").exists()


def test_an_answer_in_time_keeps_the_ladder_empty(start, county, flood, at):
    order = places.order(county.office, flood, county.posts["water"])
    read_back_order(county.water, order=order, text="收到", expected_version=1)

    at("2030-01-02T08:00")
    sweep()

    assert Order.objects.get().rung == 0


def test_after_an_outage_an_order_climbs_one_rung_and_not_all(start, county, flood, at):
    places.order(county.office, flood, county.posts["water"])

    at("2030-01-02T08:00")
    sweep()
    sweep()

    assert Order.objects.get().rung == 1


def test_a_report_that_did_not_go_up_is_missed(start, county, flood, at):
    add_report(
        county.officer,
        incident=flood,
        kind="first",
        channel="phone",
        to="市应急管理局",
        due_at=start + timedelta(minutes=30),
    )

    at("2030-01-01T08:31")
    sweep()

    assert Report.objects.get().state == "overdue"


def test_follow_ups_return_while_the_response_is_in_force(start, county, flood, version, at):
    places.decide(county.office, flood, version)

    at("2030-01-01T20:00")
    sweep()
    at("2030-01-02T08:00")
    sweep()

    follow_ups = Report.objects.filter(kind="follow_up").order_by("ordinal")
    assert [(one.ordinal, one.state) for one in follow_ups] == [
        (1, "overdue"),
        (2, "overdue"),
        (3, "due"),
    ]


def test_who_is_silent_is_asked_again_when_the_time_is_over(start, county, flood, at):
    ask_nil_round(
        county.officer,
        incident=flood,
        bodies=[county.bodies["riverside"]],
        minutes=60,
        question="险情",
    )

    at("2030-01-01T09:00")
    sweep()

    assert [one.to_post for one in Message.objects.filter(is_urgent=True)] == [
        county.posts["riverside"]
    ]


def test_whoever_commands_on_the_spot_is_asked_when_a_shift_is_over(start, county, at):
    post = spot.field_post(county)
    spot.signed_in(county.riverside, post)
    at("2030-01-01T10:00")
    spot.signed_in(county.officer, post, unit="蓝天救援队")
    asked = []

    for moment in ("15:59", "16:00", "17:00", "18:00"):
        at(f"2030-01-01T{moment}")
        sweep()
        letters = Message.objects.filter(link__endswith="/people/").order_by("pk")
        asked.append([one.title for one in letters])

    first, both = "鹰嘴岩林火现场指挥部：3 人该轮休了", "鹰嘴岩林火现场指挥部：6 人该轮休了"
    assert asked == [[], [first], [first], [first, both]]
    assert not Timer.objects.filter(kind="command.field_rest_due").exists()


def test_nobody_is_asked_about_people_who_rest_or_have_left(start, county, at):
    post = spot.field_post(county)
    spot.signed_in(county.riverside, post)
    some, rest = spot.here(post)[:1], spot.here(post)[1:]
    rest_field_people(county.officer, field_post=post, people=[one.row for one in some])
    sign_out_field_people(county.officer, field_post=post, people=[one.row for one in rest])

    at("2030-01-01T20:00")
    sweep()

    assert not Message.objects.filter(link__endswith="/people/").exists()
