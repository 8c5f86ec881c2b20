"""Lists nobody here wrote, through the ordinary way in; figures of real counties' inventories."""

import csv
import io

import pytest
from openpyxl import load_workbook

from liandong.documents.sheets import COMMAND
from liandong.kernel.geo.systems import system_of
from liandong.kernel.problems import Invalid
from liandong.sharing.actions import plan_sheet
from liandong.sharing.adapters.reading import Given, read_register
from liandong.sharing.models import Record
from liandong.sharing.registers import REGISTERS
from tests.architecture.tree import ROOT
from tests.sharing.people import keeper_of
from tests.sharing.test_actions_sheet import PLACE, take

pytestmark = pytest.mark.django_db
LISTS = next(
    (one / "shared/data/lists" for one in ROOT.parents if (one / "shared/data/lists").is_dir()),
    None,
)
needs_lists = pytest.mark.skipif(LISTS is None, reason="the lists are not beside the project")
# 永年区 2017 and 白旗寨乡 2024, as their papers say it.
INVENTORY = [
    ("编织袋", "防汛", "2 万条", "自储", 20000), ("编织袋", "防汛", "8.5 万条", "部门代储", 85000),
    ("编织袋", "防汛", "117.4 万条", "群众号料", 1174000), ("铅丝", "防汛", "1000kg", "自储", 1000),
    ("对讲机", "通信", "40 余", "自有", 40), ("土工布", "防汛", "500㎡", "自有", 500),
    ("水泥", "防汛", "50t", "协议", 50), ("棉被", "生活", "1500–3000", "自储", 1500),
]  # fmt: skip


def read(name, kind, rows=None, given=None):
    content = (LISTS / name).read_bytes()
    if rows:
        content = b"\n".join(content.splitlines()[: rows + 1])
    return read_register(
        content,
        name,
        REGISTERS[kind],
        system_of("wgs84"),
        given=given or Given(),
        bounds=COMMAND,
    )


def plan(body, kind, lines, findings):
    return plan_sheet(keeper_of(body), PLACE, REGISTERS[kind], lines, findings)


def test_inventories_of_real_counties_come_in_as_they_are_written(land):
    rows = [one[:4] for one in INVENTORY]

    taking = take(
        keeper_of(land), ("物资名称", "类别", "数量", "储备方式"), *rows, kind="equipment"
    )

    kept = {
        (one.name, one.values["amount"]["said"]): one.values["amount"]["amount"]
        for one in Record.objects.all()
    }
    assert taking.new == len(INVENTORY)
    assert kept == {(name, said): str(amount) for name, _kind, said, _mode, amount in INVENTORY}


@needs_lists
def test_industrial_sites_of_china_come_in(land):
    planned = plan(
        land, "enterprise", *read("cn_industrial_sites.csv", "enterprise", rows=2000)
    )

    told = {one.text.split("与")[0] for one in planned.findings}
    assert len(planned.rows) > 1700
    assert told <= {"“名称”没有填。", ""}


@needs_lists
def test_relief_items_come_in_told_what_they_do_not_say(land):
    given = Given(
        named_by="item description",
        called={"item code": "规格型号"},
        filled={"类别": "基本生活保障", "数量": "若干"},
    )

    planned = plan(
        land, "equipment", *read("eden_supply_item_ifrc_standard.csv", "equipment", 500, given)
    )

    assert (planned.findings, len(planned.rows)) == ([], 500)


@needs_lists
@pytest.mark.parametrize(
    ("name", "kind", "filled"),
    [
        ("eden_water_reservoir.csv", "risk_source", {"类型": "水库", "风险等级": "一般风险"}),
        ("eden_edu_school.csv", "protected_object", {"类型": "学校"}),
    ],
)
def test_reservoirs_and_schools_come_in(land, name, kind, filled):
    given = Given(named_by="Name", filled=filled)

    planned = plan(land, kind, *read(name, kind, given=given))

    with (LISTS / name).open(encoding="utf-8-sig", newline="") as opened:
        count = sum(1 for _row in csv.DictReader(opened))
    assert len(planned.rows) + len({one.row for one in planned.findings}) == count


@needs_lists
def test_a_template_of_others_is_refused_by_what_is_missing():
    name = "ifrcgo_Administrative-Bulk-Import-Template-Local-Units.xlsx"
    assert load_workbook(io.BytesIO((LISTS / name).read_bytes())).sheetnames[0] == "data"

    with pytest.raises(Invalid, match="没有找到“名称”列"):
        read(name, "enterprise")
