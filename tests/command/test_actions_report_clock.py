import threading

import pytest
from django.db import connection

from liandong.command.actions import set_report_clock, withdraw_report_clock
from liandong.command.models import ReportClock
from liandong.command.queries import clocks_for, usual_clocks
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, Invalid, Stale
from tests.people import duty_officer, office

pytestmark = pytest.mark.django_db

CLOCK = {"kind": "first", "channel": "phone", "to": "市应急管理局", "minutes": 30}


def test_a_clock_takes_the_place_of_the_one_before(db):
    set_report_clock(office(), **CLOCK)
    set_report_clock(office(), **CLOCK | {"minutes": 20})

    assert list(ReportClock.objects.order_by("id").values_list("minutes", "in_force")) == [
        (30, False),
        (20, True),
    ]
    assert Entry.objects.filter(name="command.report_clock_set").count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_those_who_set_one_at_once_each_sets_it_or_is_told():
    told = []

    def lay_down(minutes):
        try:
            set_report_clock(office(), **CLOCK | {"minutes": minutes})
            told.append(minutes)
        except Stale as refusal:
            told.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=lay_down, args=[n]) for n in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(told) == 8
    (row,) = ReportClock.objects.filter(in_force=True)
    assert row.minutes in told


@pytest.mark.parametrize(
    "wrong", [{"minutes": None}, {"to": " "}, {"status": "recorded", "basis": ""}]
)
def test_a_clock_that_says_too_little_is_refused(wrong):
    with pytest.raises(Invalid):
        set_report_clock(office(), **CLOCK | wrong)


def test_a_clock_is_set_by_the_office_alone_and_not_from_a_drill():
    with pytest.raises(Forbidden):
        set_report_clock(duty_officer(), **CLOCK)
    with pytest.raises(Forbidden):
        set_report_clock(office(realm="drill-1"), **CLOCK)


def test_the_same_key_twice_is_one_clock():
    first = set_report_clock(office(), **CLOCK, idempotency_key="k")
    again = set_report_clock(office(), **CLOCK, idempotency_key="k")

    assert (first, ReportClock.objects.count()) == (again, 1)


def test_of_clocks_for_one_case_the_closest_wins():
    set_report_clock(office(), **CLOCK)
    set_report_clock(office(), **CLOCK | {"hazard": "11A", "minutes": 20})

    assert [one.minutes for one in clocks_for("11A01", "first")] == [20]
    assert [one.minutes for one in clocks_for("12A01", "first")] == [30]


def test_the_usual_clocks_can_be_set_and_none_pretends_to_a_paper():
    for one in usual_clocks():
        set_report_clock(office(), **one)

    assert [row.basis for row in ReportClock.objects.filter(status="assumed")] == ["", "", ""]
    assert ReportClock.objects.filter(status="recorded", basis="").count() == 0


def test_of_severities_the_gravest_that_fits_wins_and_none_where_undetermined():
    set_report_clock(office(), **CLOCK)
    set_report_clock(office(), **CLOCK | {"severity": 2, "minutes": 15})
    set_report_clock(office(), **CLOCK | {"severity": 4, "minutes": 5})

    said = [clocks_for("11A", "first", severity=one)[0].minutes for one in (None, 1, 2, 3, 4)]
    assert said == [30, 30, 15, 15, 5]


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "correction"},
        {"level": "IV"},
        {"kind": "follow_up"},
        {"kind": "final", "minutes": None, "every_minutes": 60},
    ],
)
def test_a_clock_that_asks_for_what_its_kind_cannot_have_is_refused(wrong):
    with pytest.raises(Invalid):
        set_report_clock(office(), **CLOCK | wrong)


def test_a_changed_clock_takes_the_old_ones_place_also_for_another_case():
    old = set_report_clock(office(), **CLOCK)
    change = CLOCK | {"hazard": "11A", "replaces": old}

    new = set_report_clock(office(), **change, expected_version=old.version)
    with pytest.raises(Stale):
        set_report_clock(office(), **change | {"hazard": "12"}, expected_version=1)

    assert list(ReportClock.objects.filter(in_force=True)) == [new]


def test_a_withdrawn_clock_is_kept_out_of_force():
    row = set_report_clock(office(), **CLOCK)
    call = {"clock": row, "reason": "文件已废止", "expected_version": row.version}

    with pytest.raises(Invalid):
        withdraw_report_clock(office(), **call | {"reason": " "})
    with pytest.raises(Forbidden):
        withdraw_report_clock(duty_officer(), **call)
    with pytest.raises(Forbidden):
        withdraw_report_clock(office(realm="drill-1"), **call)
    with pytest.raises(Stale):
        withdraw_report_clock(office(), **call | {"expected_version": 9})
    withdraw_report_clock(office(), **call, idempotency_key="k")
    withdraw_report_clock(office(), **call, idempotency_key="k")

    row.refresh_from_db()
    assert not row.in_force
    assert Entry.objects.filter(name="command.report_clock_withdrawn").count() == 1
