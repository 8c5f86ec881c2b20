import io
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from liandong.kernel.files.actions import store_file
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Stale
from liandong.sharing import queries
from liandong.sharing.actions import (
    attach_record_file,
    change_record,
    confirm_record,
    enter_record,
    restore_record,
    withdraw_record,
)
from liandong.sharing.models import Record
from liandong.sharing.states import Deed, RecordState, Sensitivity
from tests.organization.journal import told
from tests.people import office
from tests.sharing.conftest import RISK, row
from tests.sharing.people import keeper_of, neighbor

pytestmark = pytest.mark.django_db


def test_a_record_is_entered_with_its_number_place_and_days(slope):
    assert slope.number == "FX-00001"
    assert slope.cell is not None
    assert slope.due_on == queries.today() + timedelta(days=180)
    assert slope.audience == ["county"]
    assert [v.deed for v in slope.versions.all()] == [Deed.ENTERED]


def test_a_change_keeps_what_was_said_before(slope, land):
    new = row(land, values={**RISK, "grade": "1"}, lon=slope.lon, lat=slope.lat)

    changed = change_record(
        keeper_of(land), record=slope, row=new, reason="汛后复核", expected_version=1
    )

    assert changed.version == 2
    assert changed.versions.get(number=2).changed == ["grade"]
    assert changed.versions.get(number=1).snapshot["values"]["grade"] == "2"


def test_a_change_that_changes_nothing_confirms(slope, land):
    same = row(land, lon=slope.lon, lat=slope.lat)

    change_record(keeper_of(land), record=slope, row=same, expected_version=1)

    assert slope.versions.count() == 1
    assert Record.objects.get().version == 2


def test_whoever_saw_an_older_version_is_told(slope, land):
    confirm_record(keeper_of(land), record=slope, expected_version=1)

    with pytest.raises(Stale):
        change_record(keeper_of(land), record=slope, row=row(land), expected_version=1)


def test_a_unit_keeps_only_its_own_and_the_office_keeps_all(slope, water):
    with pytest.raises(Forbidden):
        confirm_record(neighbor(), record=slope, expected_version=1)
    with pytest.raises(Forbidden):
        enter_record(neighbor(), kind="risk_source", row=row(water))

    assert confirm_record(office(), record=slope, expected_version=1).version == 2


def test_a_record_cannot_be_taken_over_from_another_unit(slope, water):
    with pytest.raises(Forbidden):
        change_record(keeper_of(water), record=slope, row=row(water), expected_version=1)


def test_a_drill_changes_no_register(land):
    with pytest.raises(Forbidden):
        enter_record(keeper_of(land, realm="drill-1"), kind="risk_source", row=row(land))


def test_a_record_is_withdrawn_with_a_reason_and_restored(slope, land):
    with pytest.raises(Invalid):
        withdraw_record(keeper_of(land), record=slope, reason=" ", expected_version=1)
    withdraw_record(keeper_of(land), record=slope, reason="已治理销号", expected_version=1)
    with pytest.raises(IllegalMove):
        confirm_record(keeper_of(land), record=slope, expected_version=2)

    restore_record(keeper_of(land), record=slope, reason="误撤", expected_version=2)

    assert Record.objects.get().state == RecordState.CURRENT
    assert [v.deed for v in slope.versions.order_by("number")] == [
        Deed.ENTERED,
        Deed.WITHDRAWN,
        Deed.RESTORED,
    ]


def test_a_restricted_record_is_seen_by_its_unit_and_the_duty_room(land):
    kept = enter_record(
        keeper_of(land),
        kind="risk_source",
        row=row(land, sensitivity=Sensitivity.RESTRICTED),
    )

    assert list(queries.visible_to(neighbor())) == []
    assert list(queries.visible_to(keeper_of(land))) == [kept]
    assert list(queries.visible_to(office())) == [kept]


def test_sensitive_fields_are_absent_for_others(slope, land):
    assert "owner" not in queries.shown_values(neighbor(), slope)
    assert "owner" in queries.shown_values(keeper_of(land), slope)
    assert "owner" in queries.shown_values(office(), slope)


def test_the_same_key_twice_is_once(land):
    first = enter_record(
        keeper_of(land), kind="risk_source", row=row(land), idempotency_key="k"
    )
    again = enter_record(
        keeper_of(land), kind="risk_source", row=row(land), idempotency_key="k"
    )

    assert first == again
    assert Record.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"name": " "}, "name"),
        ({"lon": Decimal(105), "lat": None}, "lat"),
        ({"lon": Decimal("28.7"), "lat": Decimal("105.1")}, "lon"),
        ({"values": {**RISK, "grade": "9"}}, "grade"),
        ({"values": {"grade": "1"}}, "kind"),
        ({"values": {**RISK, "color": "red"}}, "color"),
        (
            {"values": {**RISK, "major_hazard_r": "120", "major_hazard_grade": "3"}},
            "major_hazard_grade",
        ),
        (
            {
                "extent": {
                    "type": "Polygon",
                    "coordinates": [[[105, 28], [106, 29], [105, 29], [106, 28], [105, 28]]],
                }
            },
            "",
        ),
        ({"sensitivity": "secret"}, "sensitivity"),
        ({"number": "FX-00009"}, "number"),
    ],
)
def test_what_a_register_cannot_hold_is_refused_at_its_place(land, wrong, where):
    with pytest.raises(Invalid) as problem:
        enter_record(keeper_of(land), kind="risk_source", row=replace(row(land), **wrong))

    assert not where or where in problem.value.fields
    assert not Record.objects.exists()


def test_an_extent_gives_the_place(land):
    extent = {"type": "Polygon", "coordinates": [[[105, 28], [106, 28], [106, 29], [105, 28]]]}

    kept = enter_record(keeper_of(land), kind="risk_source", row=row(land, extent=extent))

    assert (kept.lon, kept.lat) != (None, None)
    assert kept.extent == extent


def test_the_journal_says_what_was_changed_but_not_how(slope, land):
    new = row(land, values={**RISK, "owner": {"name": "李四", "phone": "13900000002"}})
    change_record(keeper_of(land), record=slope, row=new, expected_version=1)

    assert "13900000002" not in str(told("sharing.record_changed"))


def test_a_file_is_put_to_a_record_by_whoever_keeps_it(slope, land):
    stored = store_file(
        keeper_of(land),
        name="现场.txt",
        content=io.BytesIO("裂缝".encode()),
        audience=slope.audience,
        subject_kind="sharing.record",
        subject_id=str(slope.pk),
    )

    attach_record_file(keeper_of(land), record=slope, file=stored)

    assert told("sharing.record_file_attached")[0]["file_name"] == "现场.txt"
    with pytest.raises(Forbidden):
        attach_record_file(neighbor(), record=slope, file=stored)
