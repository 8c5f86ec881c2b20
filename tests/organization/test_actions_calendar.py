from datetime import date

import pytest

from liandong.kernel import working_days
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Stale
from liandong.organization import actions, queries
from liandong.organization.permissions import Permission
from tests.organization.journal import told
from tests.people import allowed, office

pytestmark = pytest.mark.django_db
OFF = [date(2032, 1, day) for day in range(1, 6)]


def enter(
    *, actor=None, year=2032, holidays=OFF, workdays=(), basis="国办发明电〔2031〕1号", **more
):
    return actions.enter_calendar_year(
        actor or office(),
        year=year,
        holidays=holidays,
        workdays=workdays,
        basis=basis,
        **more,
    )


def test_deadlines_of_working_days_follow_what_was_entered():
    before = working_days.after(date(2032, 1, 1), 2)

    enter(workdays=[date(2032, 1, 10)])

    assert (before, working_days.after(date(2032, 1, 5), 5)) == (None, date(2032, 1, 10))
    [fact] = told("organization.calendar_year_entered")
    assert (fact["year"], fact["workdays"]) == (2032, ["2032-01-10"])


def test_a_year_is_corrected_by_whoever_saw_it():
    row = enter()
    with pytest.raises(Stale):
        enter(expected_version=7)

    enter(expected_version=row.version, basis="更正")

    assert [one.basis for one in queries.calendar_years()] == ["更正"]


def test_a_year_the_node_brings_along_is_refused():
    with pytest.raises(IllegalMove):
        enter(year=2026, holidays=[date(2026, 1, day) for day in range(1, 6)])


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"holidays": OFF[:2]}, "holidays"),
        ({"holidays": [*OFF, date(2031, 1, 1)]}, "holidays"),
        ({"workdays": [date(2032, 1, 7)]}, "workdays"),
        ({"workdays": [OFF[2]]}, "workdays"),
        ({"basis": " "}, "basis"),
        ({"year": 12}, "year"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(wrong, field):
    with pytest.raises(Invalid) as refused:
        enter(**wrong)

    assert list(refused.value.fields) == [field]


def test_a_calendar_needs_permission_and_is_not_for_drills():
    for actor in (allowed(Permission.LAY_ROSTER), office(realm="drill-1")):
        with pytest.raises(Forbidden):
            enter(actor=actor)


def test_one_key_enters_once():
    actor = office()

    assert enter(actor=actor, idempotency_key="k") == enter(actor=actor, idempotency_key="k")
    assert len(told("organization.calendar_year_entered")) == 1
