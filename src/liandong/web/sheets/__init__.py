"""Spreadsheets that counties fill in: what they should hold, reading them, handing out a blank one."""

from liandong.web.sheets.columns import Column, Layout
from liandong.web.sheets.findings import Finding, refuse_findings
from liandong.web.sheets.lines import Line
from liandong.web.sheets.reading import read_sheet
from liandong.web.sheets.writing import blank_workbook

__all__ = [
    "Column",
    "Finding",
    "Layout",
    "Line",
    "blank_workbook",
    "read_sheet",
    "refuse_findings",
]
