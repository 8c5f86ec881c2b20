import io

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from liandong.documents.sheets import COMMAND
from liandong.kernel.divisions import division
from liandong.kernel.geo.systems import system_of
from liandong.sharing.actions import enter_record, plan_sheet
from liandong.sharing.adapters.reading import read_register
from liandong.sharing.adapters.writing import blank_sheet, commas_of, workbook_of
from liandong.sharing.models import Record
from liandong.sharing.registers import REGISTERS
from tests.sharing.filled import rows
from tests.sharing.people import keeper_of

pytestmark = pytest.mark.django_db
PLACE = division("511523", "江安县")
WGS84 = system_of("wgs84")


def planned(actor, kind, content, name):
    lines, findings = read_register(content, name, REGISTERS[kind], WGS84, bounds=COMMAND)
    return plan_sheet(actor, PLACE, REGISTERS[kind], lines, findings)


@pytest.mark.parametrize("kind", REGISTERS)
def test_a_blank_sheet_of_every_register_opens_and_reads_back_as_empty(kind, land):
    content = blank_sheet(REGISTERS[kind])

    book = load_workbook(io.BytesIO(content))

    assert book.sheetnames[0] == str(REGISTERS[kind].title)
    assert planned(keeper_of(land), kind, content, "a.xlsx").changes == []


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_every_register_comes_back_from_a_sheet_as_it_was(land, data):
    actor = keeper_of(land)
    kind, row = data.draw(rows(land))
    assume(not REGISTERS[kind].check(row.values))
    record = enter_record(actor, kind=kind, row=row)
    mine = Record.objects.filter(pk=record.pk)
    content = workbook_of(actor, REGISTERS[kind], mine)
    text = "".join(commas_of(actor, REGISTERS[kind], mine)).encode()

    for plan in (planned(actor, kind, content, "a.xlsx"), planned(actor, kind, text, "a.csv")):
        assert [str(one) for one in plan.findings] == []
        assert [(one.kind, one.detail) for one in plan.changes] == [("same", "")]
        (back,) = plan.rows
        assert (back.values, back.name, back.address) == (
            record.values,
            record.name,
            record.address,
        )
