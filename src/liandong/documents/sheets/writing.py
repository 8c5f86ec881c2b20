"""Workbooks: a blank one to fill in, with drop-downs and a page of advice; and a list as a reader sees it."""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from liandong.documents.marks import words_in_head
from liandong.documents.sheets.columns import Column, Layout
from liandong.kernel.wording import gettext as _

HEAD = PatternFill("solid", fgColor="E6EEF5")
MUST = Font(name="宋体", bold=True, color="9C1C1C")
MAY = Font(name="宋体", bold=True)
SHOWN = Font(name="宋体", italic=True, color="808080")
LISTS = "选项"
ADVICE = "填写说明"
ROWS = 2000
ILLEGAL_TITLE = re.compile(r"[\\*?:/\[\]]")


def blank_workbook(
    layouts: Sequence[Layout], filled: Mapping[str, Sequence[Mapping[str, str]]] | None = None
) -> bytes:
    """Make a workbook of these sheets; ``filled`` gives rows that are known, by sheet name.

    Cells are text throughout, so that Excel neither rounds a number nor makes a date of it.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    lists = {}
    for layout in layouts:
        sheet = book.create_sheet(layout.sheet)
        rows = [*layout.examples, *((filled or {}).get(layout.sheet, ()))]
        _fill(sheet, layout, rows, examples=len(layout.examples))
        for number, column in enumerate(layout.columns, start=1):
            if column.choices:
                lists[sheet, number] = column.choices
    _advise(book.create_sheet(ADVICE), layouts)
    _offer(book, lists)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def listed_workbook(name: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Make a workbook of a list: what the reader sees, as text, under its heads.

    What is marked says so on its tab and at the head of each printed page; its cells stay what they are.
    """
    book = Workbook(write_only=True)
    head = words_in_head()
    tab = f"{head} {name}" if head else name
    sheet = book.create_sheet(ILLEGAL_TITLE.sub("", tab)[:31] or LISTS)
    sheet.oddHeader.center.text = head
    sheet.freeze_panes = "A2"
    for number in range(1, len(heads) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = 18
    sheet.append([_as_text(sheet, head, head=True) for head in heads])
    for row in rows:
        sheet.append([_as_text(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _as_text(sheet: Any, value: str, *, head: bool = False) -> Any:
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value))
    # Whatever it begins with, it is text.
    cell.data_type, cell.number_format = "s", "@"
    if head:
        cell.font, cell.fill = MAY, HEAD
    return cell


def _fill(
    sheet: Worksheet, layout: Layout, rows: Sequence[Mapping[str, str]], *, examples: int
) -> None:
    sheet.freeze_panes = "A2"
    for number, column in enumerate(layout.columns, start=1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = column.width
        sheet.column_dimensions[letter].number_format = "@"
        cell = sheet.cell(1, number, column.title)
        cell.font, cell.fill = (MUST if column.is_marked else MAY), HEAD
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        if column.hint:
            cell.comment = Comment(str(column.hint), "联动")
        for at, row in enumerate(rows, start=2):
            filled = sheet.cell(at, number, row.get(column.key, ""))
            filled.number_format = "@"
            # Whatever it begins with, it is text: a name from a list is no formula.
            filled.data_type = "s"
            if at < 2 + examples:
                filled.font = SHOWN


def _advise(sheet: Worksheet, layouts: Sequence[Layout]) -> None:
    sheet.column_dimensions["A"].width = 14
    sheet.column_dimensions["B"].width = 90
    sheet.append([_("工作表"), _("怎样填")])
    for layout in layouts:
        for text in layout.advice:
            sheet.append([layout.sheet, str(text)])
        for column in layout.columns:
            sheet.append([layout.sheet, _column_in_words(column)])
    for cell in (*sheet["B"],):
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _column_in_words(column: Column) -> str:
    need = _("必填") if column.is_marked else _("可不填")
    hint = f"{column.hint}" if column.hint else ""
    choices = (
        _("可选：%(all)s") % {"all": "、".join(column.choices[:12])} if column.choices else ""
    )
    return "。".join(
        part.rstrip("。") for part in (f"{column.title}（{need}）", hint, choices) if part
    )


def _offer(book: Workbook, lists: Mapping[tuple[Worksheet, int], Sequence[str]]) -> None:
    """Put choices on a sheet of their own: a list written into the rule may not exceed 255 letters."""
    if not lists:
        return
    home = book.create_sheet(LISTS)
    home.sheet_state = "hidden"
    for place, ((sheet, number), choices) in enumerate(lists.items(), start=1):
        for row, choice in enumerate(choices, start=1):
            home.cell(row, place, choice)
        letter, target = get_column_letter(place), get_column_letter(number)
        rule = DataValidation(
            type="list",
            formula1=f"{LISTS}!${letter}$1:${letter}${len(choices)}",
            allow_blank=True,
            showErrorMessage=False,
        )
        rule.add(f"{target}2:{target}{ROWS}")
        sheet.add_data_validation(rule)
