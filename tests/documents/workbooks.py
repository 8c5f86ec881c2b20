"""Workbooks as counties make them."""

import io
import zipfile

from openpyxl import Workbook


def workbook(*rows, sheet="人员", merge=(), text=True):
    """An .xlsx with these rows; ``merge`` names ranges such as A2:A4."""
    book = Workbook()
    page = book.active
    page.title = sheet
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row, start=1):
            cell = page.cell(number, place, value)
            if text and isinstance(value, str) and value.startswith("="):
                cell.data_type = "s"
    for some in merge:
        page.merge_cells(some)
    return saved(book)


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(content, **parts):
    """The same workbook with some of its parts replaced or added; dots and slashes spelled out."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for one in old.infolist():
            if one.filename not in parts:
                new.writestr(one.filename, old.read(one))
        for name, data in parts.items():
            new.writestr(name, data)
    return out.getvalue()
