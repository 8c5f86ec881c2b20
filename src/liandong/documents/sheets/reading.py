"""From a table to its rows: the sheet found by name, the columns by heading, cells put right."""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from openpyxl.utils import get_column_letter

from liandong.documents.sheets.bounds import PAGE, Bounds
from liandong.documents.sheets.columns import Column, Layout
from liandong.documents.sheets.findings import Finding
from liandong.documents.sheets.grids import Grid, Place, open_grid, sheet_titles
from liandong.documents.sheets.lines import Line
from liandong.documents.sheets.text import said, squeezed, tidy
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed

MOST_COLUMNS = 60
HEAD_WITHIN = 12
EXAMPLE = "示例"
RUNNING = {"序号", "序", "NO", "NO."}
BRACKETED = re.compile(r"(.+?)\s*[（(]([^（）()]{1,8})[)）]")
UNIT = re.compile(r"[（(]?(?:单位[:：])?([^（）()\d:：]{1,6})[)）]", re.ASCII)


def read_sheet(
    content: bytes, name: str, layout: Layout, bounds: Bounds = PAGE
) -> tuple[list[Line], list[Finding]]:
    """Return the filled-in rows and what is wrong with cells as such; raises ``Invalid``.

    Takes an .xlsx, or text with commas by its name. Titles above the head, blank rows and the
    examples are passed over. What cannot be read, has no such columns, or holds more rows than
    ``bounds`` allow is refused whole.
    """
    return read_grid(grid_of(content, name, layout, bounds), name, layout, bounds)


def grid_of(content: bytes, name: str, layout: Layout, bounds: Bounds = PAGE) -> Grid:
    """Open the table that is meant: of several sheets the one of the layout's name, else the first."""
    named = _titles(layout)
    return open_grid(content, name, bounds, wanted=lambda title: squeezed(title) in named)


def read_grid(
    grid: Grid, name: str, layout: Layout, bounds: Bounds
) -> tuple[list[Line], list[Finding]]:
    """Return the filled-in rows of an opened table, as ``read_sheet`` does."""
    rows = iter(grid.rows)
    above = [row[:MOST_COLUMNS] for row in itertools.islice(rows, HEAD_WITHIN)]
    head, places = _head(above, layout, name)
    units = _units(above[head], places, layout)
    start = head + 1
    if below := _units_below(above[start : start + 1], places):
        units, start = {**units, **below}, start + 1
    numbered = enumerate(itertools.chain(above, rows), start=grid.first)
    filled = _Filled(grid, layout, places, units, _unread(above[head], places))
    for number, row in itertools.islice(numbered, start, None):
        filled.take(number, row)
    if (count := len(filled.lines)) > bounds.lines:
        raise Invalid(
            _("一次最多导入 %(most)d 行，这张表有 %(n)d 行。")
            % {"most": bounds.lines, "n": count},
            place=f"{name[-80:]} {grid.title}",
            remedy=_("请分成几张表，依次导入；更大的表请管理员用命令 liandong import 导入。"),
            fields={"sheet": _("行数太多，请分几次导入")},
        )
    return filled.lines, filled.findings


def _units(row: Sequence[Any], places: Mapping[str, int], layout: Layout) -> dict[str, str]:
    """Units that stand in the heading: 数量（万条）; not those that belong to the heading itself."""
    return {
        key: bracketed[2]
        for key, place in places.items()
        if squeezed(said(row[place])) not in layout.column(key).headings
        and (bracketed := BRACKETED.fullmatch(tidy(said(row[place]))))
    }


def _unread(row: Sequence[Any], places: Mapping[str, int]) -> dict[str, str]:
    """Headings that mean no column, by letter; a running number in front is no loss."""
    read = set(places.values())
    return {
        get_column_letter(at + 1): heading
        for at, cell in enumerate(row)
        if at not in read and (heading := said(cell)) and squeezed(heading) not in RUNNING
    }


def _units_below(rows: Sequence[Sequence[Any]], places: Mapping[str, int]) -> dict[str, str]:
    """Units on a line of their own under the heads; nothing where that line says anything else."""
    if not rows:
        return {}
    cells = {key: said(rows[0][at]) for key, at in places.items() if at < len(rows[0])}
    found = {key: UNIT.fullmatch(cell) for key, cell in cells.items() if cell}
    return {key: unit[1] for key, unit in found.items() if unit} if all(found.values()) else {}


def has_sheet(content: bytes, name: str, layout: Layout, bounds: Bounds = PAGE) -> bool:
    """Say whether a workbook has a sheet of the layout's name; raises ``Invalid`` as reading does."""
    named = _titles(layout)
    return any(squeezed(title) in named for title in sheet_titles(content, name, bounds))


def _titles(layout: Layout) -> set[str]:
    return {squeezed(one) for one in (layout.sheet, *layout.also)}


def _head(
    grid: Sequence[Sequence[Any]], layout: Layout, name: str
) -> tuple[int, Mapping[str, int]]:
    """Find the row of headings, and which column of the sheet is which of ours."""
    best: dict[str, int] = {}
    at = 0
    for index, row in enumerate(grid[:HEAD_WITHIN]):
        found: dict[str, int] = {}
        for place, cell in enumerate(row):
            column = _column(layout, cell)
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
    """The column a heading names, whole, else without the unit in brackets behind it."""
    whole = tidy(said(value))
    bracketed = BRACKETED.fullmatch(whole)
    for heading in (squeezed(whole), squeezed(bracketed[1]) if bracketed else ""):
        for one in layout.columns:
            if heading and heading in one.headings:
                return one
    return None


class _Filled:
    """Rows as they are read, one after another, with what is wrong with their cells as such."""

    def __init__(
        self,
        grid: Grid,
        layout: Layout,
        places: Mapping[str, int],
        units: Mapping[str, str],
        unread: Mapping[str, str],
    ) -> None:
        self.grid, self.layout, self.places = grid, layout, places
        self.units, self.unread = units, unread
        self.letters = {key: get_column_letter(place + 1) for key, place in places.items()}
        self.falling = {column.key for column in layout.columns if column.falls}
        self.speaking = frozenset(grid.hidden.values())
        self.spoken: dict[Place, str] = {}
        self.lines: list[Line] = []
        self.findings: list[Finding] = []

    def take(self, number: int, row: Sequence[Any]) -> None:
        cells = {key: self._cell(number, row, place) for key, place in self.places.items()}
        if not any(cells.values()):
            return
        merged = self._covered(number)
        for key in merged & self.falling:
            cells[key] = self.spoken.get(self.grid.hidden[number, self.places[key] + 1], "")
        if cells.get(self.layout.note_key, "").startswith(EXAMPLE):
            return
        line = Line(number, cells, self.letters, self.units, self.unread)
        self.lines.append(line)
        self.findings += _faults(line, merged, self.layout)

    def _cell(self, number: int, row: Sequence[Any], place: int) -> str:
        text = said(row[place]) if place < len(row) else ""
        at = (number, place + 1)
        if self.grid.errors:
            text = self.grid.errors.get(at, text)
        if at in self.speaking:
            self.spoken[at] = text
        return text

    def _covered(self, number: int) -> set[str]:
        if not self.grid.hidden:
            return set()
        return {
            key for key, place in self.places.items() if (number, place + 1) in self.grid.hidden
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
