from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liandong.evaluation.actions import call_off_drill
from liandong.evaluation.queries import drills_of_year
from liandong.kernel.problems import Missing
from liandong.plans.models import PlanVersion
from tests.evaluation.drills import planned

NEW_YEAR = datetime(2029, 12, 31, 16, tzinfo=UTC)  # midnight where the county is


@pytest.fixture
def owed(version):
    """In force, and to be drilled by July 2030."""
    PlanVersion.objects.filter(pk=version.pk).update(issued_on=date(2027, 7, 1))
    return PlanVersion.objects.get(pk=version.pk)


def test_a_plan_due_that_year_is_wanting_until_a_drill_of_it_is_planned(county, owed):
    before, later = (drills_of_year(county.leader, one) for one in (2029, 2030))

    planned(county, owed)

    after = drills_of_year(county.leader, 2030)
    assert ([*before.undrilled], [one.version for one in later.undrilled]) == ([], [owed])
    assert (later.undrilled[0].due_on, later.undrilled[0].years) == (date(2030, 7, 1), 3)
    assert after.undrilled == []
    assert [(one.plans, one.due_on) for one in after.drills] == [([owed], date(2030, 7, 1))]


def test_a_year_begins_by_the_countys_own_clock(county, version):
    planned(county, version, planned_for=NEW_YEAR)

    assert [len(drills_of_year(county.leader, one).drills) for one in (2029, 2030)] == [0, 1]


def test_one_called_off_counts_for_nothing(county, owed):
    drill = planned(county, owed)
    call_off_drill(county.office, drill=drill, reason="x", expected_version=drill.version)

    found = drills_of_year(county.leader, 2030)

    assert (found.drills, [one.version for one in found.undrilled]) == ([], [owed])


def test_a_year_of_no_calendar_is_refused(county):
    with pytest.raises(Missing):
        drills_of_year(county.leader, 1)


def test_it_costs_the_same_for_one_drill_and_for_three(county, version):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            drills_of_year(county.leader, 2030)
        return len(asked)

    planned(county, version)
    one = cost()
    for _ in range(2):
        planned(county, version)

    assert cost() == one
