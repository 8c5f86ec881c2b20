"""From a workbook to its rows: the sheet found by name, the columns by heading, cells put right."""

import io
import warnings
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from liandong.documents.sheets.columns import Column, Layout
from liandong.documents.sheets.container import demand_workbook
from liandong.documents.sheets.findings import Finding
from liandong.documents.sheets.lines import Line
from liandong.documents.sheets.text import said, squeezed
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed

MOST_LINES = 2000
MOST_COLUMNS = 60
HEAD_WITHIN = 12
EXAMPLE = "示例"


def read_sheet(content: bytes, name: str, layout: Layout) -> tuple[list[Line], list[Finding]]:
    """Return the filled-in rows and what is wrong with cells as such; raises ``Invalid``.

    Titles above the head, hidden rows, blank rows and the examples are passed over. A workbook
    that cannot be read, has no such columns, or has more than 2,000 rows is refused whole.
    """
    demand_workbook(content, name)
    sheet = _sheet(_opened(content, name), layout)
    grid = [
        list(row)
        for row in sheet.iter_rows(
            max_row=sheet.max_row, max_col=min(sheet.max_column, MOST_COLUMNS)
        )
    ]
    head, letters = _head(grid, layout, name)
    lines, findings = _lines(sheet, grid[head + 1 :], head + 2, layout, letters)
    if len(lines) > MOST_LINES:
        raise Invalid(
            _("一次最多导入 %(most)d 行，这张表有 %(n)d 行。")
            % {"most": MOST_LINES, "n": len(lines)},
            place=f"{name[-80:]} {sheet.title}",
            remedy=_("请分成几张表，依次导入。"),
            fields={"sheet": _("行数太多，请分几次导入")},
        )
    return lines, findings


def has_sheet(content: bytes, name: str, layout: Layout) -> bool:
    """Say whether a workbook has a sheet of the layout's name; raises ``Invalid`` as reading does."""
    demand_workbook(content, name)
    named = {squeezed(one) for one in (layout.sheet, *layout.also)}
    return any(squeezed(title) in named for title in _opened(content, name).sheetnames)


def _opened(content: bytes, name: str) -> Workbook:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl leaves out is nothing we read
            return load_workbook(io.BytesIO(content), data_only=True)
    except (
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        OSError,
        ParseError,
    ) as wrong:
        raise Invalid(
            _("文件已损坏，打不开。"),
            place=name[-80:],
            remedy=_("请用 Excel 打开后另存一份再传。"),
            fields={"sheet": _("文件打不开")},
        ) from wrong


def _sheet(book: Workbook, layout: Layout) -> Worksheet:
    """The sheet of the layout's name, else the first that has cells at all."""
    named = {squeezed(one) for one in (layout.sheet, *layout.also)}
    sheets = [one for one in book.worksheets if isinstance(one, Worksheet)]
    found = [one for one in sheets if squeezed(one.title) in named] or sheets
    if not found:
        raise Invalid(
            _("工作簿里没有工作表。"),
            remedy=_("请用下载的模板填写。"),
            fields={"sheet": _("没有工作表")},
        )
    return found[0]


def _head(
    grid: Sequence[Sequence[Any]], layout: Layout, name: str
) -> tuple[int, Mapping[str, int]]:
    """Find the row of headings, and which column of the sheet is which of ours."""
    best: dict[str, int] = {}
    at = 0
    for index, row in enumerate(grid[:HEAD_WITHIN]):
        found: dict[str, int] = {}
        for place, cell in enumerate(row):
            column = _column(layout, cell.value)
            if column and column.key not in found:
                found[column.key] = place
        if len(found) > len(best):
            best, at = found, index
    missing = [one.title for one in layout.columns if one.required and one.key not in best]
    if missing:
        titles = listed(_("“%(name)s”") % {"name": title} for title in missing)
        raise Invalid(
            _("表里没有找到%(titles)s列。") % {"titles": titles},
            place=name[-80:],
            remedy=_("请用下载的模板填写，表头不要改名。"),
            fields={"sheet": _("缺少列：%(titles)s") % {"titles": titles}},
        )
    return at, best


def _column(layout: Layout, value: Any) -> Column | None:
    heading = squeezed(said(value))
    return next((one for one in layout.columns if heading and heading in one.headings), None)


def _lines(
    sheet: Worksheet,
    rows: Sequence[Sequence[Any]],
    first: int,
    layout: Layout,
    places: Mapping[str, int],
) -> tuple[list[Line], list[Finding]]:
    letters = {key: get_column_letter(place + 1) for key, place in places.items()}
    covered = _covered(sheet)
    lines: list[Line] = []
    findings: list[Finding] = []
    for number, row in enumerate(rows, start=first):
        cells = {key: said(row[place].value) for key, place in places.items()}
        if not any(cells.values()):
            continue
        merged = {key for key in places if (number, places[key] + 1) in covered}
        for key in merged:
            if layout.column(key).falls:
                cells[key] = said(covered[number, places[key] + 1])
        if cells.get(layout.note_key, "").startswith(EXAMPLE):
            continue
        line = Line(number, cells, letters)
        lines.append(line)
        findings += _faults(line, merged, layout)
    return lines, findings


def _covered(sheet: Worksheet) -> dict[tuple[int, int], Any]:
    """What the first cell of a merged range says, for each of the others it hides."""
    return {
        (row, column): sheet.cell(one.min_row, one.min_col).value
        for one in sheet.merged_cells.ranges
        for row in range(one.min_row, one.max_row + 1)
        for column in range(one.min_col, one.max_col + 1)
        if (row, column) != (one.min_row, one.min_col)
    }


def _faults(line: Line, merged: set[str], layout: Layout) -> Iterator[Finding]:
    for column in layout.columns:
        text = line[column.key]
        if column.key in merged and not column.falls:
            yield line.wrong(column.key, _("这里是合并单元格，请取消合并后逐行填写。"))
        elif text.startswith("#") and text.rstrip("!?/A0").isupper():
            yield line.wrong(column.key, _("公式出错（%(text)s）。") % {"text": text[:20]})
        elif column.required and not text:
            yield line.wrong(column.key, _("“%(title)s”没有填。") % {"title": column.title})
