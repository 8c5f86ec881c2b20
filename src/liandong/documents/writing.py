"""Writing a .docx in the form of official papers (GB/T 9704): page, fonts, headings, tables, page numbers."""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph

from liandong.documents.marks import words_in_head
from liandong.documents.parts import Grid, Heading, Mark, Part, Span, Text, Title, Words

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SONG, FANGSONG, KAI, HEI = "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体"
LATIN: Final = "Times New Roman"
BLACK: Final = RGBColor(0, 0, 0)
# What stands in where a machine lacks a font; the first two are not free, and never shipped.
STAND_INS: Final = {
    SONG: "方正小标宋_GBK,FZXiaoBiaoSong-B05S,华文中宋,宋体,SimSun",
    FANGSONG: "仿宋,FangSong,FandolFang",
    KAI: "楷体,KaiTi,FandolKai",
    HEI: "SimHei,Noto Sans CJK SC",
}
PAGE_MM: Final = (210, 297)
MARGINS_MM: Final = {
    "top_margin": 37,
    "bottom_margin": 35,
    "left_margin": 28,
    "right_margin": 26,
}
WIDTH_MM: Final = 156
LINE_PT, CELL_LINE_PT = 28.9, 16
BODY_PT, TITLE_PT, CAPTION_PT, CELL_PT, FOOTER_PT = 16, 22, 14, 10.5, 14
HEADINGS: Final = {1: (HEI, False), 2: (KAI, False), 3: (FANGSONG, True), 4: (FANGSONG, False)}
ALIGN: Final = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
MARKS: Final[dict[Mark, WD_COLOR_INDEX]] = {
    "doubtful": WD_COLOR_INDEX.YELLOW,
    "missing": WD_COLOR_INDEX.GRAY_25,
}
ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def write_docx(
    parts: Iterable[Part], *, title: str, author: str = "", made_at: datetime
) -> bytes:
    """Write a paper; the same parts at the same time are always the same bytes.

    What is marked says so at the head of every page, and in the title that a list of files shows.
    """
    document = docx.Document()
    _set_page(document)
    if head := words_in_head():
        _set_head(document, head)
        title = f"【{head}】{title}"
    _set_styles(document)
    about = document.core_properties
    about.title, about.author, about.last_modified_by = title[:250], author[:250], author[:250]
    about.comments, about.keywords, about.language = "", "", "zh-CN"
    about.created = about.modified = made_at
    for part in parts:
        _write(document, part)
    return _packed(document)


def _write(document: Document, part: Part) -> None:
    if isinstance(part, Grid):
        _write_grid(document, part)
    elif isinstance(part, Heading):
        document.add_paragraph(_legal(part.text), style=f"Heading {min(max(part.level, 1), 4)}")
    elif isinstance(part, Title):
        document.add_paragraph(_legal(part.text), style="Title")
    elif isinstance(part, Text):
        paragraph = document.add_paragraph(style="Body Text")
        _say(paragraph, part.words)
    else:
        paragraph = document.add_paragraph(style="Single Line")
        paragraph.alignment = ALIGN[part.align]
        _say(paragraph, part.words)


def _write_grid(document: Document, grid: Grid) -> None:
    """Write a table, row by row as XML: through python-docx a thousand rows take ten seconds."""
    if grid.caption:
        document.add_paragraph(_legal(grid.caption), style="Caption")
    table = document.add_table(rows=0, cols=len(grid.head), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    unit = WIDTH_MM / sum(grid.widths)
    widths = [Mm(unit * wide) for wide in grid.widths]
    for column, wide in zip(table.columns, widths, strict=True):
        column.width = wide
    looks = {kind: document.styles[kind].style_id for kind in ("Table Head", "Table Text")}
    body: Any = table._tbl  # noqa: SLF001 -- as said above
    body.append(_row(table, grid.head, widths, looks["Table Head"], "w:tblHeader"))
    for row in grid.rows:
        body.append(_row(table, row, widths, looks["Table Text"]))


def _row(
    table: Table, cells: Sequence[Words], widths: Sequence[Length], style: str, *flags: str
) -> Any:
    """One row, torn by no end of a page; the head stands on every page."""
    row: Any = OxmlElement("w:tr")
    for flag in ("w:cantSplit", *flags):
        row.get_or_add_trPr().append(OxmlElement(flag))
    for words, wide in zip(cells, widths, strict=True):
        cell: Any = OxmlElement("w:tc")
        cell.width = wide
        centered: Any = OxmlElement("w:vAlign")
        centered.set(qn("w:val"), "center")
        cell.tcPr.append(centered)
        paragraph: Any = OxmlElement("w:p")
        paragraph.style = style
        _say(Paragraph(paragraph, table), words)
        cell.append(paragraph)
        row.append(cell)
    return row


def _say(paragraph: Paragraph, words: Words) -> None:
    for one in [words] if isinstance(words, str) else words:
        span = one if isinstance(one, Span) else Span(one)
        run = paragraph.add_run(_legal(span.text))
        if span.mark:
            run.font.highlight_color = MARKS[span.mark]


def _set_page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = map(Mm, PAGE_MM)
    for name, wide in MARGINS_MM.items():
        setattr(section, name, Mm(wide))
    section.footer_distance = Mm(25)
    grid = section._sectPr.find(qn("w:docGrid"))  # noqa: SLF001 -- LibreOffice tears lines apart by it
    if grid is not None:
        section._sectPr.remove(grid)  # noqa: SLF001 -- as above
    document.settings.odd_and_even_pages_header_footer = True
    for footer, align in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = ALIGN[align]
        _page_number(paragraph)


def _set_head(document: Document, words: str) -> None:
    section = document.sections[0]
    section.header_distance = Mm(20)
    for header in (section.header, section.even_page_header):
        header.is_linked_to_previous = False
        paragraph = header.paragraphs[0]
        paragraph.alignment = ALIGN["center"]
        paragraph.add_run(words)


def _page_number(paragraph: Paragraph) -> None:
    """— 1 —."""
    paragraph.add_run("— ")
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        if kind:
            mark: Any = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)  # noqa: SLF001 -- python-docx has no fields
    paragraph.add_run(" —")


def _set_styles(document: Document) -> None:
    styles = document.styles
    for name, base in (
        ("Single Line", "Normal"),
        ("Table Text", "Normal"),
        ("Table Head", "Table Text"),
    ):
        made: Any = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = styles[base]
    looks = {
        "Normal": (FANGSONG, BODY_PT, False),
        "Body Text": (FANGSONG, BODY_PT, False),
        "Single Line": (FANGSONG, BODY_PT, False),
        "Title": (SONG, TITLE_PT, False),
        "Caption": (HEI, CAPTION_PT, False),
        "Footer": ("宋体", FOOTER_PT, False),
        "Header": (HEI, BODY_PT, True),
        "Table Text": (FANGSONG, CELL_PT, False),
        "Table Head": (HEI, CELL_PT, False),
    } | {f"Heading {n}": (font, BODY_PT, bold) for n, (font, bold) in HEADINGS.items()}
    for name, (font, size, bold) in looks.items():
        style: Any = styles[name]
        _set_font(style, font, size, bold=bold)
        _set_spacing(style)
    for name in ("Body Text", *(f"Heading {n}" for n in HEADINGS)):
        _indent_two(styles[name])
    for name in ("Title", "Caption", "Table Head"):
        style = styles[name]
        style.paragraph_format.alignment = ALIGN["center"]
        style.paragraph_format.keep_with_next = True
    for name in ("Table Text", "Table Head"):
        style = styles[name]
        style.paragraph_format.line_spacing = Pt(CELL_LINE_PT)
    form: Any = styles["Title"]
    form.paragraph_format.space_after = Pt(LINE_PT)


def _set_font(style: Any, font: str, size: float, *, bold: bool) -> None:
    about = style.element.get_or_add_rPr()
    for child in list(about):
        about.remove(
            child
        )  # blue, underlined, by theme: none of it belongs to an official paper
    linked = style.element.find(qn("w:link"))
    if linked is not None:
        style.element.remove(linked)  # a character style that is blue again
    style.font.name, style.font.size, style.font.bold = LATIN, Pt(size), bold
    style.font.color.rgb = BLACK
    about.rFonts.set(qn("w:eastAsia"), font)
    about.rFonts.set(qn("w:cs"), LATIN)


def _set_spacing(style: Any) -> None:
    for child in list(style.element.get_or_add_pPr()):
        if child.tag in {qn("w:pBdr"), qn("w:spacing"), qn("w:contextualSpacing"), qn("w:ind")}:
            style.element.pPr.remove(child)
    form = style.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing = Pt(LINE_PT)
    form.widow_control = False


def _indent_two(style: Any) -> None:
    """Two characters in, whatever their size."""
    style.paragraph_format.first_line_indent = Pt(2 * BODY_PT)
    style.element.pPr.find(qn("w:ind")).set(qn("w:firstLineChars"), "200")


def _legal(text: str) -> str:
    return ILLEGAL.sub("", text)


def _packed(document: Document) -> bytes:
    """The file, with its fonts' stand-ins named and without the clock of the machine."""
    raw, made = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as before, zipfile.ZipFile(made, "w") as after:
        for one in before.infolist():
            content = before.read(one)
            if one.filename == "word/fontTable.xml":
                content = _font_table()
            packed = zipfile.ZipInfo(one.filename, date_time=EPOCH)
            packed.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(packed, content)
    return made.getvalue()


def _font_table() -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/></w:font>'
        for name, others in STAND_INS.items()
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f'{head}<w:fonts xmlns:w="{space}">{fonts}</w:fonts>'.encode()
