from datetime import timedelta

import openpyxl
import pytest

from liandong.kernel.permissions import Role
from liandong.sharing.actions import take_records
from liandong.sharing.models import Record
from liandong.sharing.queries import today
from liandong.sharing.registers import REGISTERS
from tests.monitoring.counting import queries_of
from tests.sharing.conftest import RISK, row
from tests.sharing.people import keeper_of
from tests.sharing.test_views_record import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client, water):
    return signed_in(client, Role.UNIT_LIAISON, water)


def more(body, count):
    rows = [row(body, name=f"滑坡{n}") for n in range(count)]
    take_records(keeper_of(body), kind="risk_source", rows=rows, source="测试")


def test_the_front_page_names_every_register_and_what_is_stale(reader, slope):
    Record.objects.update(due_on=today() - timedelta(days=1))

    page = reader.get("/sharing/").content.decode()

    assert all(str(one.title) in page for one in REGISTERS.values())
    assert "逾期未核实 1" in page


@pytest.mark.parametrize("kind", REGISTERS)
def test_every_register_has_a_list_and_a_form(client, land, kind):
    reader = signed_in(client, Role.HEADQUARTERS_OFFICE)

    assert reader.get(f"/sharing/registers/{kind}/").status_code == 200
    assert reader.get(f"/sharing/registers/{kind}/new/").status_code == 200


def test_no_such_register_is_a_page_that_says_so(reader):
    assert reader.get("/sharing/registers/nonsense/").status_code == 404


@pytest.mark.parametrize(
    ("query", "there"),
    [
        ("grade=2", True),
        ("grade=1", False),
        ("kind=geohazard", True),
        ("wants=stale", False),
        ("wants=unplaced", False),
        ("state=withdrawn", False),
        ("name=孙家沟", True),
        ("sort=-due", True),
    ],
)
def test_a_list_is_narrowed(reader, slope, query, there):
    page = reader.get(f"/sharing/registers/risk_source/?{query}").content.decode()

    assert (slope.number in page) == there


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("people", ["乙", "甲", "丁", "丙"]),
        ("-people", ["丁", "甲", "乙", "丙"]),  # who was told nothing stands last both ways
        ("grade", ["丁", "甲", "丙", "乙"]),
    ],
)
def test_a_list_sorts_by_a_field_of_its_register(reader, land, column, expected):
    """Numbers as numbers, grades with the gravest first."""
    told = [("甲", 9, "2"), ("乙", 8, "4"), ("丙", None, "3"), ("丁", 100, "1")]
    rows = [
        row(
            land,
            name=name,
            values={"kind": "geohazard", "grade": grade}
            | ({"people": people} if people else {}),
        )
        for name, people, grade in told
    ]
    take_records(keeper_of(land), kind="risk_source", rows=rows, source="测试")

    page = reader.get(f"/sharing/registers/risk_source/?sort={column}")

    assert [one.name for one in page.context["table"].fetched] == expected


@pytest.mark.parametrize("query", ["grade=9", "wants=x", "sort=x", "page=0"])
def test_a_bad_condition_is_named(reader, slope, query):
    assert reader.get(f"/sharing/registers/risk_source/?{query}").status_code == 400


def test_a_list_costs_the_same_for_one_and_for_many(reader, slope, land):
    reader.get("/sharing/registers/risk_source/")
    one = queries_of(reader, "/sharing/registers/risk_source/")
    more(land, 20)
    reader.get("/sharing/registers/risk_source/")

    assert queries_of(reader, "/sharing/registers/risk_source/") == one


def test_an_export_has_no_sensitive_field(reader, slope, tmp_path):
    answer = reader.get("/sharing/registers/risk_source/?export=xlsx")
    file = tmp_path / "it.xlsx"
    file.write_bytes(answer.content)

    said = str(list(openpyxl.load_workbook(file).active.values))

    assert "孙家沟滑坡" in said
    assert RISK["owner"]["phone"] not in said


def test_what_i_answer_for_waits_for_me_and_not_for_others(client, slope, land, water):
    Record.objects.update(due_on=today())

    mine = signed_in(client, Role.UNIT_LIAISON, land).get("/sharing/due/").content.decode()
    theirs = signed_in(client, Role.UNIT_LIAISON, water).get("/sharing/due/").content.decode()

    assert slope.number in mine
    assert slope.number not in theirs


def test_the_desk_says_what_the_registers_ask_for(client, slope, land):
    Record.objects.update(due_on=today())

    page = signed_in(client, Role.UNIT_LIAISON, land).get("/").content.decode()

    assert "1 条登记逾期未核实" in page
