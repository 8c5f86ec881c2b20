import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liandong.command.actions import (
    close_consultation,
    decide_item,
    open_consultation,
    record_minutes,
)
from liandong.command.queries import data_pack, draft_plan, plan_sections
from liandong.command.rules.pack import changes_between
from liandong.kernel import clock
from tests.command import county as places
from tests.command.running import begun
from tests.command.test_actions_action_plan import in_force, written

pytestmark = pytest.mark.django_db


def draft(county, flood, last=None):
    flood.refresh_from_db()
    now = clock.now(flood.realm)
    return draft_plan(flood, last, data_pack(county.office, flood, now), now)


def consulted(county, flood):
    meeting = open_consultation(
        county.office, incident=flood, attendees=[county.posts["deputy"]]
    )
    decide_item(
        county.office,
        consultation=meeting,
        decision="预泄腾库",
        owner=county.posts["water"],
        by="雨停前",
    )
    record_minutes(
        county.office,
        consultation=meeting,
        situation="",
        findings="将超警戒",
        expected_version=1,
    )
    close_consultation(county.office, consultation=meeting, expected_version=2)


def test_it_takes_up_orders_items_and_steps_and_what_was_found(county, flood, version, order):
    places.decide(county.deputy, flood, version, level="III")
    consulted(county, flood)

    found = draft(county, flood)

    tasks = {one.words: one.source for one in found.tasks}
    assert tasks["封闭漫水桥 2 座"] == "1号令"
    assert tasks["预泄腾库（雨停前）"] == "第1次会商"
    assert tasks["转移低洼地带群众 63 人"] == "示例县防汛抗旱应急预案"
    assert "将超警戒" in found.parts["aims"]
    assert found.parts["safety"] == ""


def test_it_asks_as_often_for_three_orders_as_for_one(county, flood, order):
    with CaptureQueriesContext(connection) as once:
        draft(county, flood)
    for _n in range(2):
        places.order(county.office, flood, county.posts["weather"], text=f"预报{_n}")
    with CaptureQueriesContext(connection) as thrice:
        draft(county, flood)

    assert len(thrice) == len(once)


def test_a_plan_does_not_differ_from_itself(county, flood):
    plan = written(county, flood)

    assert changes_between(plan_sections(plan), plan_sections(plan)) == []


def test_what_was_not_begun_goes_on_in_the_next(county, flood):
    last = in_force(county, flood)

    found = draft(county, flood, last)

    assert [(one.words, one.source) for one in found.tasks] == [("逐时预报", "第1期处置方案")]


def test_what_the_steps_need_is_named_in_the_countys_words(county, flood):
    need = "needs: [{capability: water-rescue, quantity: 2, unit: 队}]"
    begun(county, flood, f"id: boats, do: order, to: water, text: 出艇, {need}")

    assert draft(county, flood).parts["resources"] == "水上救援 2 队"
