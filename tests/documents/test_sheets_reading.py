import contextlib
import datetime as dt
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liandong.documents.sheets import COMMAND, Column, Layout, read_sheet
from liandong.kernel.problems import Invalid
from tests.documents.workbooks import repacked, workbook

LAYOUT = Layout(
    sheet="人员",
    columns=(
        Column(key="unit", title="单位", required=True, falls=True),
        Column(key="name", title="姓名", also=("联系人",), required=True),
        Column(key="mobile", title="手机", also=("联系电话",)),
        Column(key="note", title="备注"),
    ),
)
HEAD = ("单位", "姓名", "手机", "备注")


def read(*rows, **more):
    return read_sheet(workbook(*rows, **more), "人员.xlsx", LAYOUT)


def cells(lines):
    return [dict(line.cells) for line in lines]


def test_rows_come_by_heading_whatever_the_order():
    lines, findings = read(
        ("备注", "手 机", "姓名*", "单位："), ("", "13800000000", "王伟", "县水利局")
    )

    assert cells(lines) == [
        {"note": "", "mobile": "13800000000", "name": "王伟", "unit": "县水利局"}
    ]
    assert (lines[0].row, lines[0].letters["mobile"], findings) == (2, "B", [])


def test_titles_above_the_head_and_blank_rows_are_passed_over():
    lines, _ = read(
        ("江安县应急通讯录", "", "", ""),
        ("2026 年 7 月", "", "", ""),
        HEAD,
        (),
        ("县水利局", "王伟"),
        merge=["A1:D1"],
    )

    assert [(line.row, line["name"]) for line in lines] == [(5, "王伟")]


def test_examples_are_passed_over():
    lines, _ = read(HEAD, ("县水利局", "李四", "", "示例，请删除"), ("县水利局", "王伟"))

    assert [line["name"] for line in lines] == ["王伟"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (13800000000, "13800000000"),
        (13800000000.0, "13800000000"),
        ("１３８０００００００００"[:11], "13800000000"),
        (" 138 0000 0000 ", "138 0000 0000"),
        ("\u202d13800000000\u202c", "13800000000"),
        (dt.datetime(2026, 7, 14), "2026-07-14"),  # noqa: DTZ001 -- as Excel has it
        (dt.time(8, 30), "08:30"),
        (True, "是"),
    ],
)
def test_what_excel_does_to_a_number_is_undone(value, text):
    lines, _ = read(HEAD, ("县水利局", "王伟", value))

    assert lines[0]["mobile"] == text


def test_a_merged_unit_speaks_for_every_row_it_covers():
    lines, findings = read(
        HEAD, ("县水利局", "王伟"), ("", "李敏"), ("", "赵磊"), merge=["A2:A4"]
    )

    assert [line["unit"] for line in lines] == ["县水利局"] * 3
    assert findings == []


def test_another_merged_cell_is_named_by_its_place():
    _lines, findings = read(
        HEAD, ("县水利局", "王伟", "13800000000"), ("县水利局", "李敏", ""), merge=["C2:C3"]
    )

    assert [str(one) for one in findings] == [
        "第 3 行 C 列：这里是合并单元格，请取消合并后逐行填写。"
    ]


def test_what_must_be_filled_in_and_is_not_is_named_by_its_place():
    _lines, findings = read(HEAD, ("县水利局", "", "13800000000"))

    assert [str(one) for one in findings] == ["第 2 行 B 列：“姓名”没有填。"]


def test_an_error_of_a_formula_is_named():
    _lines, findings = read(HEAD, ("县水利局", "王伟", "#REF!"))

    assert [one.place for one in findings] == ["第 2 行 C 列"]


def test_a_sheet_of_the_right_name_is_taken_wherever_it_stands():
    lines, _ = read(HEAD, ("县水利局", "王伟"), sheet="Sheet1")

    assert len(lines) == 1


def refusal(content, name="人员.xlsx"):
    with pytest.raises(Invalid) as refused:
        read_sheet(content, name, LAYOUT)
    return refused.value


def test_a_missing_column_is_named():
    refused = refusal(workbook(("单位", "手机"), ("县水利局", "13800000000")))

    assert refused.title == "表里没有找到“姓名”列。"


@pytest.mark.parametrize(
    ("content", "title"),
    [
        (b"", "文件是空的。"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "这是旧的 .xls 格式。"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "文件设了打开密码。",
        ),
        ("单位,姓名\n县水利局,王伟".encode("gb18030"), "不是 Excel 工作簿（.xlsx）。"),
        (b"<html><table></table></html>", "不是 Excel 工作簿（.xlsx）。"),
        (b"PK\x03\x04" + b"\0" * 100, "文件已损坏，打不开。"),
        (b"x" * (5 * 1024 * 1024 + 1), "文件超过 5 MB。"),
    ],
    ids=["empty", "xls", "encrypted", "csv", "html", "broken", "large"],
)
def test_what_is_no_workbook_is_refused_in_words(content, title):
    refused = refusal(content)

    assert (refused.title, bool(refused.remedy), list(refused.fields)) == (
        title,
        True,
        ["sheet"],
    )


def test_a_zip_bomb_is_not_unpacked():
    bomb = repacked(workbook(HEAD), **{"xl/media/image1.png": b"\0" * (40 * 1024 * 1024)})

    assert refusal(bomb).title == "文件解开后过大，没有打开。"


def test_a_document_type_is_refused():
    evil = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'

    assert refusal(repacked(workbook(HEAD), **{"xl/sharedStrings.xml": evil})).title == (
        "文件里有不该有的内容，没有打开。"
    )


def test_a_sheet_merged_all_over_is_refused():
    assert refusal(workbook(HEAD, merge=["A2:CV500"])).title == "合并单元格太多。"


def test_a_broken_sheet_is_refused():
    broken = repacked(workbook(HEAD), **{"xl/worksheets/sheet1.xml": b"<worksheet><sheetData>"})

    assert refusal(broken).title == "文件已损坏，打不开。"


def test_ten_thousand_rows_are_refused_at_once():
    many = [("县水利局", f"王{n}", "") for n in range(10_000)]

    assert refusal(workbook(HEAD, *many)).title == "一次最多导入 2000 行，这张表有 10000 行。"


def test_a_workbook_with_macros_is_refused():
    with zipfile.ZipFile(io.BytesIO(workbook(HEAD))) as packed:
        types = packed.read("[Content_Types].xml")
    macros = types.replace(
        b"vnd.openxmlformats-officedocument.spreadsheetml.sheet.main",
        b"vnd.ms-excel.sheet.macroEnabled.main",
    )

    assert refusal(repacked(workbook(HEAD), **{"[Content_Types].xml": macros})).title == (
        "文件带有宏，没有打开。"
    )


def test_a_cell_at_the_end_of_the_world_makes_no_room_for_all_before_it():
    sheet = b'<worksheet xmlns="%s"><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    far = sheet % b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"

    assert refusal(repacked(workbook(HEAD), **{"xl/worksheets/sheet1.xml": far})).title == (
        "工作表的行数或列数太多。"
    )


def test_a_command_reads_more_rows_than_a_page():
    many = [("县水利局", f"王{n}", "") for n in range(3000)]

    lines, _ = read_sheet(workbook(HEAD, *many), "人员.xlsx", LAYOUT, COMMAND)

    assert (len(lines), lines[-1].row, lines[-1]["name"]) == (3000, 3001, "王2999")


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0), st.integers(0, 255)), min_size=1, max_size=4))
def test_whatever_is_broken_in_a_sheet_is_told_in_words(bites):
    content = workbook(HEAD, ("县水利局", "王伟", 1, "#REF!"), ("", "李敏"), merge=["A2:A3"])
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        part = bytearray(packed.read("xl/worksheets/sheet1.xml"))
    for at, byte in bites:
        part[at % len(part)] = byte

    with contextlib.suppress(Invalid):
        read_sheet(
            repacked(content, **{"xl/worksheets/sheet1.xml": bytes(part)}), "a.xlsx", LAYOUT
        )


STOCK = Layout(
    sheet="物资",
    columns=(
        Column(key="name", title="名称", required=True),
        Column(key="amount", title="数量（件）", also=("数量",)),
        Column(key="place", title="地点"),
    ),
)


@pytest.mark.parametrize(
    ("rows", "units", "first"),
    [
        ([("名称", "数量（万条）"), ("编织袋", "2")], {"amount": "万条"}, 2),
        ([("名称", "数量(件)"), ("编织袋", "2")], {}, 2),
        (
            [("名称", "数量", "地点"), ("", "（万条）", ""), ("编织袋", "2")],
            {"amount": "万条"},
            3,
        ),
        (
            [("名称", "数量", "地点"), ("", "单位：套）", ""), ("编织袋", "2")],
            {"amount": "套"},
            3,
        ),
        ([("名称", "数量", "地点"), ("编织袋", "2", "（东）")], {}, 2),
    ],
)
def test_units_are_found_in_the_heading_and_on_the_line_under_it(rows, units, first):
    lines, _ = read_sheet(workbook(*rows, sheet="物资"), "物资.xlsx", STOCK)

    assert [(line.row, line["name"], dict(line.units)) for line in lines] == [
        (first, "编织袋", units)
    ]
