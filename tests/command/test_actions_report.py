from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils.timezone import localtime

from liandong.command.actions import (
    add_report,
    call_follow_up,
    draft_report,
    miss_report,
    request_review,
    send_report,
    set_report_clock,
)
from liandong.command.models import Report
from liandong.command.rules.report import Figures
from liandong.command.states import DecisionKind
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Missing, Stale
from liandong.kernel.timers import Timer
from tests.command import county as places
from tests.people import office

pytestmark = pytest.mark.django_db

ELEMENTS = {"time": "7月14日04时", "place": "清溪河", "measures": "巡堤", "trend": None}


@pytest.fixture
def report(county, flood):
    return add_report(
        county.officer, incident=flood, kind="first", channel="phone", to="市应急管理局"
    )


def drafted(county, report, *, figures=None, **more):
    figures = figures or Figures()
    return draft_report(
        county.officer,
        report=report,
        expected_version=report.version,
        figures=figures,
        **({"elements": ELEMENTS} | more),
    )


def sent(county, report, **more):
    report = drafted(county, report, **more)
    return send_report(
        county.officer, report=report, signed_by="何川", expected_version=report.version
    )


def follow_up(county, flood):
    return add_report(
        county.officer, incident=flood, kind="follow_up", channel="written", to="市应急管理局"
    )


def test_what_nobody_could_tell_is_marked(county, report):
    draft = drafted(county, report)

    said = Entry.objects.get(name="command.report_drafted").payload.text
    assert draft.state == "drafted"
    assert "发展趋势：未问到" in draft.text
    assert (
        '"not_known":"信息来源、事件性质、影响范围及损害程度、伤亡和失联、发展趋势、建议或请求"'
        in said
    )


def test_a_follow_up_says_only_what_changed(county, flood, report):
    sent(county, report)

    draft = drafted(county, follow_up(county, flood), elements=ELEMENTS | {"trend": "水位上涨"})

    assert draft.text.splitlines() == ["清溪河洪水续报一", "发展趋势：水位上涨"]


def test_review_does_not_hold_a_report_back(county, report, at):
    now = at("2030-01-01T08:00")
    draft = drafted(county, report)
    asked = request_review(
        county.officer, report=draft, reviewer=county.posts["chief"], expected_version=2
    )

    gone = send_report(county.officer, report=asked, signed_by="何川", expected_version=3)

    assert (gone.state, gone.sent_at, gone.review_by) == ("sent", now, county.posts["chief"])
    assert '"signed_by":"何川"' in Entry.objects.get(name="command.report_sent").payload.text


def test_a_report_is_not_sent_unwritten_unsigned_or_twice(county, report):
    with pytest.raises(Invalid):
        send_report(county.officer, report=report, signed_by="何川", expected_version=1)
    draft = drafted(county, report)
    with pytest.raises(Invalid):
        send_report(county.officer, report=draft, signed_by=" ", expected_version=2)
    gone = send_report(county.officer, report=draft, signed_by="何川", expected_version=2)
    with pytest.raises(IllegalMove):
        send_report(county.officer, report=gone, signed_by="何川", expected_version=3)
    with pytest.raises(IllegalMove):
        drafted(county, gone)


def test_fewer_dead_than_before_asks_for_an_explanation(county, flood, report):
    first = sent(county, report, figures=Figures(dead=5))
    second = follow_up(county, flood)

    with pytest.raises(Invalid) as refusal:
        drafted(county, second, figures=Figures(dead=4))
    again = sent(county, second, figures=Figures(dead=4), reduction_note="一人系病亡")

    first.refresh_from_db()
    assert refusal.value.title == "人数比上次报告减少（死亡由 5 变为 4），没有写核减说明。"
    assert (first.dead, again.dead, again.reduction_note) == (5, 4, "一人系病亡")


def test_the_missing_who_were_found_dead_need_no_explanation(county, flood, report):
    sent(county, report, figures=Figures(dead=1, missing=2))

    draft = drafted(county, follow_up(county, flood), figures=Figures(dead=3, missing=0))

    assert (draft.dead, draft.missing) == (3, 0)


def test_an_element_no_report_has_is_refused(county, report):
    with pytest.raises(Invalid):
        drafted(county, report, elements={"weather": "晴"})


def test_reports_are_refused_to_units_to_older_versions_and_across_realms(county, report):
    call = {"report": report, "elements": {}, "figures": Figures(), "expected_version": 1}

    with pytest.raises(Forbidden):
        draft_report(county.water, **call)
    with pytest.raises(Stale):
        draft_report(county.officer, **call | {"expected_version": 4})
    with pytest.raises(Missing):
        draft_report(replace(county.officer, realm="drill-1"), **call)


def test_a_missed_report_is_still_owed_and_keeps_its_version(county, report):
    draft = drafted(county, report)

    missed = miss_report(places.timer_actor(), report=draft)
    late = send_report(
        county.officer, report=missed, signed_by="何川", expected_version=draft.version
    )

    assert late.state == "sent"
    assert Entry.objects.filter(name="command.report_deadline_passed").count() == 1


def test_a_report_sent_in_time_is_not_missed(county, report):
    gone = sent(county, report)

    miss_report(places.timer_actor(), report=gone)

    assert Report.objects.get().state == "sent"


def test_follow_ups_come_as_often_as_the_plan_says(county, flood, version, at):
    now = at("2030-01-01T08:00")
    response = places.decide(county.office, flood, version).response
    first = Report.objects.get(kind="follow_up")
    later = at("2030-01-01T20:00")

    call_follow_up(places.timer_actor(), response=response)

    second = Report.objects.get(kind="follow_up", ordinal=2)
    assert (first.due_at, first.counted) == (now + timedelta(hours=12), "预案Ⅳ级 每 12 小时")
    assert (second.due_at, second.title) == (later + timedelta(hours=12), "续报二")


def test_a_higher_level_wants_the_next_follow_up_sooner(county, flood, version, at):
    at("2030-01-01T08:00")
    places.decide(county.office, flood, version)
    now = at("2030-01-01T09:00")

    places.decide(county.deputy, flood, version, kind=DecisionKind.RAISE, level="III")

    report = Report.objects.get(kind="follow_up")
    assert (report.due_at, report.ordinal) == (now + timedelta(hours=6), 1)
    assert set(
        Timer.objects.filter(
            kind__in=["command.follow_up_due", "command.report_due"]
        ).values_list("due_at", flat=True)
    ) == {now + timedelta(hours=6)}


def test_no_follow_up_is_called_for_when_the_response_has_ended(county, flood, version):
    response = places.decide(county.office, flood, version).response
    response.state = "ended"

    call_follow_up(places.timer_actor(), response=response)

    assert Report.objects.filter(kind="follow_up").count() == 1


def test_a_clock_of_the_county_counts_where_it_is_the_shorter(county, flood, version, at):
    now = at("2030-01-01T08:00")
    set_report_clock(
        office(), kind="follow_up", channel="written", to="市应急管理局", every_minutes=120
    )

    places.decide(county.office, flood, version)

    report = Report.objects.get(kind="follow_up")
    assert (report.due_at, report.to) == (now + timedelta(hours=2), "市应急管理局")


@pytest.mark.parametrize(
    ("anchor", "minutes", "due"),
    [("leader_informed", 60, "11:00"), ("received", 120, "13:00"), ("occurred", 30, "10:00")],
)
def test_a_clock_counts_from_its_own_anchor(anchor, minutes, due, county, at):
    told = at("2026-07-14T11:30")
    set_report_clock(
        office(),
        hazard="12A",
        kind="first",
        channel="written",
        to="市应急管理局",
        anchor=anchor,
        minutes=minutes,
    )

    places.incident(
        county.officer,
        hazard="12A01",
        leader_informed_at=told - timedelta(minutes=90),
        received_at=told - timedelta(minutes=30),
        occurred_at=told - timedelta(minutes=120),
    )

    assert f"{localtime(Report.objects.get().due_at):%H:%M}" == due


def test_two_counties_have_two_clocks(county, at):
    at("2026-07-14T10:00")
    due = {}

    for name, phone, written in (("甲", 15, 35), ("乙", 20, 40)):
        for channel, minutes in (("phone", phone), ("written", written)):
            set_report_clock(
                office(), kind="first", channel=channel, to="市应急管理局", minutes=minutes
            )
        incident = places.incident(county.officer, title=name)
        rows = Report.objects.filter(incident=incident).order_by("due_at")
        due[name] = [(row.due_at - row.counted_from).seconds // 60 for row in rows]

    assert due == {"甲": [15, 35], "乙": [20, 40]}


def test_a_report_did_not_go_up_in_the_future(county, report, at):
    now = at("2030-01-01T08:00")
    report = drafted(county, report)

    with pytest.raises(Invalid, match="晚于现在"):
        send_report(
            county.officer,
            report=report,
            signed_by="何川",
            expected_version=report.version,
            told=now + timedelta(minutes=1),
        )


def test_a_higher_level_wants_another_follow_up_when_the_last_was_sent_early(
    county, flood, version, at
):
    now = at("2030-01-01T08:00")
    places.decide(county.office, flood, version)
    early = Report.objects.get(kind="follow_up")
    sent(county, early)

    places.decide(county.deputy, flood, version, kind=DecisionKind.RAISE, level="III")

    follow = Report.objects.filter(kind="follow_up").exclude(pk=early.pk).get()
    assert follow.due_at == now + timedelta(hours=6)
