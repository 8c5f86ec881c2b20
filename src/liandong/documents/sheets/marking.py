"""A workbook given back with every problem at its cell."""

import io
from collections import defaultdict
from collections.abc import Sequence

from openpyxl import load_workbook
from openpyxl.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from liandong.documents.sheets.bounds import PAGE, Bounds
from liandong.documents.sheets.columns import Layout
from liandong.documents.sheets.findings import Finding
from liandong.documents.sheets.grids import is_text
from liandong.documents.sheets.text import squeezed
from liandong.documents.sheets.workbook import demand_workbook

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
    demand_workbook(content, name, bounds)
    book = load_workbook(io.BytesIO(content))
    sheet = _read_sheet(book.worksheets, layout)
    told: dict[str, list[str]] = defaultdict(list)
    for one in findings:
        told[f"{one.column or 'A'}{one.row}"].append(str(one.text))
    for place, texts in told.items():
        cell = sheet[place]
        if isinstance(cell, MergedCell):  # which has neither ground nor comment of its own
            continue
        cell.fill = WRONG
        cell.comment = _comment(texts)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _read_sheet(sheets: Sequence[Worksheet], layout: Layout) -> Worksheet:
    """The sheet that was read: the first whose title is wanted, else the first."""
    named = {squeezed(one) for one in (layout.sheet, *layout.also)}
    return next((one for one in sheets if squeezed(one.title) in named), sheets[0])


def _comment(texts: Sequence[str]) -> Comment:
    lines = sum(len(one) // LETTERS + 1 for one in texts)
    return Comment("\n".join(texts), AUTHOR, width=WIDTH, height=LINE * (lines + 1))
