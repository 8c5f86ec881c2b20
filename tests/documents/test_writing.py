import io
import zipfile
from datetime import UTC, datetime

import docx
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml.ns import qn
from docx.shared import Pt

from liandong.documents import Grid, Heading, Line, Span, Text, Title, read_docx, write_docx

NOW = datetime(2026, 7, 14, 4, tzinfo=UTC)
PARTS = [
    Title("示例县森林火灾应急预案"),
    Line("示府办〔2026〕5号"),
    Heading("一、总则"),
    Heading("（一）适用", 2),
    Text(["过火面积", Span("10 公顷", "doubtful"), Span("未载", "missing")]),
    Grid("启动条件", ("级别", "条件"), (1, 3), [("Ⅳ级", ["死亡", Span("1 人", "doubtful")])]),
]


def written(parts=PARTS):
    return write_docx(parts, title="预案", author="示例县", made_at=NOW)


def opened(parts=PARTS):
    return docx.Document(io.BytesIO(written(parts)))


def test_what_is_written_is_read_again_in_order():
    assert [one.text for one in read_docx(written(), "a.docx").pieces()] == [
        "示例县森林火灾应急预案",
        "示府办〔2026〕5号",
        "一、总则",
        "（一）适用",
        "过火面积10 公顷未载",
        "启动条件",
        "级别 条件",
        "Ⅳ级 死亡1 人",
    ]


def test_the_page_is_that_of_official_papers():
    section = opened().sections[0]

    sizes = [section.page_width, section.page_height]
    margins = [
        section.top_margin,
        section.bottom_margin,
        section.left_margin,
        section.right_margin,
    ]
    assert [round(one.mm) for one in (*sizes, *margins)] == [210, 297, 37, 35, 28, 26]


def test_each_kind_of_line_has_its_font_and_size():
    styles = opened().styles
    fonts = {
        name: (styles[name].element.rPr.rFonts.get(qn("w:eastAsia")), styles[name].font.size)
        for name in ("Title", "Body Text", "Heading 1", "Heading 2", "Table Text")
    }

    assert fonts == {
        "Title": ("方正小标宋简体", Pt(22)),
        "Body Text": ("仿宋_GB2312", Pt(16)),
        "Heading 1": ("黑体", Pt(16)),
        "Heading 2": ("楷体_GB2312", Pt(16)),
        "Table Text": ("仿宋_GB2312", Pt(10.5)),
    }


def test_no_line_is_colored_by_the_template():
    styles = opened().styles

    for name in ("Title", "Heading 1", "Heading 2", "Heading 3", "Heading 4", "Caption"):
        assert str(styles[name].font.color.rgb) == "000000"
        assert styles[name].element.find(qn("w:link")) is None


def test_fonts_that_may_be_lacking_name_what_stands_in():
    with zipfile.ZipFile(io.BytesIO(written())) as packed:
        fonts = packed.read("word/fontTable.xml").decode()

    assert 'w:name="仿宋_GB2312"><w:altName w:val="仿宋,' in fonts


def test_lines_are_as_far_apart_as_twenty_two_on_a_page():
    form = opened().styles["Body Text"].paragraph_format

    assert (form.line_spacing, form.first_line_indent) == (Pt(28.9), Pt(32))


def test_pages_are_numbered_outside_odd_right_and_even_left():
    document = opened()
    section = document.sections[0]

    assert document.settings.odd_and_even_pages_header_footer
    for footer in (section.footer, section.even_page_footer):
        assert "PAGE" in footer._element.xml
    assert (
        section.footer.paragraphs[0].alignment,
        section.even_page_footer.paragraphs[0].alignment,
    ) == (2, 0)


def test_a_table_fills_the_width_and_repeats_its_head():
    table = opened().tables[0]

    assert sum(round(cell.width.mm) for cell in table.rows[0].cells) == 156
    assert table.rows[0].cells[1].width > 2 * table.rows[0].cells[0].width
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_what_is_doubtful_or_missing_catches_the_eye():
    document = opened()
    marked = [
        (run.text, run.font.highlight_color)
        for paragraph in (*document.paragraphs, *document.tables[0]._cells[3].paragraphs)
        for run in paragraph.runs
        if run.font.highlight_color
    ]

    assert marked == [
        ("10 公顷", WD_COLOR_INDEX.YELLOW),
        ("未载", WD_COLOR_INDEX.GRAY_25),
        ("1 人", WD_COLOR_INDEX.YELLOW),
    ]


def test_characters_that_no_document_may_hold_are_left_out():
    assert read_docx(written([Text("甲\x00\x0b乙\ud800")]), "a").blocks[0].text == "甲乙"


def test_the_same_parts_are_the_same_bytes():
    assert written() == written()


def test_who_made_it_stands_in_its_properties():
    about = opened().core_properties

    assert (about.title, about.author, about.comments) == ("预案", "示例县", "")


def test_a_long_table_is_written_in_a_blink():
    rows = [[str(n), "对火场周边道路实施交通管制"] for n in range(1000)]

    content = written([Grid("", ("序号", "措施"), (1, 5), rows)])

    assert len(read_docx(content, "a").blocks[0].rows) == 1001


def test_the_bottom_of_the_page_leaves_room_for_the_number():
    assert round(opened().sections[0].footer_distance.mm) == 25
