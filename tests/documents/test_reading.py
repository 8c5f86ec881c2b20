import docx
import pytest

from liandong.documents import Paragraph, Row, Table, read_docx
from liandong.documents.numbering import chinese, written
from liandong.kernel.problems import Invalid
from tests.documents.papers import bent, encrypted, packed, paper, part, with_body

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def texts(content):
    return [one.text for one in read_docx(content, "a.docx").pieces()]


def test_paragraphs_come_in_order_with_numbers_that_skip_empty_ones():
    found = read_docx(
        paper("一、总则", "", "　　为做好工作，", "制定本预案。"), "a.docx"
    ).blocks

    assert [(one.number, one.text) for one in found] == [
        (1, "一、总则"),
        (2, "为做好工作，"),
        (3, "制定本预案。"),
    ]


def test_headings_are_known_by_their_style_and_by_their_outline():
    document = docx.Document()
    document.add_heading("总则", 1)
    document.add_heading("适用", 2)
    other = document.add_paragraph("职责")
    other.paragraph_format.element.get_or_add_pPr().append(
        docx.oxml.parse_xml(f'<w:outlineLvl {W} w:val="2"/>')
    )
    document.add_paragraph("正文")

    found = read_docx(packed(document), "a.docx").blocks

    assert [one.outline for one in found] == [1, 2, 3, 0]


def test_tables_stand_where_they_stand_and_each_row_has_a_number():
    document = docx.Document()
    document.add_paragraph("前")
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ("级别", "条件", "Ⅳ级", "死亡 1 人以上"), strict=True):
        cell.text = text
    document.add_paragraph("后")

    before, found, after = read_docx(packed(document), "a.docx").blocks

    assert isinstance(found, Table)
    assert [(one.number, one.cells) for one in found.rows] == [
        (2, ("级别", "条件")),
        (3, ("Ⅳ级", "死亡 1 人以上")),
    ]
    assert (before.number, after.number) == (1, 4)


def test_merged_cells_are_said_in_each_place_they_cover():
    document = docx.Document()
    table = document.add_table(3, 3)
    for at, cell in enumerate(table._cells):
        cell.text = str(at)
    table.cell(1, 0).merge(table.cell(2, 0)).text = "公安局"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "时限"

    found = read_docx(packed(document), "a.docx").blocks[0]

    assert [row.cells for row in found.rows] == [
        ("0", "时限", "时限"),
        ("公安局", "4", "5"),
        ("公安局", "7", "8"),
    ]


def test_a_table_in_a_cell_is_no_row_of_its_own():
    document = docx.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = "外"
    cell.add_table(1, 1).cell(0, 0).text = "内"

    assert texts(packed(document)) == ["外\n内"]


def test_what_was_struck_out_or_hidden_is_not_read_and_what_was_put_in_is():
    content = with_body(
        "<w:p><w:r><w:t>10</w:t></w:r>"
        "<w:del><w:r><w:delText>20</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>30</w:t></w:r></w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>40</w:t></w:r></w:p>"
    )

    assert texts(content) == ["1030"]


def test_a_line_break_parts_lines_of_one_paragraph():
    content = with_body("<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r></w:p>")

    assert [(one.number, one.text) for one in read_docx(content, "a.docx").blocks] == [
        (1, "甲"),
        (1, "乙"),
    ]


def test_words_in_a_box_and_in_a_field_are_read_once():
    content = with_body(
        '<w:p xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        "<w:r><w:t>外</w:t></w:r><w:r><mc:AlternateContent>"
        "<mc:Choice><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></mc:Choice>"
        "<mc:Fallback><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>域</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )

    assert texts(content) == ["外", "框", "域"]


def listed(depth):
    return (
        f'<w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="77"/></w:numPr></w:pPr>'
        "<w:r><w:t>项</w:t></w:r>"
    )


def test_the_numbers_word_counts_by_itself_are_read():
    document = docx.Document()
    numbering = document.part.numbering_part.element
    numbering.insert(
        0,
        docx.oxml.parse_xml(
            f'<w:abstractNum {W} w:abstractNumId="77">'
            '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
            '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2 "/></w:lvl>'
            "</w:abstractNum>"
        ),
    )
    numbering.append(
        docx.oxml.parse_xml(f'<w:num {W} w:numId="77"><w:abstractNumId w:val="77"/></w:num>')
    )
    for depth in (0, 0, 1, 1, 0, 1):
        document.element.body.insert(
            len(document.element.body) - 1,
            docx.oxml.parse_xml(f"<w:p {W}>{listed(depth)}</w:p>"),
        )

    assert texts(packed(document)) == [
        "一、项",
        "二、项",
        "2.1 项",
        "2.2 项",
        "三、项",
        "3.1 项",
    ]


@pytest.mark.parametrize(
    ("count", "how", "shown"),
    [
        (12, "chineseCounting", "十二"),
        (4, "upperRoman", "IV"),
        (3, "decimalEnclosedCircle", "③"),
        (28, "lowerLetter", "bb"),
        (7, "decimalZero", "07"),
        (100_000, "chineseCounting", "100000"),
        (5, "a way of tomorrow", "5"),
    ],
)
def test_numbers_are_written_as_the_list_has_them(count, how, shown):
    assert written(count, how) == shown


def test_chinese_numbers():
    assert [chinese(n) for n in (1, 10, 20, 101, 110, 1001)] == [
        "一",
        "十",
        "二十",
        "一百〇一",
        "一百一十",
        "一千〇一",
    ]


PICTURE = paper()
GOOD = paper("总则")
TYPES = part(GOOD, "[Content_Types].xml")
REFUSED = {
    "nothing": (b"", "空的"),
    "an old .doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512, "旧的 .doc 格式"),
    "locked by a password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "打开密码",
    ),
    "locked by a zip program": (encrypted(GOOD), "加了密"),
    "a PDF": (b"%PDF-1.7\n", "PDF"),
    "RTF": (b"{\\rtf1}", "不是 Word 文档"),
    "a web page": (b"<html>", "不是 Word 文档"),
    "cut off": (GOOD[: len(GOOD) // 2], "已损坏"),
    "a zip": (bent(GOOD, **{"[Content_Types].xml": None}), "压缩包"),
    "a spreadsheet": (
        bent(GOOD, **{"xl/workbook.xml": "<a/>"}),
        "Excel",
    ),
    "with macros": (
        bent(
            GOOD,
            **{
                "[Content_Types].xml": TYPES.replace(
                    b"openxmlformats-officedocument.wordprocessingml.document.main",
                    b"ms-word.document.macroEnabled.main",
                )
            },
        ),
        "宏",
    ),
    "a template": (
        bent(
            GOOD, **{"[Content_Types].xml": TYPES.replace(b"document.main", b"template.main")}
        ),
        "不是 Word 文档",
    ),
    "an entity": (
        bent(
            GOOD,
            **{
                "word/document.xml": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
            },
        ),
        "不该有的内容",
    ),
    "an entity in another encoding": (
        bent(GOOD, **{"word/document.xml": "<!DOCTYPE a><a/>".encode("utf-16")}),
        "不该有的内容",
    ),
    "broken XML": (bent(GOOD, **{"word/document.xml": b"<w:document"}), "已损坏"),
    "without its text": (bent(GOOD, **{"word/document.xml": None}), "已损坏"),
    "a bomb": (bent(GOOD, **{"word/document.xml": b" " * 40_000_000}), "过大"),
    "a bomb of a picture": (bent(GOOD, **{"word/media/a.png": b"\x00" * 130_000_000}), "过大"),
    "a thousand parts": (bent(GOOD, **{f"a{n}.bin": b"" for n in range(4100)}), "过大"),
    "too large": (b"PK\x03\x04" + b"\x00" * 20_000_000 * 2, "20 MB"),
    "without a body": (bent(GOOD, **{"word/document.xml": f"<w:document {W}/>"}), "没有文字"),
    "without end": (
        bent(
            GOOD,
            **{
                "word/document.xml": f"<w:document {W}><w:body>{'<w:p>' * 999}{'</w:p>' * 999}</w:body></w:document>"
            },
        ),
        "已损坏",
    ),
    "only pictures": (PICTURE, "没有文字"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_read_is_refused_with_place_and_remedy(what):
    content, title = REFUSED[what]

    with pytest.raises(Invalid) as refused:
        read_docx(content, "预案.docx")

    assert title in refused.value.title
    assert refused.value.place == "预案.docx"
    assert refused.value.remedy
    assert list(refused.value.fields) == ["paper"]


def test_a_file_of_more_paragraphs_than_a_plan_has_is_refused():
    content = with_body("<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 30_001)

    with pytest.raises(Invalid, match="30000 段"):
        read_docx(content, "a.docx")


def test_a_row_says_once_what_spans_several_cells():
    assert Row(number=1, cells=("甲", "甲", "", "乙")).text == "甲 乙"


def test_a_paragraph_without_a_style_is_text():
    assert Paragraph(number=1, text="甲").outline == 0
