import pytest

from liandong.command.actions import set_report_clock
from liandong.command.models import ReportClock
from liandong.command.queries import clocks_for, usual_clocks
from liandong.kernel.journal.models import Entry
from liandong.kernel.problems import Forbidden, Invalid
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
