"""Files of readings, whatever program made them: the form is recognized by what stands in it."""

import csv
import gzip
import io
import json
import zlib
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import python_calamine as calamine

from liandong.kernel.problems import Invalid, Problem
from liandong.kernel.wording import gettext as _
from liandong.monitoring.adapters.csv_body import NAMES, read_csv
from liandong.monitoring.adapters.fields import FIELDS, Read
from liandong.monitoring.adapters.foreign import Given
from liandong.monitoring.adapters.json_body import read_json
from liandong.monitoring.adapters.nwis_rdb import is_rdb, read_rdb
from liandong.monitoring.adapters.sensorthings import is_sensorthings, read_sensorthings
from liandong.monitoring.adapters.sl323 import is_dump, read_dump
from liandong.monitoring.adapters.tables import read_table
from liandong.monitoring.adapters.waterml import is_waterml, read_waterml
from liandong.monitoring.adapters.waterml_xml import is_waterml_xml, read_waterml_xml

LARGEST = 256 * 1024 * 1024
PACKED = b"\x1f\x8b"
BOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def read_file(body: bytes, given: Given) -> Read:
    """Read the readings of a file. Refuses what is no such file, as a whole and with a remedy."""
    body = _unpacked(body)
    if not body.strip():
        raise Invalid(
            _("文件是空的。"), place=_("整份文件"), remedy=_("请核对选的是哪个文件。")
        )
    if body.startswith(BOOKS):
        return _book(body, given)
    text = _text(body)
    start = text.lstrip()[:1]
    if start in {"{", "["}:
        return _json(body, given)
    if start == "<":
        if is_waterml_xml(text):
            return read_waterml_xml(text.encode(), given)
        raise _unknown()
    if is_rdb(text):
        return read_rdb(text, given)
    if is_dump(text):
        return read_dump(text, given)
    return _separated(text, given)


def is_foreign(body: bytes) -> bool:
    """Whether JSON is of somebody else's making: a look at its beginning is enough."""
    start = body[:2000]
    return any(
        sign in start
        for sign in (b"timeSeriesResponse", b'"Datastream', b'"dataArray', b'"result"')
    )


def _unpacked(body: bytes) -> bytes:
    """Unpack gzip, no further than a file may be large: a small one may hold a sea of zeros."""
    if body.startswith(PACKED):
        try:
            with gzip.GzipFile(fileobj=io.BytesIO(body)) as packed:
                body = packed.read(LARGEST + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise Problem(
                _("压缩文件不完整。"), place=_("整份文件"), remedy=_("请重新传一次。")
            ) from error
    if len(body) > LARGEST:
        raise Invalid(
            _("文件超过 256 MB。"), place=_("整份文件"), remedy=_("请按年份分成几个文件。")
        )
    return body


def _text(body: bytes) -> str:
    """Text in UTF-8, or as Chinese tools write it; anything else is no text."""
    if b"\0" in body[:4096]:
        raise _unknown()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _unknown()


def _unknown() -> Problem:
    return Problem(
        _("认不出这种文件。"),
        place=_("整份文件"),
        remedy=_(
            "可读：CSV、JSON、SL 323 表（CSV、Excel、INSERT 语句）、每列一个测项的表格、"
            "NWIS RDB、WaterML、SensorThings。"
        ),
    )


def _json(body: bytes, given: Given) -> Read:
    try:
        said: Any = json.loads(body.decode("utf-8-sig"), parse_float=Decimal)
    except (ValueError, RecursionError):
        return read_json(body)  # which says where it is wrong
    if is_waterml(said):
        return read_waterml(said, given)
    if is_sensorthings(said):
        return read_sensorthings(said, given)
    return read_json(body.removeprefix(b"\xef\xbb\xbf"))


def _separated(text: str, given: Given) -> Read:
    """Rows with commas or tabs: those of the API, or a table of any kind."""
    head = text.split("\n", 1)[0]
    mark = "\t" if head.count("\t") > head.count(",") else ","
    names = {NAMES.get(cell.strip(' "\r'), cell.strip(' "\r')) for cell in head.split(mark)}
    if mark == "," and names.issuperset(FIELDS):
        return read_csv(text.encode())
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    except csv.Error as error:
        raise Problem(
            _("内容不是 CSV。"), place=_("整份文件"), remedy=_("请检查引号是否成对。")
        ) from error
    read = read_table("", rows, given)
    if read is None:
        raise _unknown()
    return read


def _book(body: bytes, given: Given) -> Read:
    """Every sheet of a workbook that holds readings."""
    try:
        book = calamine.load_workbook(io.BytesIO(body))
        sheets: list[tuple[str, Sequence[Sequence[Any]]]] = [
            (name, book.get_sheet_by_name(name).to_python(skip_empty_area=False))
            for name in book.sheet_names
        ]
    except (
        calamine.CalamineError,
        KeyError,
        IndexError,
        OSError,
        TypeError,
        ValueError,
    ) as error:
        raise Problem(
            _("工作簿打不开。"), place=_("整份文件"), remedy=_("请另存为 .xlsx 后再试。")
        ) from error
    whole, found = Read(), False
    for name, rows in sheets:
        read = read_table(name.strip(), rows, given)
        if read is None:
            whole.notes.append(_("工作表“%(name)s”里没有读数。") % {"name": name})
            continue
        found = True
        whole.observations += read.observations
        whole.refusals += read.refusals
        whole.missing += read.missing
        whole.notes += [note for note in read.notes if note not in whole.notes]
    if not found:
        raise _unknown()
    return whole
