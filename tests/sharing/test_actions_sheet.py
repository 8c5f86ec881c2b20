import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liandong.documents.sheets import COMMAND, Unsound
from liandong.kernel.basemaps.actions import load_basemap
from liandong.kernel.divisions import division
from liandong.kernel.geo.systems import system_of
from liandong.kernel.journal.models import Entry
from liandong.kernel.permissions import Role
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid, Stale
from liandong.sharing import queries
from liandong.sharing.actions import (
    change_record,
    name_goods,
    plan_sheet,
    row_of,
    take_sheet,
    undo_taking,
)
from liandong.sharing.adapters.reading import read_register
from liandong.sharing.models import Record, RecordVersion, Taking
from liandong.sharing.registers import REGISTERS
from liandong.sharing.states import RecordState
from tests.documents.workbooks import workbook
from tests.factories import organization as county
from tests.kernel.grounds import SQUARE, collection, feature
from tests.people import actor
from tests.sharing.people import keeper_of, neighbor

pytestmark = pytest.mark.django_db
PLACE = division("511523", "江安县")
WGS84 = system_of("wgs84")
HEAD = ("名称", "责任单位", "类型", "风险等级", "威胁人数", "经度", "纬度")
SLOPE = ("沙坪滑坡", "县自然资源局", "地质灾害隐患点", "较大风险", "45", "105.0668", "28.7237")


def office():
    return actor(Role.HEADQUARTERS_OFFICE, label="防办")


def lines_of(*rows, kind="risk_source", system=WGS84, **more):
    content = workbook(*rows, sheet=str(REGISTERS[kind].title), **more)
    return read_register(content, "台账.xlsx", REGISTERS[kind], system, bounds=COMMAND)


def plan(actor, *rows, kind="risk_source", **more):
    lines, findings = lines_of(*rows, kind=kind, **more)
    return plan_sheet(actor, PLACE, REGISTERS[kind], lines, findings)


def take(actor, *rows, kind="risk_source", seen=None, digest="", again=False, **more):
    lines, findings = lines_of(*rows, kind=kind, **more)
    assert findings == []
    seen = seen or plan_sheet(actor, PLACE, REGISTERS[kind], lines).draft.fingerprint
    return take_sheet(
        actor,
        kind=kind,
        place=PLACE,
        rows=lines,
        seen=seen,
        name="台账.xlsx",
        digest=digest,
        again=again,
    )


def told(planned):
    return [str(one) for one in planned.draft.findings]


def test_a_sheet_enters_what_is_new(land):
    taking = take(keeper_of(land), HEAD, SLOPE)

    (record,) = Record.objects.all()
    assert (taking.new, taking.changed, taking.same) == (1, 0, 0)
    assert (record.name, record.values["people"], str(record.lon)) == (
        "沙坪滑坡",
        45,
        "105.066800",
    )


def test_the_same_file_twice_changes_nothing(land):
    take(keeper_of(land), HEAD, SLOPE)

    again = plan(keeper_of(land), HEAD, SLOPE)

    assert [(one.kind, one.detail) for one in again.changes] == [("same", "")]
    assert take(keeper_of(land), HEAD, SLOPE).same == 1
    assert Record.objects.count() == 1


def test_two_of_one_name_at_two_places_are_two(land):
    other = (*SLOPE[:5], "105.2", "28.8")
    assert take(keeper_of(land), HEAD, SLOPE).new == 1

    taking = take(keeper_of(land), HEAD, SLOPE, other)
    assert (taking.new, taking.same) == (1, 1)

    again = plan(keeper_of(land), HEAD, other, SLOPE)
    assert [one.kind for one in again.changes] == ["same", "same"]


def test_one_of_a_name_that_moved_is_the_same_one(land):
    take(keeper_of(land), HEAD, SLOPE)

    taking = take(keeper_of(land), HEAD, (*SLOPE[:5], "105.2", "28.8"))

    assert (taking.new, taking.changed) == (0, 1)


def test_what_changes_is_told_from_what_to_what(land):
    take(keeper_of(land), HEAD, SLOPE)

    (change,) = plan(keeper_of(land), HEAD, (*SLOPE[:4], "60", *SLOPE[5:])).changes

    assert (change.kind, change.detail) == ("changed", "受威胁人数：45 → 60")


def test_a_heading_that_means_nothing_is_told(land):
    planned = plan(keeper_of(land), ("序号", *HEAD, "星座"), ("1", *SLOPE, "白羊"))

    skipped, new = planned.draft.changes
    assert (skipped.kind, str(skipped.what), new.kind) == ("skipped", "I 列“星座”", "new")


def test_columns_that_are_not_there_stay_and_blank_cells_clear(land):
    take(keeper_of(land), HEAD, SLOPE)

    take(keeper_of(land), HEAD[:4], SLOPE[:4])
    assert Record.objects.get().values["people"] == 45

    take(keeper_of(land), HEAD, (*SLOPE[:4], "", *SLOPE[5:]))
    assert "people" not in Record.objects.get().values


def test_every_problem_is_named_at_its_cell_and_nothing_is_taken(land, water):
    rows = [
        ("甲", "县自然资源", "地质灾害隐患点", "较大风险", "45", "105.0", "28.7"),
        ("乙", "县自然资源局", "滑坡体", "较大风险", "45", "105.0", "28.7"),
        ("丙", "县自然资源局", "水库", "很大", "四十", "105.0", "28.7"),
        ("丁", "县自然资源局", "水库", "低风险", "4", "28.7", "105.0"),
        ("戊", "县自然资源局", "水库", "低风险", "4", "10.5", "28.7"),
        ("己", "县自然资源局", "水库", "低风险", "4", "105.0", ""),
        ("庚", "县水利局", "水库", "低风险", "4", "", ""),
        ("辛", "县自然资源局", "水库", "低风险", "4", "", ""),
        ("辛", "县自然资源局", "水库", "低风险", "4", "", ""),
    ]

    planned = plan(keeper_of(land), HEAD, *rows)

    assert [(one.row, one.column) for one in planned.draft.findings] == [
        (2, "B"), (3, "C"), (4, "D"), (4, "E"), (5, "F"), (6, "F"), (7, "G"), (8, "B"), (10, "A"),
    ]  # fmt: skip
    text = "".join(told(planned))
    assert "没有叫“县自然资源”的机构。" in text
    assert "经度和纬度可能填反了" in text
    assert "与第 9 行重复" in text
    assert [one.row for one in planned.changes] == [9]
    lines, _findings = lines_of(HEAD, *rows)
    with pytest.raises(Invalid, match="没有导入"):
        take_sheet(
            keeper_of(land),
            kind="risk_source",
            place=PLACE,
            rows=lines,
            seen="",
            name="a",
            digest="",
        )
    assert not Record.objects.exists()


def test_merged_bodies_and_old_names_are_understood(land):
    land.aliases = ["县国土资源局"]
    land.save()
    rows = [("甲", "县国土资源局", "水库", "低风险"), ("乙", "", "水库", "低风险")]

    take(keeper_of(land), HEAD[:4], *rows, merge=["B2:B3"])

    assert set(Record.objects.values_list("body", flat=True)) == {land.pk}


def test_a_unit_need_not_say_that_it_is_the_unit(land):
    take(keeper_of(land), ("名称", "类型", "风险等级"), ("甲", "水库", "低风险"))

    assert Record.objects.get().body == land


def test_a_township_is_known_by_name_and_an_unknown_one_is_named(land):
    town = county.body("iron", kind="township", name="铁清镇人民政府", short_name="铁清镇")
    town.division_code = "511523105"
    town.save()
    head = ("名称", "类型", "风险等级", "乡镇")

    take(keeper_of(land), head, ("甲", "水库", "低风险", "铁清镇"))

    assert Record.objects.get().division_code == "511523105"
    assert (
        "没有“铜清镇”这个乡镇"
        in told(plan(keeper_of(land), head, ("乙", "水库", "低风险", "铜清镇")))[0]
    )


def test_places_of_a_web_map_are_turned_into_true_ones(land):
    row = (*SLOPE[:5], "121.531541859215", "31.17530398364597")

    take(keeper_of(land), HEAD, row, system=system_of("gcj02"))

    record = Record.objects.get()
    assert (str(record.lon), str(record.lat)) == ("121.527211", "31.177428")


def test_degrees_with_minutes_are_read(land):
    take(keeper_of(land), HEAD, (*SLOPE[:5], "105°04′01″", "北纬28度43分25.3秒"))

    record = Record.objects.get()
    assert (str(record.lon), str(record.lat)) == ("105.066944", "28.723694")


STOCK = ("名称", "类别", "数量", "单位")


@pytest.mark.parametrize(
    ("head", "row", "amount", "unit"),
    [
        (STOCK, ("编织袋", "防汛", "2万", "条"), "20000", "条"),
        (STOCK, ("对讲机", "通信", "40余", "部"), "40", "部"),
        (("名称", "类别", "数量（万条）"), ("编织袋", "防汛", "8.5"), "85000", "条"),
        (("名称", "类别", "数量"), ("木桩", "防汛", "3400根"), "3400", "根"),
        (("名称", "类别", "数量"), ("铁锹", "防汛", "若干"), "", ""),
    ],
)
def test_quantities_find_their_unit_wherever_it_stands(land, head, row, amount, unit):
    take(keeper_of(land), head, row, kind="equipment")

    kept = Record.objects.get().values["amount"]
    assert (kept["amount"], kept["unit"]) == (amount, unit)


def test_a_heading_in_another_unit_is_reckoned_or_refused(land):
    head = ("名称", "类型", "风险等级", "威胁人数（万人）")
    take(keeper_of(land), head, ("甲", "水库", "低风险", "1.2"))
    assert Record.objects.get().values["people"] == 12_000

    planned = plan(
        keeper_of(land),
        ("名称", "类型", "风险等级", "威胁人数（户）"),
        ("乙", "水库", "低风险", "12"),
    )
    assert "这一列的单位是“户”" in told(planned)[0]


def test_goods_are_known_by_the_names_of_the_standard_and_of_the_county(land):
    head = ("名称", "类别", "数量", "物资编码")
    name_goods(office(), name="雨棚", code="1130101")

    take(
        keeper_of(land), head,
        ("单帐篷", "生活", "20顶", ""), ("库存", "生活", "5顶", "雨棚"), ("大米", "生活", "2吨", "1010200"),
        kind="equipment",
    )  # fmt: skip

    codes = dict(Record.objects.values_list("name", "values__goods_code"))
    assert (codes["库存"], codes["大米"]) == ("1130101", "1010200")
    assert codes["单帐篷"] == queries.goods_codes()["单帐篷"]
    planned = plan(keeper_of(land), head, ("某物", "生活", "1件", "9999999"), kind="equipment")
    assert "没有“9999999”这种物资编码" in told(planned)[0]


def test_a_telephone_beside_a_name_belongs_to_it(land):
    head = ("名称", "类别", "数量", "保管人", "联系电话")

    take(
        keeper_of(land),
        head,
        ("编织袋", "防汛", "2万条", "王伟", "13800000001"),
        kind="equipment",
    )

    assert Record.objects.get().values["keeper"] == {"name": "王伟", "phone": "13800000001"}


def test_text_that_looks_like_a_formula_stays_text(land):
    take(keeper_of(land), HEAD[:4], ("=cmd|' /C calc'!A0", *SLOPE[1:4]))

    assert Record.objects.get().name == "=cmd|' /C calc'!A0"


def test_a_line_marked_so_is_withdrawn(land):
    take(keeper_of(land), HEAD, SLOPE)
    number = Record.objects.get().number

    taking = take(keeper_of(land), ("编号", "名称", "状态"), (number, "沙坪滑坡", "已撤销"))

    record = Record.objects.get()
    assert record.state == RecordState.WITHDRAWN
    assert list(taking.versions.values_list("deed", flat=True)) == ["withdrawn"]
    assert (
        "已撤销；如仍存在"
        in told(plan(keeper_of(land), ("编号", "名称"), (number, "沙坪滑坡")))[0]
    )


def test_a_number_there_is_none_of_is_named(land):
    planned = plan(keeper_of(land), ("编号", *HEAD), ("FX-99999", *SLOPE))

    assert "没有编号为“FX-99999”的登记" in told(planned)[0]


def test_records_of_others_are_refused_at_their_cell(land):
    planned = plan(neighbor(), HEAD, SLOPE)

    assert told(planned) == ["第 2 行 B 列：只能办理本单位负责的登记。"]


def test_what_was_seen_must_still_be_so(land):
    seen = plan(keeper_of(land), HEAD, SLOPE).draft.fingerprint
    take(keeper_of(land), HEAD, SLOPE)

    with pytest.raises(Stale):
        take(keeper_of(land), HEAD, SLOPE, seen=seen)


def test_many_lines_take_no_more_statements_than_few(land):
    def statements(count, prefix):
        rows = [(f"{prefix}{n}", *SLOPE[1:]) for n in range(count)]
        with CaptureQueriesContext(connection) as found:
            take(keeper_of(land), HEAD, *rows)
        return len(found)

    assert statements(3, "甲") == statements(200, "乙")


def test_a_taking_is_undone_record_by_record(land):
    take(keeper_of(land), HEAD, SLOPE, ("乙", *SLOPE[1:]), ("丙", *SLOPE[1:]))
    third = Record.objects.get(name="丙")
    rows = [
        ("", *SLOPE[:4], "60", *SLOPE[5:], ""),
        ("", "丁", *SLOPE[1:], ""),
        (third.number, "丙", *SLOPE[1:], "已撤销"),
    ]
    taking = take(keeper_of(land), ("编号", *HEAD, "状态"), *rows)

    undone = undo_taking(keeper_of(land), taking=taking)

    states = dict(Record.objects.values_list("name", "state"))
    assert states == {
        "沙坪滑坡": "current",
        "乙": "current",
        "丙": "current",
        "丁": "withdrawn",
    }
    assert Record.objects.get(name="沙坪滑坡").values["people"] == 45
    assert undone.undoes == taking
    assert sorted(undone.versions.values_list("deed", flat=True)) == [
        "changed",
        "restored",
        "withdrawn",
    ]
    with pytest.raises(IllegalMove):
        undo_taking(keeper_of(land), taking=taking)
    with pytest.raises(IllegalMove):
        undo_taking(keeper_of(land), taking=undone)


def test_what_was_changed_since_is_named_and_stays_if_asked(land):
    taking = take(keeper_of(land), HEAD, SLOPE, ("乙", *SLOPE[1:]))
    record = Record.objects.get(name="沙坪滑坡")
    values = {**record.values, "people": 99}
    row = row_of(record)
    change_record(
        keeper_of(land),
        record=record,
        row=type(row)(**{**vars(row), "values": values}),
        expected_version=1,
    )

    with pytest.raises(Stale) as refused:
        undo_taking(keeper_of(land), taking=taking)
    undo_taking(keeper_of(land), taking=taking, skip_changed=True)

    assert "沙坪滑坡" in refused.value.place
    assert dict(Record.objects.values_list("name", "state")) == {
        "沙坪滑坡": "current",
        "乙": "withdrawn",
    }


def test_a_taking_is_undone_only_by_who_keeps_the_records(land):
    taking = take(keeper_of(land), HEAD, SLOPE)

    with pytest.raises(Forbidden):
        undo_taking(neighbor(), taking=taking)
    assert RecordVersion.objects.count() == 1
    assert Taking.objects.count() == 1


def test_a_drill_takes_nothing_in_or_back(land):
    taking = take(keeper_of(land), HEAD, SLOPE)
    drilling = keeper_of(land, realm="drill-1")

    with pytest.raises(Forbidden):
        take(drilling, HEAD, SLOPE)
    with pytest.raises(Forbidden):
        undo_taking(drilling, taking=taking)


def test_a_taking_that_changed_nothing_is_not_undone(land):
    take(keeper_of(land), HEAD, SLOPE)

    with pytest.raises(Invalid, match="没有改动任何登记"):
        undo_taking(keeper_of(land), taking=take(keeper_of(land), HEAD, SLOPE))


def test_a_place_outside_the_county_is_told_and_taken(land):
    admin = actor(Role.SYSTEM_ADMIN, label="管理员")
    load_basemap(admin, name="县.geojson", content=collection(feature("county", [SQUARE])))
    inside = (*SLOPE[:5], "112.1", "27.1")
    outside = ("乙", *SLOPE[1:5], "112.3", "27.1")

    planned = plan(keeper_of(land), HEAD, inside, outside)

    first, second = planned.changes
    assert (planned.findings, first.detail) == ([], "")
    assert second.detail == "在县界外 9.9 公里"


def test_the_same_key_twice_takes_in_and_back_once(land):
    lines, _findings = lines_of(HEAD, SLOPE)
    seen = plan_sheet(keeper_of(land), PLACE, REGISTERS["risk_source"], lines).draft.fingerprint
    asked = {
        "kind": "risk_source",
        "place": PLACE,
        "rows": lines,
        "seen": seen,
        "name": "a",
        "digest": "",
    }

    first, second = (
        take_sheet(keeper_of(land), **asked, idempotency_key="in") for _time in range(2)
    )
    back, again = (
        undo_taking(keeper_of(land), taking=first, idempotency_key="back") for _time in range(2)
    )

    assert (first, back) == (second, again)
    assert (Record.objects.count(), Taking.objects.count()) == (1, 2)


FILE = "a" * 64


def test_a_file_that_came_in_before_is_asked_about_and_doubles_nothing(land):
    first = take(keeper_of(land), HEAD, SLOPE, digest=FILE)

    with pytest.raises(IllegalMove, match="已经导入过"):
        take(keeper_of(land), HEAD, SLOPE, digest=FILE)
    again = take(keeper_of(land), HEAD, SLOPE, digest=FILE, again=True)

    assert (first.new, again.new, again.same) == (1, 0, 1)
    assert (Record.objects.count(), RecordVersion.objects.count()) == (1, 1)


def test_a_file_that_was_taken_back_may_come_again(land):
    undo_taking(keeper_of(land), taking=take(keeper_of(land), HEAD, SLOPE, digest=FILE))

    assert take(keeper_of(land), HEAD, SLOPE, digest=FILE).new == 1


def test_the_same_file_of_another_register_is_another_file(land):
    take(keeper_of(land), HEAD, SLOPE, digest=FILE)

    taking = take(
        keeper_of(land),
        ("名称", "责任单位", "类别", "人数"),
        ("山洪队", "县自然资源局", "专业", "30"),
        kind="team",
        digest=FILE,
    )

    assert taking.new == 1


def test_whoever_was_shown_no_draft_takes_what_the_lines_say(land):
    lines, _findings = lines_of(HEAD, SLOPE)

    taking = take_sheet(
        keeper_of(land),
        kind="risk_source",
        place=PLACE,
        rows=lines,
        seen=None,
        name="a",
        digest="",
    )

    assert taking.new == 1


def test_everything_that_is_wrong_is_given_with_the_refusal(land):
    lines, _findings = lines_of(
        HEAD, (*SLOPE[:4], "四十", *SLOPE[5:]), ("乙", *SLOPE[1:3], "甲")
    )

    with pytest.raises(Unsound) as refused:
        take_sheet(
            keeper_of(land),
            kind="risk_source",
            place=PLACE,
            rows=lines,
            seen=None,
            name="a",
            digest="",
        )

    assert [(one.row, one.column) for one in refused.value.findings] == [(2, "E"), (3, "D")]
    assert not Record.objects.exists()


def test_every_record_of_a_file_has_its_entry_its_version_and_its_number(land):
    rows = [(f"{n}号滑坡", *SLOPE[1:]) for n in range(30)]

    taking = take(keeper_of(land), HEAD, *rows)

    told = Entry.objects.filter(name="sharing.record_entered").values_list(
        "subject_id", flat=True
    )
    assert sorted(told) == sorted(str(one.pk) for one in Record.objects.all())
    assert taking.versions.filter(number=1, deed="entered").count() == 30
    assert len(set(Record.objects.values_list("number", flat=True))) == 30


def test_taking_in_asks_as_many_questions_for_many_lines_as_for_few(land):
    def asked(count):
        rows = [(f"{count}-{n}号滑坡", *SLOPE[1:]) for n in range(count)]
        with CaptureQueriesContext(connection) as said:
            take(keeper_of(land), HEAD, *rows)
        return len(said)

    asked(1)

    assert asked(3) == asked(40)
