"""What is in a workbook before it is read: an .xlsx that opens without harm, of a size that can be held."""

import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext_lazy
from openpyxl.utils import column_index_from_string

from liandong.documents.container import Office, pieces
from liandong.documents.sheets.bounds import PAGE, Bounds
from liandong.kernel.wording import gettext as _

MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)")
# A row, with its number if it says so, or a cell, with its column if it says so.
PLACES = re.compile(
    rb"<(?:\w+:)?(?:(?P<row>row)(?=[\s>/])(?:[^>]*?\sr=[\"'](?P<number>\d+))?"
    rb"|c(?=[\s>/])(?:[^>]*?\sr=[\"'](?P<column>[A-Z]{1,3})\d+)?)"
)


@cache
def workbooks(bounds: Bounds = PAGE) -> Office:
    """The kind of file a spreadsheet comes as, up to some size."""
    return Office(
        program="Excel",
        saved_as=gettext_lazy("Excel 工作簿（.xlsx）"),
        suffix=".xlsx",
        old=".xls",
        field="sheet",
        main=b"spreadsheetml.sheet.main+xml",
        macros=b"ms-excel.sheet.macroEnabled.main+xml",
        most=bounds.megabytes,
        most_unpacked=bounds.unpacked_megabytes,
        most_xml=bounds.unpacked_megabytes,
        most_parts=2000,
        larger=lambda: _("请删去图片和多余的工作表，另存一份再传，或分几次导入。"),
    )


def demand_workbook(content: bytes, name: str, bounds: Bounds = PAGE) -> None:
    """Refuse what is no .xlsx, what is locked, carries macros, or swells when it is opened."""
    office = workbooks(bounds)
    office.demand(content, name)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        for part in packed.infolist():
            size = _Size()
            for piece in pieces(packed, part):
                size.see(piece)
            size.demand(office, name, bounds)


@dataclass
class _Size:
    """How far one part of the file reaches, however few cells it holds: a last one may stand at XFD1048576."""

    rows: int = 0
    last_row: int = 0
    column: int = 0
    last_column: int = 0
    merged: int = 0

    def see(self, piece: bytes) -> None:
        for found in PLACES.finditer(piece):
            row, number, letters = found["row"], found["number"], found["column"]
            if row:
                self.rows += 1
                self.last_row = max(self.last_row, self.rows, int(number or 0))
                self.column = 0
            else:
                self.column = _column(letters) if letters else self.column + 1
                self.last_column = max(self.last_column, self.column)
        self.merged += _covered(MERGED.findall(piece))

    def demand(self, office: Office, name: str, bounds: Bounds) -> None:
        if self.rows > bounds.rows or self.last_row * self.last_column > bounds.cells:
            raise office.refusal(
                name, _("工作表的行数或列数太多。"), _("请删去空行、空列，或分几次导入。")
            )
        if self.merged > bounds.merged:
            raise office.refusal(
                name, _("合并单元格太多。"), _("请选中全表，取消合并，逐行填写后再传。")
            )


def _covered(ranges: Iterable[tuple[bytes, bytes, bytes, bytes]]) -> int:
    return sum(
        (int(last) - int(first) + 1) * (_column(right) - _column(left) + 1)
        for left, first, right, last in ranges
    )


@cache
def _column(letters: bytes) -> int:
    return int(column_index_from_string(letters.decode()))
