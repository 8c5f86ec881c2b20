from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from liandong.command.actions import (
    accept_order,
    amend_order,
    close_incident,
    confirm_downstream,
    issue_operating_order,
    read_back_order,
    recall_order,
    report_progress,
    split_order,
)
from liandong.command.models import OperatingOrder, Order
from liandong.kernel import clock
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Missing, Stale
from liandong.kernel.timers import Timer

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def operate(county, incident, actor=None, below=("riverside", "bystander"), **more):
    said = {
        "to_post": county.posts["water"],
        "reservoir": "青山水库",
        "gates": "2 号闸开 0.5 m",
        "outflow_m3s": Decimal("120.00"),
        "starts_at": clock.now("actual") + HOUR,
        "downstream": [county.posts[name] for name in below],
    } | more
    return issue_operating_order(actor or county.office, incident=incident, **said)


def confirm(county, made, actor=None, **more):
    said = {"expected_version": made.version} | more
    return confirm_downstream(actor or county.office, operating=made, **said)


def hear(actor, order):
    return read_back_order(actor, order=order, text=order.text, expected_version=order.version)


def test_those_downstream_are_warned_in_the_same_deed(county, flood, at):
    now = at("2026-07-14T04:00")

    made = operate(county, flood, starts_at=now + HOUR)

    orders = list(Order.objects.order_by("number"))
    assert [one.to_post for one in orders] == [
        county.posts[name] for name in ("water", "riverside", "bystander")
    ]
    assert orders[0].text == (
        "调度令：青山水库，2 号闸开 0.5 m，下泄流量 120 m³/s，7月14日05:00起执行"
    )
    assert "立即通知沿河群众避让" in orders[1].text
    assert orders[1].finish_by == now + HOUR
    assert list(made.warnings.order_by("number")) == orders[1:]
    entry = Entry.objects.get(name="command.operating_ordered")
    assert '"outflow_m3s":"120"' in entry.payload.text


def test_no_gate_is_moved_before_everybody_below_has_read_back(county, flood):
    made = operate(county, flood)
    order = hear(county.water, made.order)
    order = accept_order(county.water, order=order, expected_version=order.version)
    low, other = made.warnings.order_by("number")
    hear(county.riverside, low)

    with pytest.raises(IllegalMove):
        report_progress(county.water, order=order, text="开闸", expected_version=order.version)
    with pytest.raises(IllegalMove) as refusal:
        confirm(county, made)
    assert "县教育局" in refusal.value.title
    hear(county.bystander, other)
    confirm(county, made)

    order.refresh_from_db()
    assert not order.waits
    report_progress(county.water, order=order, text="已开闸", expected_version=order.version)
    assert Entry.objects.filter(name="command.downstream_confirmed").count() == 1


def test_who_was_reached_otherwise_is_said_and_kept(county, flood):
    made = operate(county, flood)

    confirm(county, made, reached_otherwise="14:05 电话 王强接，已清滩", idempotency_key="k")
    confirm(
        county,
        made,
        reached_otherwise="14:05 电话 王强接，已清滩",
        idempotency_key="k",
        expected_version=1,
    )

    made.refresh_from_db()
    assert made.reached_otherwise == "14:05 电话 王强接，已清滩"
    with pytest.raises(IllegalMove):
        confirm(county, made, reached_otherwise="再来")


def test_an_operating_order_is_refused(county, flood):
    for wrong in (
        {"reservoir": " "},
        {"gates": ""},
        {"outflow_m3s": Decimal(-1)},
        {"starts_at": clock.now("actual") - HOUR},
        {"below": ()},
        {"below": ("water",)},
    ):
        with pytest.raises(Invalid):
            operate(county, flood, **wrong)
    with pytest.raises(Forbidden):
        operate(county, flood, actor=county.water)
    with pytest.raises(Missing):
        operate(county, flood, actor=replace(county.office, realm="drill-1"))
    close_incident(county.leader, incident=flood, reason="x", expected_version=flood.version)
    with pytest.raises(IllegalMove):
        operate(county, flood)

    assert not Order.objects.exists()
    assert not Timer.objects.filter(subject_kind="command.order").exists()


def test_confirming_asks_for_permission_realm_and_version(county, flood):
    made = operate(county, flood)
    said = {"reached_otherwise": "电话"}
    with pytest.raises(Forbidden):
        confirm(county, made, actor=county.water, **said)
    with pytest.raises(Missing):
        confirm(county, made, actor=replace(county.office, realm="drill-1"), **said)
    with pytest.raises(Stale):
        confirm(county, made, expected_version=7, **said)

    assert OperatingOrder.objects.get().confirmed_at is None


def test_gates_wait_anew_when_other_words_take_the_place(county, flood):
    made = operate(county, flood)
    low, other = made.warnings.order_by("number")
    hear(county.riverside, low)
    hear(county.bystander, other)
    confirm(county, made)
    made.order.refresh_from_db()

    amended = amend_order(
        county.office,
        order=made.order,
        text="2 号闸改开 0.8 m",
        reason="来水加大",
        expected_version=made.order.version,
    )

    made.refresh_from_db()
    assert (made.order, made.confirmed_at) == (amended, None)
    assert (amended.waits, amended.is_held) == (True, True)


def test_a_warning_that_was_taken_back_unread_does_not_count_as_heard(county, flood):
    made = operate(county, flood, below=("riverside",))
    low = made.warnings.get()

    recall_order(county.office, order=low, reason="发错", expected_version=low.version)

    with pytest.raises(IllegalMove):
        confirm(county, made)


def test_what_waits_for_those_below_is_not_given_out_in_parts(county, flood):
    made = operate(county, flood)

    with pytest.raises(IllegalMove):
        split_order(
            county.office,
            order=made.order,
            parts=[
                (county.posts["riverside"], "开 1 号闸"),
                (county.posts["bystander"], "开 2 号闸"),
            ],
            expected_version=made.order.version,
        )
