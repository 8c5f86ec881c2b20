"""Spreadsheets: what counties fill in, reading it, handing out a blank one, and lists taken away."""

from liandong.web.sheets.columns import Column, Layout
from liandong.web.sheets.drafts import CHANGED, NEW, SAME, SKIPPED, Change, Draft, draft
from liandong.web.sheets.findings import Finding, refuse_findings
from liandong.web.sheets.lines import Line
from liandong.web.sheets.pages import Taking, blank_response, intake_page
from liandong.web.sheets.reading import has_sheet, read_sheet
from liandong.web.sheets.text import name_of, squeezed
from liandong.web.sheets.writing import blank_workbook, listed_workbook

__all__ = [
    "CHANGED",
    "NEW",
    "SAME",
    "SKIPPED",
    "Change",
    "Column",
    "Draft",
    "Finding",
    "Layout",
    "Line",
    "Taking",
    "blank_response",
    "blank_workbook",
    "draft",
    "has_sheet",
    "intake_page",
    "listed_workbook",
    "name_of",
    "read_sheet",
    "refuse_findings",
    "squeezed",
]
