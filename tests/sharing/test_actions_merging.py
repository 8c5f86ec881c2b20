from decimal import Decimal

import pytest

from liandong.kernel.problems import Forbidden, Invalid
from liandong.sharing.actions import enter_record, merge_records
from liandong.sharing.models import Record
from liandong.sharing.queries import duplicates_in
from liandong.sharing.states import RecordState
from tests.people import office as office_person
from tests.sharing.conftest import row
from tests.sharing.people import keeper_of
from tests.sharing.rounds import entered, opened

pytestmark = pytest.mark.django_db


def test_two_records_of_one_thing_become_one(office, land, water):
    kept = entered(land, "孙家沟")
    values = {"kind": "geohazard", "grade": "2", "households": 9}
    other = enter_record(
        keeper_of(water),
        kind="risk_source",
        row=row(water, name="孙家沟", values=values, lon=Decimal("105.1"), lat=Decimal("28.7")),
    )
    round_ = opened(office, [land, water])
    assert [[one.pk for one in group] for group in duplicates_in(round_)] == [
        [kept.pk, other.pk]
    ]

    merge_records(office_person(), record=kept, duplicate=other, expected_version=1)

    kept, other = Record.objects.get(pk=kept.pk), Record.objects.get(pk=other.pk)
    assert kept.values["households"] == 9
    assert kept.lon == Decimal("105.1")
    assert other.state == RecordState.WITHDRAWN
    assert duplicates_in(round_) == []


def test_one_is_not_merged_with_itself_and_units_merge_nothing(land):
    kept, other = entered(land), entered(land)

    with pytest.raises(Invalid):
        merge_records(office_person(), record=kept, duplicate=kept, expected_version=1)
    with pytest.raises(Forbidden):
        merge_records(keeper_of(land), record=kept, duplicate=other, expected_version=1)
