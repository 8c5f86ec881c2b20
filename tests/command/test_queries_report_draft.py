from datetime import timedelta

import pytest

from liandong.command.actions import (
    add_report,
    draft_report,
    note_incident,
    record_incident_facts,
    send_report,
)
from liandong.command.queries import (
    changed_since,
    drafted_elements,
    drafted_figures,
    told_before,
)
from liandong.command.rules.casualties import Figures
from liandong.kernel.journal.sequencing import sequence

pytestmark = pytest.mark.django_db
CITY = "市应急管理局"


def report(county, flood, kind, **more):
    return add_report(
        county.officer, incident=flood, kind=kind, **({"channel": "written", "to": CITY} | more)
    )


def told(county, flood, at, *, source="县公安局", **facts):
    record_incident_facts(
        county.officer, incident=flood, facts=facts, source=source, observed_at=at
    )


@pytest.fixture
def first(county, flood, at):
    now = at("2030-01-01T08:00")
    told(county, flood, now, deaths=1, missing=2)
    row = report(county, flood, "first")
    row = draft_report(
        county.officer,
        report=row,
        elements={"place": "清溪河", "measures": "巡堤"},
        figures=Figures(dead=1, missing=2),
        expected_version=row.version,
    )
    return send_report(
        county.officer, report=row, signed_by="何川", expected_version=row.version
    )


def test_a_follow_up_is_drafted_of_what_changed_and_who_said_so(county, flood, first, at):
    now = at("2030-01-01T09:00")
    told(county, flood, now, deaths=2, missing=2)
    told(county, flood, now, source="河口镇", collapsed_rooms=12)
    note_incident(county.officer, incident=flood, text="大桥封闭", source="交警")
    follow = report(county, flood, "follow_up")

    sequence(epoch=1)
    since = changed_since(county.officer, flood, told_before(follow).sent_at)
    said = drafted_elements(follow, since)

    assert [(one.name, one.old, one.new, one.source) for one in since.figures] == [
        ("collapsed_rooms", "", "12 间", "河口镇"),
        ("deaths", "1 人", "2 人", "县公安局"),
    ]
    assert said["place"] == "清溪河"
    assert said["casualties"] == "死亡由 1 人 变为 2 人（县公安局，1月1日 09:00）"
    assert said["extent"] == "倒塌房屋 12 间（河口镇，1月1日 09:00）"
    assert said["measures"] == "1月1日 09:00 大桥封闭"
    figures = drafted_figures(follow, first)
    assert (figures["dead"], figures["missing"], figures["injured"]) == (2, 2, None)


def test_where_nothing_is_new_nothing_is_said(county, flood, first, at):
    at("2030-01-01T09:00")
    follow = report(county, flood, "follow_up")

    since = changed_since(county.officer, flood, first.sent_at)

    assert since.is_nothing
    assert drafted_elements(follow, since) == first.elements


def test_where_tellers_differ_the_report_says_neither(county, flood, first, at):
    now = at("2030-01-01T09:00")
    told(county, flood, now, source="河口镇", deaths=4)

    since = changed_since(county.officer, flood, first.sent_at)

    assert [one.name for one in since.figures if one.name == "deaths"] == []


def test_the_last_report_tells_the_whole_span(county, flood, first, at):
    now = at("2030-01-01T20:00")
    told(county, flood, now - timedelta(hours=2), deaths=3)
    note_incident(county.officer, incident=flood, text="大桥封闭", source="交警")
    final = report(county, flood, "final")
    sequence(epoch=1)

    said = drafted_elements(final, changed_since(county.officer, flood, None))

    assert "死亡 3 人" in said["casualties"]
    assert "大桥封闭" in said["measures"]
    assert said["time"].startswith("20")


@pytest.mark.parametrize("n", [1, 3])
def test_it_asks_as_often_for_three_as_for_one(
    n, county, flood, first, at, django_assert_num_queries
):
    now = at("2030-01-01T09:00")
    for which in range(n):
        note_incident(county.officer, incident=flood, text=f"情况{which}", source="交警")
        told(county, flood, now, source=f"单位{which}", collapsed_rooms=12)

    sequence(epoch=1)
    with django_assert_num_queries(6):
        changed_since(county.officer, flood, first.sent_at)
