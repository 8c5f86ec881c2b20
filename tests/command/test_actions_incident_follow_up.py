from dataclasses import replace
from datetime import timedelta

import pytest

from liandong.command.actions import (
    add_report,
    call_incident_follow_up,
    close_incident,
    merge_incidents,
)
from liandong.command.models import Report
from liandong.command.states import Severity
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, Missing
from liandong.kernel.timers import Timer
from liandong.kernel.worker import work_until_quiet
from tests.command import county as places
from tests.command.test_actions_report_due import CITY, PROVINCE, clock, dues, grade, sent

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def now(at):
    return at("2030-01-01T08:00")


@pytest.fixture
def clocks(now):
    """Every day to the city, twice a day of what is grave."""
    follow = {"kind": "follow_up", "channel": "written", "minutes": None}
    clock(**follow, every_minutes=1440)
    clock(**follow, every_minutes=720, severity=Severity.MAJOR)


def first(county, incident):
    return add_report(
        county.officer, incident=incident, kind="first", channel="written", to=CITY
    )


@pytest.fixture
def graded(county, flood, clocks):
    grade(county, flood, Severity.ORDINARY)
    sent(county, first(county, flood))
    flood.refresh_from_db()
    return flood


def follow_ups(incident):
    return dues(incident, kind="follow_up")


def test_once_it_is_graded_and_reported_it_is_followed_up(county, flood, clocks, now):
    report = first(county, flood)
    assert follow_ups(flood) == []
    grade(county, flood, Severity.ORDINARY)
    assert follow_ups(flood) == []

    sent(county, report)

    assert follow_ups(flood) == [("续报一", CITY, now + DAY)]
    assert Timer.objects.get(kind="command.incident_follow_up_due").due_at == now + DAY


def test_the_grade_may_come_after_the_report(county, flood, clocks, now):
    sent(county, first(county, flood))

    grade(county, flood, Severity.ORDINARY)

    assert follow_ups(flood) == [("续报一", CITY, now + DAY)]


def test_it_comes_back_while_the_incident_goes_on(county, graded, at, now):
    at("2030-01-02T08:00")
    work_until_quiet(epoch=1)

    assert follow_ups(graded) == [("续报一", CITY, now + DAY), ("续报二", CITY, now + 2 * DAY)]


def test_a_graver_one_is_followed_up_sooner(county, graded, now):
    grade(county, graded, Severity.MAJOR)

    assert follow_ups(graded) == [("续报一", CITY, now + DAY / 2)]


def test_a_response_takes_it_over_and_nothing_is_owed_twice(county, graded, version, now):
    decision = places.decide(county.office, graded, version)

    (report,) = Report.objects.filter(incident=graded, kind="follow_up")
    # The plan wants one every twelve hours.
    assert (report.response, report.due_at) == (decision.response, now + DAY / 2)
    assert not Timer.objects.filter(kind="command.incident_follow_up_due").exists()
    call_incident_follow_up(places.timer_actor(), incident=graded)
    assert Report.objects.filter(incident=graded, kind="follow_up").count() == 1


def test_it_ends_with_the_incident(county, graded, at):
    close_incident(
        county.office, incident=graded, reason="水退", expected_version=graded.version
    )

    assert Report.objects.get(kind="follow_up").state == "waived"
    assert Entry.objects.filter(name="command.report_waived").count() == 1
    at("2030-01-03T08:00")
    work_until_quiet(epoch=1)
    assert Report.objects.filter(kind="follow_up").count() == 1


def test_what_was_merged_is_followed_up_in_the_other(county, graded):
    other = places.incident(county.officer, title="河口镇进水")

    merge_incidents(
        county.office,
        incident=graded,
        into=other,
        reason="同一场洪水",
        expected_version=graded.version,
    )

    assert Report.objects.get(kind="follow_up").state == "waived"


def test_whoever_commands_from_above_is_told_in_place_of_the_first(county, graded, now):
    places.hand_over(county, graded)

    assert [to for _title, to, _due in follow_ups(graded)] == [places.CITY]


def test_without_a_clock_nobody_is_owed_a_follow_up(county, flood, now):
    grade(county, flood, Severity.MAJOR)

    sent(county, first(county, flood))

    assert follow_ups(flood) == []


def test_each_superior_has_its_own(county, flood, clocks, now):
    clock(kind="follow_up", channel="written", minutes=None, every_minutes=360, to=PROVINCE)
    grade(county, flood, Severity.ORDINARY)

    sent(county, first(county, flood))

    assert follow_ups(flood) == [
        ("续报一", PROVINCE, now + DAY / 4),
        ("续报一", CITY, now + DAY),
    ]


def test_calling_is_refused_to_units_and_across_realms_and_once_by_key(county, graded, at):
    with pytest.raises(Forbidden):
        call_incident_follow_up(county.water, incident=graded)
    with pytest.raises(Missing):
        call_incident_follow_up(replace(places.timer_actor(), realm="drill-1"), incident=graded)
    at("2030-01-02T08:00")

    for _ in range(2):
        call_incident_follow_up(places.timer_actor(), incident=graded, idempotency_key="k")

    assert Report.objects.filter(kind="follow_up").count() == 2
