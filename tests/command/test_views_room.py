import pytest
from django.urls import reverse

from liandong.command.actions import (
    add_report,
    open_consultation,
    propose_level,
    record_incident_facts,
)
from liandong.command.views.room import PARTS
from tests.command import county as places

pytestmark = pytest.mark.django_db


def page(client, name, *args, **query):
    return client.get(reverse(f"command:{name}", args=args), query)


@pytest.fixture
def busy(county, flood, version, order):
    record_incident_facts(
        county.officer, incident=flood, facts={"rainstorm_signal": "橙"}, source="气象局"
    )
    propose_level(county.officer, incident=flood, plan_version=version)
    places.decide(county.office, flood, version)
    open_consultation(county.office, incident=flood, attendees=[county.posts["deputy"]])
    add_report(county.officer, incident=flood, kind="first", channel="phone", to="市应急管理局")
    return flood


def test_the_room_shows_clock_levels_orders_reasons_and_reports(enter, busy):
    answer = page(enter("officer"), "room", busy.pk)

    text = answer.content.decode()
    assert answer.status_code == 200
    for said in (
        "清溪河洪水",
        "Ⅳ级响应",
        "未定",
        "县级指挥",
        "封闭漫水桥 2 座",
        "首报",
        "第1次会商",
    ):
        assert said in text
    assert "建议启动Ⅳ级响应" in text


@pytest.mark.parametrize("name", sorted(PARTS))
def test_every_part_of_the_room_can_be_asked_for_again(name, enter, busy):
    answer = page(enter("officer"), f"room_{name}", busy.pk)

    text = answer.content.decode()
    assert answer.status_code == 200
    assert f'hx-get="{reverse(f"command:room_{name}", args=[busy.pk])}"' in text
    assert "<html" not in text


def test_a_stranger_to_the_incident_gets_no_room(enter, busy):
    assert page(enter("bystander"), "room", busy.pk).status_code == 404


def test_an_ordered_unit_sees_its_order_and_no_deliberation(enter, busy):
    text = page(enter("water"), "room", busy.pk).content.decode()

    assert "封闭漫水桥 2 座" in text
    assert "滚动预报" not in text
    assert "第1次会商" not in text
    assert "建议启动" not in text


@pytest.mark.parametrize("many", [1, 3])
def test_the_room_asks_as_often_for_three_orders_as_for_one(
    many, enter, county, flood, django_assert_max_num_queries
):
    for _one in range(many):
        places.order(county.office, flood, county.posts["water"])
    client = enter("officer")
    page(client, "room_board", flood.pk)

    with django_assert_max_num_queries(10):
        page(client, "room_board", flood.pk)


def test_an_empty_room_says_what_comes_next(enter, flood):
    text = page(enter("officer"), "room", flood.pk).content.decode()

    assert "还没有指令" in text
    assert "还没有研判建议" in text
    assert "没有应报事项" in text


def test_d_leads_to_the_decision_and_r_to_the_first_report_owed(enter, county, flood, version):
    record_incident_facts(
        county.officer, incident=flood, facts={"rainstorm_signal": "橙"}, source="气象局"
    )
    propose_level(county.officer, incident=flood, plan_version=version)
    add_report(county.officer, incident=flood, kind="first", channel="phone", to="市应急管理局")
    add_report(
        county.officer, incident=flood, kind="first", channel="written", to="市应急管理局"
    )

    text = page(enter("office"), "room", flood.pk).content.decode()

    assert text.count('data-key="d"') == 1
    assert text.count('data-key="r"') == 1


def test_what_waits_for_a_decision_stands_before_what_is_only_to_be_asked(
    enter, county, flood, version
):
    from liandong.plans.actions import adopt_version
    from liandong.plans.queries import shipped_text

    record_incident_facts(
        county.officer, incident=flood, facts={"rainstorm_signal": "橙"}, source="气象局"
    )
    propose_level(county.officer, incident=flood, plan_version=version)
    relief = adopt_version(county.office, text=shipped_text("relief"))
    propose_level(county.officer, incident=flood, plan_version=relief)

    shown = page(enter("officer"), "room", flood.pk).context["proposals"]

    assert [(one.plan, one.level) for one in shown] == [
        ("flood-drought", "IV"),
        ("disaster-relief", ""),
    ]
