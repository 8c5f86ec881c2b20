"""A sheet as rows of cells, whatever file it came in: a workbook, or text with commas."""

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import ParseError

import python_calamine as calamine
from openpyxl.reader.workbook import WorkbookParser
from openpyxl.utils import column_index_from_string

from liandong.documents.container import PACKED, pieces
from liandong.documents.sheets.bounds import Bounds
from liandong.documents.sheets.commas import read_commas
from liandong.documents.sheets.workbook import demand_workbook, workbooks
from liandong.kernel.wording import gettext as _

Place = tuple[int, int]
# calamine gives nothing for a cell whose formula went wrong; it has to be named, not lost.
ERRORS = re.compile(
    rb"<(?:\w+:)?c(?=\s[^>]*?\bt=[\"']e[\"'])[^>]*?\sr=[\"']([A-Z]{1,3})(\d+)[\"'][^>]*>"
    rb"(?:<(?:\w+:)?f[^<]*(?:</(?:\w+:)?f>)?)?<(?:\w+:)?v>([^<]{1,20})"
)
TEXTS = (".csv", ".txt", ".tsv")
UNREADABLE = (
    calamine.CalamineError,
    AttributeError,
    IndexError,
    KeyError,
    OSError,
    ParseError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True)
class Grid:
    """Rows from the ``first`` of the sheet on, places counted from 1.

    ``hidden`` names for every cell behind a merged one the cell that speaks for it.
    """

    title: str
    rows: Iterable[Sequence[Any]]
    hidden: Mapping[Place, Place] = field(default_factory=dict)
    errors: Mapping[Place, str] = field(default_factory=dict)
    first: int = 1


def is_text(content: bytes, name: str) -> bool:
    """Say whether a file is to be read as text with commas: by its name, and no workbook inside."""
    return name.lower().endswith(TEXTS) and not content.startswith(PACKED)


def demand_table(content: bytes, name: str, bounds: Bounds) -> None:
    """Refuse what is neither a sound workbook nor text of a size that can be held."""
    if is_text(content, name) and content and len(content) <= bounds.megabytes * 1024 * 1024:
        return
    demand_workbook(content, name, bounds)


def sheet_titles(content: bytes, name: str, bounds: Bounds) -> list[str]:
    """The sheets of a workbook; none of a text."""
    demand_table(content, name, bounds)
    return [] if is_text(content, name) else list(_opened(content, name, bounds).sheet_names)


def open_grid(
    content: bytes, name: str, bounds: Bounds, *, wanted: Callable[[str], bool]
) -> Grid:
    """Open a table: of a workbook the first sheet whose title is wanted, else its first sheet."""
    demand_table(content, name, bounds)
    if is_text(content, name):
        return Grid(name, read_commas(content, name))
    book = _opened(content, name, bounds)
    sheets = [
        one.name for one in book.sheets_metadata if one.typ == calamine.SheetTypeEnum.WorkSheet
    ]
    title = next((one for one in sheets if wanted(one)), sheets[0] if sheets else "")
    if not title:
        raise workbooks(bounds).refusal(
            name, _("工作簿里没有工作表。"), _("请用下载的模板填写。")
        )
    try:
        sheet = book.get_sheet_by_name(title)
        return Grid(title, _rows(sheet), _hidden(sheet), _errors(content, title))
    except UNREADABLE as wrong:
        raise workbooks(bounds).broken(name) from wrong


def _opened(content: bytes, name: str, bounds: Bounds) -> calamine.CalamineWorkbook:
    try:
        return calamine.load_workbook(io.BytesIO(content))
    except UNREADABLE as wrong:
        raise workbooks(bounds).broken(name) from wrong


def _rows(sheet: calamine.CalamineSheet) -> Iterator[Sequence[Any]]:
    """Rows with the columns left of the first filled one put back, which calamine leaves out."""
    blank = [""] * (sheet.start[1] if sheet.start else 0)
    for row in sheet.iter_rows():
        yield blank + row


def _hidden(sheet: calamine.CalamineSheet) -> dict[Place, Place]:
    return {
        (row + 1, column + 1): (top + 1, left + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }


def _errors(content: bytes, title: str) -> dict[Place, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        book = WorkbookParser(packed, "xl/workbook.xml")
        book.parse()
        parts = {sheet.name: link.target for sheet, link in book.find_sheets()}
        return {
            (int(row), column_index_from_string(letters.decode())): text.decode()
            for piece in pieces(packed, packed.getinfo(parts[title]))
            for letters, row, text in ERRORS.findall(piece)
        }
