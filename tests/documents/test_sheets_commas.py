import csv
import io

import pytest
from hypothesis import given as given_any
from hypothesis import strategies as st

from liandong.documents.sheets import Column, Layout, read_sheet, write_commas
from liandong.documents.sheets.commas import bare, safe
from liandong.kernel.problems import Invalid

LAYOUT = Layout(
    sheet="人员",
    columns=(
        Column(key="unit", title="单位", required=True),
        Column(key="name", title="姓名"),
        Column(key="note", title="备注"),
    ),
)
TEXT = '单位,姓名,备注\n县水利局,王伟,"多年，\n防汛"\n\n县林业局,李敏,=1+1\n'


def read(content, name="人员.csv"):
    return read_sheet(content, name, LAYOUT)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("=1+1", "'=1+1"),
        ("@x", "'@x"),
        ("-5.2", "-5.2"),
        ("+3", "+3"),
        ("-2+3", "'-2+3"),
        ("水", "水"),
    ],
)
def test_numbers_stay_numbers_in_a_file(given, kept):
    assert safe(given) == kept


@given_any(st.text())
def test_what_is_made_safe_can_be_had_back(text):
    assert bare(safe(text)) == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_is_read_in_whatever_encoding_it_was_saved(encoding):
    lines, findings = read(TEXT.encode(encoding))

    assert [(line.row, line["unit"], line["name"]) for line in lines] == [
        (2, "县水利局", "王伟"),
        (4, "县林业局", "李敏"),
    ]
    assert (lines[0]["note"], lines[1]["note"], findings) == ("多年，\n防汛", "=1+1", [])


@pytest.mark.parametrize("mark", [";", "\t", "，"])
def test_cells_may_be_parted_by_other_marks(mark):
    lines, _ = read(f"单位{mark}姓名\n县水利局{mark}王伟\n".encode())

    assert [(line["unit"], line["name"]) for line in lines] == [("县水利局", "王伟")]


def test_a_wrong_encoding_is_named_by_its_line():
    with pytest.raises(Invalid) as refused:
        read("单位,姓名\n县水利局,".encode() + b"\xff\xff\n")

    assert refused.value.title == "第 2 行的文字编码读不懂。"


def test_a_row_too_long_to_be_one_is_named():
    with pytest.raises(Invalid) as refused:
        read(('单位,姓名\n"' + "水" * 200_000).encode())

    assert refused.value.title == "第 2 行读不懂，引号可能没有成对。"


def test_what_is_written_is_no_formula_and_reads_back():
    text = "".join(
        write_commas(["单位", "姓名"], [["=cmd|' /C calc'!A0", "-1"], ["@x", "'=y"]])
    )

    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    lines, _ = read(text.encode())

    assert rows[1:] == [["'=cmd|' /C calc'!A0", "-1"], ["'@x", "''=y"]]
    assert [line["unit"] for line in lines] == ["=cmd|' /C calc'!A0", "@x"]
    assert lines[1]["name"] == "'=y"
