import dataclasses
from datetime import timedelta

import pytest

from liandong.command.actions import (
    add_report,
    decline_order,
    finish_order,
    open_field_post,
    propose_level,
    record_incident_facts,
)
from liandong.command.queries import desk_items, villages
from liandong.command.states import DecisionKind
from liandong.kernel import clock
from tests.command import county as places
from tests.command import leaving, spot
from tests.sharing.people import keeper_of

pytestmark = pytest.mark.django_db


def titles(actor, *, later=0):
    now = clock.now("actual") + timedelta(minutes=later)
    return [(item.title, item.verb) for item in desk_items(actor, now)]


def test_a_unit_is_shown_its_own_orders_and_nobody_elses(county, flood, order):
    places.order(county.office, flood, county.posts["riverside"], text="巡堤")

    assert titles(county.water) == [("1号令：封闭漫水桥 2 座", "复诵")]
    assert titles(county.bystander) == []


def test_the_headquarters_is_shown_what_is_stuck(county, flood, order):
    second = places.order(county.office, flood, county.posts["weather"], text="滚动预报")
    decline_order(county.weather, order=second, reason="雷达坏", expected_version=1)

    assert titles(county.officer) == [("2号令无法执行：县气象局", "答复对案")]
    assert titles(county.officer, later=11) == [
        ("2号令无法执行：县气象局", "答复对案"),
        ("1号令超时：县水利局", "电话催办"),
    ] or titles(county.officer, later=11) == [
        ("1号令超时：县水利局", "电话催办"),
        ("2号令无法执行：县气象局", "答复对案"),
    ]


def test_finished_orders_wait_for_a_check(county, order):
    order = places.accepted(county.water, order)
    finish_order(county.water, order=order, text="已封", expected_version=order.version)

    assert titles(county.officer) == [("1号令待核验：县水利局", "核验")]


def test_deciders_are_shown_proposals_and_pending_signatures(county, flood):
    version = places.plan(places.SHARED_PLAN)
    record_incident_facts(
        county.officer, incident=flood, facts={"stations_above_warning": 1}, source="水文站"
    )
    propose_level(county.officer, incident=flood, plan_version=version)

    before = titles(county.deputy)
    places.decide(county.office, flood, version, level="III")

    assert before == [("研判建议待决定：清溪河洪水", "看理由")]
    assert ("待会签：启动Ⅲ级响应", "会签") in titles(county.deputy)
    assert ("待会签：启动Ⅲ级响应", "会签") not in titles(county.office)
    assert titles(county.officer) == []


def test_a_signature_is_asked_for_in_whatever_chair_one_sits(county, flood):
    places.decide(county.office, flood, places.plan(places.SHARED_PLAN), level="III")
    elsewhere = dataclasses.replace(county.deputy, post=str(county.posts["water"].pk))

    assert ("待会签：启动Ⅲ级响应", "会签") in titles(elsewhere)


def test_reports_stand_among_the_rest_by_time_left(county, flood, order):
    now = clock.now("actual")
    for kind, minutes in (("first", 5), ("final", 60)):
        add_report(
            county.officer,
            incident=flood,
            kind=kind,
            channel="phone",
            to="市",
            due_at=now + timedelta(minutes=minutes),
        )

    assert [title for title, _verb in titles(county.officer)] == [
        "应报：首报 → 市",
        "应报：终报 → 市",
    ]


@pytest.mark.parametrize("many", [1, 3])
def test_the_desk_asks_as_often_for_three_as_for_one(
    many, county, flood, django_assert_num_queries
):
    for _one in range(many):
        places.order(county.office, flood, county.posts["water"])

    with django_assert_num_queries(20):
        desk_items(county.office, clock.now("actual"))


def test_all_that_waits_is_there_and_what_is_long_overdue_is_told_apart(county, flood):
    for _one in range(45):
        places.order(county.office, flood, county.posts["water"])
    now = clock.now("actual")

    items = desk_items(county.water, now)

    assert len(items) == 45
    assert not any(item.is_stale(now + timedelta(hours=23)) for item in items)
    assert all(item.is_stale(now + timedelta(hours=25)) for item in items)


def test_command_on_the_spot_waits_to_be_withdrawn_once_the_response_has_ended(county, flood):
    version = places.plan()
    places.decide(county.office, flood, version)
    open_field_post(
        county.chief, incident=flood, commander=county.posts["deputy"], place="河口镇政府"
    )
    wanted = ("待撤销：清溪河洪水现场指挥部", "看现场")
    before = titles(county.chief)

    places.decide(county.office, flood, version, kind=DecisionKind.END, level="")

    assert (wanted in before, wanted in titles(county.chief)) == (False, True)
    assert wanted not in titles(county.officer)


def test_people_who_work_too_long_are_shown_to_whoever_can_have_them_relieved(county):
    post = spot.field_post(county)
    spot.signed_in(county.riverside, post)
    wanted = ("该轮休：鹰嘴岩林火现场指挥部 3 人", "安排轮休")

    for who in ("officer", "deputy", "water"):
        assert wanted not in titles(getattr(county, who), later=479), who
        assert wanted in titles(getattr(county, who), later=481), who
    assert wanted not in titles(county.riverside, later=481)
    assert wanted not in titles(county.bystander, later=481)


def test_a_shelter_with_too_many_people_stands_there_until_they_are_sent_elsewhere(
    county, flood
):
    small = leaving.shelter(keeper_of(county.bodies["riverside"]), capacity=4)
    leaving.listed(county, flood)
    homes = homes_of(county, flood)

    leaving.moved(county.officer, flood, homes, shelter=small)

    wanted = ("安置点超员：镇小学", "分流安置")
    assert wanted in titles(county.officer)
    assert wanted not in titles(county.water)
    leaving.moved(county.officer, flood, homes_of(county, flood)[:2])
    assert wanted not in titles(county.officer)


def homes_of(county, flood):
    return [home.row for one in villages(county.officer, flood) for home in one.homes]
