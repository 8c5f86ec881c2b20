import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liandong.kernel.problems import Forbidden, Invalid
from liandong.sharing.actions import take_records
from liandong.sharing.models import Record, RecordVersion, Taking
from tests.sharing.conftest import RISK, row
from tests.sharing.people import keeper_of, neighbor

pytestmark = pytest.mark.django_db


def take(actor, rows, **more):
    return take_records(actor, kind="risk_source", rows=rows, source="风险源.xlsx", **more)


def test_rows_are_new_changed_or_confirmed(land, slope):
    rows = [
        row(land, name="新的一处"),
        row(land, number=slope.number, lon=slope.lon, lat=slope.lat),
    ]

    taking = take(keeper_of(land), rows)

    assert (taking.new, taking.changed, taking.same) == (1, 0, 1)
    assert Record.objects.count() == 2


def test_a_changed_row_keeps_its_history(land, slope):
    rows = [row(land, number=slope.number, values={**RISK, "people": 50})]

    taking = take(keeper_of(land), rows)

    assert list(taking.versions.values_list("number", "changed")) == [
        (2, ["lon", "lat", "people"])
    ]


def test_one_wrong_row_takes_nothing_in_and_is_named(land):
    rows = [row(land, row=2), row(land, row=3, values={"grade": "1"})]

    with pytest.raises(Invalid) as problem:
        take(keeper_of(land), rows)

    assert problem.value.place == "第 3 行"
    assert not Record.objects.exists()
    assert not Taking.objects.exists()


def test_rows_of_others_are_refused(land):
    with pytest.raises(Forbidden):
        take(neighbor(), [row(land)])


def test_a_number_twice_is_refused(land, slope):
    with pytest.raises(Invalid):
        take(keeper_of(land), [row(land, number=slope.number)] * 2)


def statements_of(land, names):
    with CaptureQueriesContext(connection) as found:
        take(keeper_of(land), [row(land, name=name) for name in names])
    return len(found)


def test_many_rows_take_no_more_statements_than_few(land):
    few = statements_of(land, ["甲", "乙", "丙"])
    many = statements_of(land, [f"丁{n}" for n in range(300)])

    assert few == many
    assert RecordVersion.objects.count() == 303
