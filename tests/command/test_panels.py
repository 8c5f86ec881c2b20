from datetime import timedelta

import pytest

from liandong.command import panels
from liandong.kernel import clock
from liandong.plans.actions import record_facts
from tests.command.county import incident, order

pytestmark = pytest.mark.django_db
NOTHING = "现在没有要办的事"


def desk(browser):
    return browser.get("/command/desk/").content.decode()


def test_what_is_long_overdue_stands_folded_and_is_not_called_nothing(enter, county, order):
    unit = enter("water")

    fresh = desk(unit)
    clock.set_clock("actual", clock.now("actual") + timedelta(days=2), rate=0)
    stale = desk(unit)

    assert "超时一天以上" not in fresh
    assert "超时一天以上的 1 项" in stale
    assert "封闭漫水桥" in stale
    assert NOTHING not in fresh + stale


def test_an_empty_desk_says_so(enter, county):
    assert NOTHING in desk(enter("water"))


def test_the_incidents_of_the_desk_come_again_by_themselves(enter, county, flood):
    page = enter("officer").get("/command/desk/incidents/").content.decode()

    assert "清溪河洪水" in page
    assert 'data-key="f2"' in page
    assert 'data-live="command.incident command.response"' in page


def test_a_plan_can_be_tried_on_the_facts_of_an_open_incident(enter, county, flood, version):
    record_facts(
        county.officer,
        subject_kind="command.incident",
        subject_id=str(flood.pk),
        facts={"stations_above_warning": 2},
        source="县水文中心",
        incident=str(flood.pk),
    )
    address = f"/plans/{version.key}/{version.number}/what-if/"

    offered = enter("officer").get(address).content.decode()
    link = f'href="{address}?incident={flood.pk}"'
    taken = enter("officer").get(f"{address}?incident={flood.pk}").content.decode()

    assert (link in offered, "从事件带入" in offered) == (True, True)
    assert ('value="2"' in offered, 'value="2"' in taken) == (False, True)


def test_nobody_is_offered_an_incident_that_is_not_theirs_to_see(enter, county, flood, version):
    address = f"/plans/{version.key}/{version.number}/what-if/"

    page = enter("bystander").get(address).content.decode()

    assert ("从事件带入" in page, str(flood.pk) in page) == (False, False)


def test_a_full_desk_lists_the_most_urgent_first_and_the_others_when_asked(
    enter, county, monkeypatch
):
    monkeypatch.setattr(panels, "MOST_AT_ONCE", 2)
    happening = incident(county.chief)
    for number in range(3):
        order(county.chief, happening, county.posts["water"], text=f"巡查第{number}段")
    unit = enter("water")

    first, every = desk(unit), unit.get("/command/desk/?all=1").content.decode()

    assert "列出后面的 1 项" in first
    assert first.count("work-row") == 2
    assert "列出后面的" not in every
    assert every.count("work-row") == 3
    assert 'hx-get="/command/desk/?all=1" hx-trigger="live"' in every
