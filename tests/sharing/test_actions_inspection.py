from datetime import date

import pytest

from liandong.kernel.problems import Forbidden, IllegalMove, Invalid
from liandong.sharing import queries
from liandong.sharing.actions import change_record, record_inspection, report_mended
from liandong.sharing.models import Record
from tests.organization.journal import told
from tests.sharing.conftest import RISK, row
from tests.sharing.people import keeper_of, neighbor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def july(at):
    at("2027-07-14T08:00")


def inspected(actor, record, **more):
    said = {"done_on": date(2027, 7, 14), "by": "王五", "expected_version": record.version}
    return record_inspection(actor, record=record, **{**said, **more})


def cycled(land, slope, cycle):
    new = row(land, values={**RISK, "inspection_cycle": cycle})
    change_record(keeper_of(land), record=slope, row=new, expected_version=1)
    return Record.objects.get(pk=slope.pk)


@pytest.mark.parametrize(
    ("cycle", "due"),
    [
        ("week", date(2027, 7, 21)),
        ("month", date(2027, 8, 14)),
        ("quarter", date(2027, 10, 14)),
        ("flood_season", date(2027, 8, 14)),
    ],
)
def test_the_next_inspection_follows_from_the_cycle(land, slope, cycle, due):
    record = cycled(land, slope, cycle)

    inspected(keeper_of(land), record)

    assert Record.objects.get().inspect_on == due


def test_after_the_flood_season_the_next_begins_in_april(land, slope, at):
    at("2027-09-20T08:00")
    record = cycled(land, slope, "flood_season")

    inspected(keeper_of(land), record, done_on=date(2027, 9, 20))

    assert Record.objects.get().inspect_on == date(2028, 4, 1)


def test_what_was_found_stands_open_until_it_is_mended(land, slope):
    one = inspected(keeper_of(land), slope, found="排水沟堵", mend_by=date(2027, 7, 20))
    open_now = queries.condition("mend", date(2027, 7, 14))
    assert Record.objects.filter(open_now).exists()

    report_mended(
        keeper_of(land),
        inspection=one,
        mended_on=date(2027, 7, 14),
        mended="已清淤",
        expected_version=1,
    )

    assert not Record.objects.filter(open_now).exists()
    assert told("sharing.defect_mended")[0]["mended_on"] == "2027-07-14"
    with pytest.raises(IllegalMove):
        report_mended(
            keeper_of(land),
            inspection=one,
            mended_on=date(2027, 7, 14),
            mended="再",
            expected_version=2,
        )


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"done_on": date(2027, 7, 15)}, "done_on"),
        ({"found": "裂缝"}, "mend_by"),
        ({"mend_by": date(2027, 8, 1)}, "found"),
        ({"found": "裂缝", "mend_by": date(2027, 7, 1)}, "mend_by"),
    ],
)
def test_an_inspection_that_cannot_be_is_refused(land, slope, wrong, where):
    with pytest.raises(Invalid) as problem:
        inspected(keeper_of(land), slope, **wrong)

    assert where in problem.value.fields


def test_mending_before_the_inspection_is_refused(land, slope):
    one = inspected(keeper_of(land), slope, found="裂缝", mend_by=date(2027, 8, 1))

    with pytest.raises(Invalid):
        report_mended(
            keeper_of(land),
            inspection=one,
            mended_on=date(2027, 7, 1),
            mended="已封",
            expected_version=1,
        )


def test_others_inspect_nothing(slope):
    with pytest.raises(Forbidden):
        inspected(neighbor(), slope)
