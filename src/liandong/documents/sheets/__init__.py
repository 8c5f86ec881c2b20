"""Spreadsheets: what counties fill in, reading it, handing out a blank one, and lists taken away."""

from liandong.documents.sheets.bounds import COMMAND, PAGE, Bounds
from liandong.documents.sheets.columns import Column, Layout
from liandong.documents.sheets.commas import write_commas
from liandong.documents.sheets.drafts import (
    CHANGED,
    NEW,
    SAME,
    SKIPPED,
    WITHDRAWN,
    Change,
    Draft,
    draft,
)
from liandong.documents.sheets.findings import Finding, Unsound, refuse_findings
from liandong.documents.sheets.grids import Grid
from liandong.documents.sheets.lines import Line
from liandong.documents.sheets.marking import is_markable, marked_workbook
from liandong.documents.sheets.reading import has_sheet, read_grid, read_sheet
from liandong.documents.sheets.text import name_of, squeezed
from liandong.documents.sheets.writing import blank_workbook, listed_workbook

__all__ = [
    "CHANGED",
    "COMMAND",
    "NEW",
    "PAGE",
    "SAME",
    "SKIPPED",
    "WITHDRAWN",
    "Bounds",
    "Change",
    "Column",
    "Draft",
    "Finding",
    "Grid",
    "Layout",
    "Line",
    "Unsound",
    "blank_workbook",
    "draft",
    "has_sheet",
    "is_markable",
    "listed_workbook",
    "marked_workbook",
    "name_of",
    "read_grid",
    "read_sheet",
    "refuse_findings",
    "squeezed",
    "write_commas",
]
