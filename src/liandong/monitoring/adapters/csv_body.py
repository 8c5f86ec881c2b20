"""Readings sent as CSV: a head that names the columns, then a row for each reading."""

import csv
import io

from liandong.kernel.problems import Invalid, Problem
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed
from liandong.monitoring.adapters.fields import FIELDS, Read

# What people write at the head of a column.
NAMES = {"站码": "station", "测项": "quantity", "时间": "at", "数值": "value"}


def read_csv(body: bytes) -> Read:
    """Read the rows; their numbers count the lines of the file. Refuses a head without the columns."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = _("第 %(n)d 个字节") % {"n": error.start + 1}
        remedy = _("请用 UTF-8 编码另存后再送。")
        raise Problem(_("内容不是 UTF-8 文字。"), place=place, remedy=remedy) from error
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    read = Read()
    try:
        columns = [NAMES.get(name.strip(), name.strip()) for name in next(lines, [])]
        _check(columns)
        for line in lines:
            if any(cell.strip() for cell in line):
                read.take(lines.line_num, dict(zip(columns, line, strict=False)))
    except csv.Error as error:
        place = _("第 %(n)d 行") % {"n": lines.line_num}
        raise Problem(
            _("内容不是 CSV。"), place=place, remedy=_("请检查引号是否成对。")
        ) from error
    return read


def _check(columns: list[str]) -> None:
    missing = [name for name in FIELDS if name not in columns]
    if missing:
        raise Invalid(
            _("表头缺少列：%(names)s。") % {"names": listed(missing)},
            place=_("第 1 行"),
            remedy=_("第一行应为 station,quantity,at,value。"),
        )
