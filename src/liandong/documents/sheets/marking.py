"""A workbook given back with every problem at its cell."""

import io
from collections import defaultdict
from collections.abc import Sequence

from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from liandong.documents.sheets.bounds import PAGE, Bounds
from liandong.documents.sheets.columns import Layout
from liandong.documents.sheets.findings import Finding
from liandong.documents.sheets.grids import is_text
from liandong.documents.sheets.reading import grid_of

WRONG = PatternFill("solid", fgColor="F8D7D3")
AUTHOR = "联动"
WIDTH, LINE = 320, 24  # of a comment, in pixels
LETTERS = 20  # on a line of it


def is_markable(content: bytes, name: str) -> bool:
    """Say whether a file is a workbook: texts and layers have no cells to mark."""
    return name.lower().endswith(".xlsx") and not is_text(content, name)


def marked_workbook(
    content: bytes,
    name: str,
    layout: Layout,
    findings: Sequence[Finding],
    bounds: Bounds = PAGE,
) -> bytes:
    """Give a workbook back as it came, with a red ground and a comment where something is wrong.

    What concerns a whole row stands at its first cell. Reading takes no notice of the marks, so
    that it is mended where it is and sent again. Raises ``Invalid`` as reading does.
    """
    title = grid_of(content, name, layout, bounds).title
    book = load_workbook(io.BytesIO(content))
    sheet = book[title]
    told: dict[str, list[str]] = defaultdict(list)
    for one in findings:
        told[_shown(sheet, f"{one.column or 'A'}{one.row}")].append(str(one.text))
    for place, texts in told.items():
        cell = sheet[place]
        cell.fill = WRONG
        cell.comment = _comment(texts)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _shown(sheet: Worksheet, place: str) -> str:
    """The cell that is seen at a place: of merged ones the first, which alone has ground and comment."""
    over = (one for one in sheet.merged_cells.ranges if place in one)
    return next((one.coord.partition(":")[0] for one in over), place)


def _comment(texts: Sequence[str]) -> Comment:
    lines = sum(len(one) // LETTERS + 1 for one in texts)
    return Comment("\n".join(texts), AUTHOR, width=WIDTH, height=LINE * (lines + 1))
