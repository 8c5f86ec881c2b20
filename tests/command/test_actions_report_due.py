from datetime import timedelta

import pytest

from liandong.command.actions import (
    call_follow_up,
    correct_incident,
    draft_report,
    send_report,
    set_report_clock,
    set_severity,
)
from liandong.command.models import Report
from liandong.command.rules.casualties import Figures
from liandong.command.states import Severity
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Invalid
from liandong.kernel.timers import Timer
from tests.command import county as places
from tests.people import office

pytestmark = pytest.mark.django_db

CITY, PROVINCE = "市应急管理局", "省应急管理厅"


def clock(**more):
    return set_report_clock(
        office(), **({"kind": "first", "channel": "phone", "to": CITY, "minutes": 30} | more)
    )


def grade(county, incident, severity, **more):
    return set_severity(
        county.officer,
        incident=incident,
        severity=severity,
        reason="死亡 3 人",
        expected_version=incident.version,
        **more,
    )


def sent(county, report):
    report = draft_report(
        county.officer,
        report=report,
        elements={"place": "清溪河"},
        figures=Figures(),
        expected_version=report.version,
    )
    return send_report(
        county.officer, report=report, signed_by="何川", expected_version=report.version
    )


def dues(incident, **more):
    rows = Report.objects.filter(incident=incident, **more).order_by("due_at", "to")
    return [(row.title, row.to, row.due_at) for row in rows if row.due_at]


def test_several_superiors_each_have_their_report(county, at):
    now = at("2030-01-01T08:00")
    clock()
    clock(to=PROVINCE, minutes=60)

    incident = places.incident(county.officer)

    assert dues(incident) == [
        ("首报", CITY, now + timedelta(minutes=30)),
        ("首报", PROVINCE, now + timedelta(minutes=60)),
    ]


def test_a_clock_for_a_severity_waits_until_it_is_known(county, at):
    at("2030-01-01T08:00")
    clock(to=PROVINCE, minutes=60, severity=Severity.LARGER)
    incident = places.incident(county.officer)
    before = Report.objects.count()
    now = at("2030-01-01T11:00")

    grade(county, incident, Severity.LARGER)

    assert before == 0
    assert dues(incident) == [("首报", PROVINCE, now + timedelta(minutes=60))]


def test_it_is_counted_from_when_the_severity_was_known(county, at):
    at("2030-01-01T08:00")
    clock(minutes=60, severity=Severity.LARGER)
    incident = places.incident(county.officer)
    now = at("2030-01-01T11:00")
    known = now - timedelta(minutes=20)

    with pytest.raises(Invalid):
        grade(county, incident, Severity.LARGER, known_at=now + timedelta(minutes=1))
    with pytest.raises(Invalid):
        grade(county, incident, Severity.LARGER, known_at=now - timedelta(hours=4))
    grade(county, incident, Severity.LARGER, known_at=known)

    assert dues(incident) == [("首报", CITY, known + timedelta(minutes=60))]


def test_an_ordinary_one_that_turns_out_larger_owes_a_first_report_of_its_own(county, at):
    at("2030-01-01T08:00")
    clock()
    incident = places.incident(county.officer)
    first = sent(county, Report.objects.get(channel="phone"))
    incident = grade(county, incident, Severity.ORDINARY)
    quiet = Report.objects.filter(channel="phone").count()
    now = at("2030-01-01T10:00")

    incident = grade(county, incident, Severity.LARGER)
    again = grade(county, incident, Severity.LARGER)

    phone = {"channel": "phone"}
    assert quiet == 1
    assert dues(again, **phone) == [
        ("首报", CITY, first.due_at),
        ("首报（较大）", CITY, now + timedelta(minutes=30)),
    ]


def test_one_not_sent_yet_is_wanted_sooner_and_owed_once(county, at):
    now = at("2030-01-01T08:00")
    clock(channel="written", minutes=360)
    clock(channel="written", minutes=60, severity=Severity.LARGER)
    incident = places.incident(county.officer)

    grade(county, incident, Severity.MAJOR)

    assert dues(incident) == [("首报", CITY, now + timedelta(minutes=60))]
    assert Timer.objects.get(kind="command.report_due").due_at == now + timedelta(minutes=60)
    assert Entry.objects.filter(name="command.report_hastened").count() == 1


def test_a_corrected_moment_does_not_count_from_before_the_severity_was_known(county, at):
    at("2030-01-01T08:00")
    clock(minutes=60, severity=Severity.LARGER)
    incident = places.incident(county.officer)
    now = at("2030-01-01T11:00")
    incident = grade(county, incident, Severity.LARGER)

    correct_incident(
        county.officer,
        incident=incident,
        reason="时间记错",
        expected_version=incident.version,
        changes={"received_at": now - timedelta(hours=4)},
    )

    assert dues(incident) == [("首报", CITY, now + timedelta(minutes=60))]


def test_each_superior_is_followed_up_by_its_own_interval(county, flood, version, at):
    now = at("2030-01-01T08:00")
    follow = {"kind": "follow_up", "channel": "written", "minutes": None}
    clock(**follow, every_minutes=120)
    clock(**follow, every_minutes=240, to=PROVINCE)
    response = places.decide(county.office, flood, version).response

    for hours in (2, 4):
        at(f"2030-01-01T{8 + hours:02}:00")
        call_follow_up(places.timer_actor(), response=response)

    def after(hours):
        return now + timedelta(hours=hours)

    assert dues(flood) == [
        ("续报一", CITY, after(2)),
        ("续报二", CITY, after(4)),
        ("续报一", PROVINCE, after(4)),
        ("续报三", CITY, after(6)),
        ("续报二", PROVINCE, after(8)),
    ]
    assert Timer.objects.get(kind="command.follow_up_due").due_at == after(6)


def test_a_graver_severity_wants_follow_ups_oftener(county, flood, version, at):
    now = at("2030-01-01T08:00")
    follow = {"kind": "follow_up", "channel": "written", "minutes": None}
    clock(**follow, every_minutes=480)
    clock(**follow, every_minutes=60, severity=Severity.MAJOR)
    places.decide(county.office, flood, version)
    flood.refresh_from_db()

    grade(county, flood, Severity.MAJOR)

    assert dues(flood, kind="follow_up") == [("续报一", CITY, now + timedelta(hours=1))]
