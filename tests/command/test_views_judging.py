"""What helps to judge stands on one page, empty and full."""

from decimal import Decimal

import pytest
from django.urls import reverse

from liandong.command.actions import (
    close_incident,
    locate_incident,
    propose_level,
    record_incident_facts,
)
from tests.command import county as places

pytestmark = pytest.mark.django_db


def text(client, incident, **query):
    answer = client.get(reverse("command:judging", args=[incident.pk]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_empty_page_says_what_is_missing(enter, flood):
    said = text(enter("officer"), flood)

    assert "还不知道在哪里" in said
    assert "没有同类事件和经验做法" in said


def test_past_events_of_the_kind_and_next_thresholds_are_shown(enter, county, flood, version):
    past = places.incident(county.officer, title="去年洪水")
    fire = places.incident(county.officer, title="去年山火", hazard="11G")
    for one in (past, fire):
        close_incident(county.office, incident=one, reason="完", expected_version=1)
    record_incident_facts(
        county.officer,
        incident=flood,
        facts={"stations_above_warning": 0},
        source="水文站",
    )
    propose_level(county.officer, incident=flood, plan_version=version)

    said = text(enter("officer"), flood)

    assert ("去年洪水" in said, "去年山火" in said) == (True, False)
    assert "还差" in said


def test_a_located_incident_asks_the_registers_around_it(enter, county, flood):
    locate_incident(
        county.officer,
        incident=flood,
        lon=Decimal("112.4"),
        lat=Decimal("27.7"),
        expected_version=1,
    )

    assert "这个范围内没有登记" in text(enter("officer"), flood, km="10")
