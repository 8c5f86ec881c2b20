from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError

from liandong.kernel.ids import uuid7
from liandong.kernel.sets import insert_rows
from liandong.sharing.models import Record
from tests.factories import organization as make

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 1, 8, 30, 0, 123456, tzinfo=UTC)


def record(body, number, **more):
    said = {
        "id": uuid7(),
        "kind": "risk_source",
        "number": number,
        "name": '引号"、反斜杠\\、换行\n和𠮷',
        "body": body,
        "lon": Decimal("105.066800"),
        "lat": Decimal("28.723700"),
        "cell": 617733122422996991,
        "west": 105.0668,
        "values": {"people": 45, "said": "2万条"},
        "audience": ["county", "body:x"],
        "changed_at": AT,
        "confirmed_at": AT,
        "due_on": AT.date(),
        "sort_key": number,
    }
    return Record(**{**said, **more})


def kept(row):
    return {
        one.attname: getattr(row, one.attname)
        for one in row._meta.concrete_fields
    }  # fmt: skip


def test_what_goes_in_comes_out_as_the_same():
    body = make.body("land")
    rows = [record(body, "FX-1"), record(body, "FX-2", extent={"type": "Point"}, lon=None)]
    rows[1].lat = rows[1].cell = None

    insert_rows(rows)

    assert [kept(one) for one in Record.objects.order_by("number")] == [
        kept(one) for one in rows
    ]
    assert Record.objects.filter(extent__isnull=True).count() == 1


def test_of_what_is_there_the_named_fields_change_and_no_others():
    row = record(make.body("land"), "FX-1")
    insert_rows([row])

    row.name, row.address = "改过", "也改过"
    insert_rows([row], changing=["name", "values"])

    found = Record.objects.get()
    assert (found.name, found.address) == ("改过", "")


def test_what_the_database_refuses_is_raised():
    row = record(make.body("land"), "FX-1", cell=None)

    with pytest.raises(IntegrityError):
        insert_rows([row])


def test_more_than_one_statement_holds_goes_in_by_several(monkeypatch):
    monkeypatch.setattr("liandong.kernel.sets.AT_ONCE", 2)
    body = make.body("land")

    insert_rows([record(body, f"FX-{n}") for n in range(5)])
    insert_rows([])

    assert Record.objects.count() == 5
