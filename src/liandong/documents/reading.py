"""Reading a .docx: paragraphs and tables in order, as they are shown."""

import io
import re
from collections.abc import Iterator
from typing import Any

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn

from liandong.documents.blocks import Block, Paper, Paragraph, Row, Table
from liandong.documents.numbering import Numbering
from liandong.documents.word import WORD
from liandong.kernel.wording import gettext as _

MOST_PIECES = 30_000
MOST_COLUMNS = 64
DEEPEST_STYLE = 20
HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
SKIPPED = frozenset(
    map(qn, ("w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:instrText", "w:delText"))
) | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
BREAKS = frozenset(map(qn, ("w:br", "w:cr")))
BLANKS = re.compile(r"[ \t\u00a0\u3000]+")


def read_docx(content: bytes, name: str) -> Paper:
    """Read a Word file; ``name`` is what a refusal calls it.

    Refused, each with its remedy: what is no .docx, is locked, broken or too large, and a file
    without a word in it, which is a scan.
    """
    WORD.demand(content, name)
    try:
        document = docx.Document(io.BytesIO(content))
        blocks = tuple(_Reader(document, name).blocks())
    except (
        OpcError,
        KeyError,
        ValueError,
        AttributeError,
        SyntaxError,
        RecursionError,
    ) as wrong:
        raise WORD.broken(name) from wrong
    if not blocks:
        raise WORD.refusal(
            name,
            _("文档里没有文字，只有图片或空白。"),
            _("扫描件请先做文字识别并校对，把文字存成 .docx 再传。"),
        )
    return Paper(blocks=blocks)


class _Reader:
    """Goes through one document, counting as it goes."""

    def __init__(self, document: Document, name: str) -> None:
        self._body: Any = document.element.body
        self._name = name
        self._styles = {
            one.get(qn("w:styleId")): one
            for one in document.styles.element.findall(qn("w:style"))
        }
        self._numbering = Numbering(_numbering_of(document))
        self._count = 0

    def blocks(self) -> Iterator[Block]:
        if self._body is not None:
            yield from self._under(self._body)

    def _under(self, element: Any) -> Iterator[Block]:
        for child in element:
            if child.tag == qn("w:p"):
                yield from self._paragraph(child)
            elif child.tag == qn("w:tbl"):
                table = self._table(child)
                if table.rows:
                    yield table
            elif child.tag in {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:smartTag")}:
                yield from self._under(child)

    def _paragraph(self, element: Any) -> Iterator[Block]:
        style = _value(element.find(qn("w:pPr")), "w:pStyle")
        text = self._label(element, style) + _text(element)
        lines = [_tidy(line) for line in text.split("\n")]
        if any(lines):
            number = self._next()
            outline = self._outline(element, style)
            named = self._style_name(style)
            for line in filter(None, lines):
                yield Paragraph(number=number, text=line, outline=outline, style=named)
        for box in element.iter(qn("w:txbxContent")):
            if not _in_fallback(box):
                yield from self._under(box)

    def _table(self, element: Any) -> Table:
        rows: list[Row] = []
        above: list[str] = []
        for line in element.iter(qn("w:tr")):
            if _nearest(line, "w:tbl") is not element:
                continue
            above = list(self._cells(line, above))
            if any(above):
                rows.append(Row(number=self._next(), cells=tuple(above)))
        return Table(rows=tuple(rows))

    def _cells(self, line: Any, above: list[str]) -> Iterator[str]:
        at = 0
        for cell in line.iter(qn("w:tc")):
            if _nearest(cell, "w:tr") is not line:
                continue
            about = cell.find(qn("w:tcPr"))
            text = _tidy("\n".join(map(_text, cell.iter(qn("w:p")))))
            merged = about.find(qn("w:vMerge")) if about is not None else None
            if merged is not None and merged.get(qn("w:val")) != "restart" and not text:
                text = above[at] if at < len(above) else ""
            span = _value(about, "w:gridSpan")
            wide = min(int(span), MOST_COLUMNS) if span.isdecimal() and len(span) < 4 else 1
            for _column in range(max(wide, 1)):
                yield text
                at += 1

    def _next(self) -> int:
        self._count += 1
        if self._count > MOST_PIECES:
            raise WORD.refusal(
                self._name,
                _("文档超过 %(n)d 段，不像一部预案。") % {"n": MOST_PIECES},
                _("整本汇编请拆开，一部一部导入。"),
            )
        return self._count

    def _label(self, element: Any, style: str) -> str:
        """The number that Word puts before the paragraph, by its own or its style's list."""
        for about in self._abouts(element, style):
            listed = about.find(qn("w:numPr"))
            if listed is not None:
                number, depth = _value(listed, "w:numId"), _value(listed, "w:ilvl") or "0"
                return self._numbering.label(number, int(depth) if depth.isdecimal() else 0)
        return ""

    def _outline(self, element: Any, style: str) -> int:
        for about in self._abouts(element, style):
            level = _value(about, "w:outlineLvl")
            if level.isdecimal():
                return int(level) + 1 if int(level) < 9 else 0
        found = HEADING.match(self._style_name(style))
        return int(found[1]) if found else 0

    def _abouts(self, element: Any, style: str) -> Iterator[Any]:
        """What is said about a paragraph: its own word first, then its style's and those below."""
        own = element.find(qn("w:pPr"))
        if own is not None:
            yield own
        for _step in range(DEEPEST_STYLE):
            found = self._styles.get(style)
            if found is None:
                return
            about = found.find(qn("w:pPr"))
            if about is not None:
                yield about
            style = _value(found, "w:basedOn")

    def _style_name(self, style: str) -> str:
        return _value(self._styles.get(style), "w:name")


def _text(element: Any) -> str:
    """The words of a paragraph, without what was struck out, hidden or stands in a box of its own."""
    parts: list[str] = []
    for child in element:
        if child.tag in SKIPPED or child.tag == qn("w:txbxContent"):
            continue
        if child.tag == qn("w:t"):
            parts.append(child.text or "")
        elif child.tag == qn("w:tab"):
            parts.append(" ")
        elif child.tag in BREAKS:
            parts.append("\n")
        elif child.tag == qn("w:noBreakHyphen"):
            parts.append("-")
        elif not (child.tag == qn("w:r") and _is_hidden(child)):
            parts.append(_text(child))
    return "".join(parts)


def _is_hidden(run: Any) -> bool:
    about = run.find(qn("w:rPr"))
    hidden = about.find(qn("w:vanish")) if about is not None else None
    return hidden is not None and hidden.get(qn("w:val")) not in {"0", "false"}


def _tidy(text: str) -> str:
    lines = (BLANKS.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _value(element: Any, name: str) -> str:
    found = element.find(qn(name)) if element is not None else None
    return str(found.get(qn("w:val")) or "") if found is not None else ""


def _nearest(element: Any, name: str) -> Any:
    return next(element.iterancestors(qn(name)), None)


def _in_fallback(element: Any) -> bool:
    return any(one.tag in SKIPPED for one in element.iterancestors())


def _numbering_of(document: Document) -> Any:
    """The part that describes lists, where there is one; asking python-docx for it would make one."""
    rels = document.part.rels.values()
    found = [one for one in rels if one.reltype == RELATIONSHIP_TYPE.NUMBERING]
    if not found or found[0].is_external:
        return None
    part: Any = found[0].target_part
    return part.element
