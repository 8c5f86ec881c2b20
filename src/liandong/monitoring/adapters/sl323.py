"""Tables of SL 323 (实时雨水情数据库表结构与标识符), as sheets, or as INSERT statements of a dump."""

import re
from collections.abc import Iterator, Mapping, Sequence

from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.monitoring.adapters.fields import Read
from liandong.monitoring.adapters.foreign import Given, Taking
from liandong.monitoring.states import Quantity

# Of each table the columns that are readings.
TABLES: dict[str, dict[str, tuple[Quantity, str]]] = {
    "ST_PPTN_R": {"DRP": (Quantity.RAIN, "mm")},
    "ST_RIVER_R": {"Z": (Quantity.LEVEL, "m"), "Q": (Quantity.FLOW, "m3/s")},
    "ST_RSVR_R": {
        "RZ": (Quantity.LEVEL, "m"),
        "INQ": (Quantity.INFLOW, "m3/s"),
        "W": (Quantity.STORAGE, "hm3"),
        "OTQ": (Quantity.OUTFLOW, "m3/s"),
    },
    "ST_WAS_R": {"UPZ": (Quantity.LEVEL, "m"), "TGTQ": (Quantity.FLOW, "m3/s")},
    "ST_TIDE_R": {"TDZ": (Quantity.LEVEL, "m")},
}
STATIONS = {"ST_STBPRP_B": "STNM", "ST_RVFCCH_B": "WRZ", "ST_RSVRFCCH_B": "DAMEL"}
INSERT = re.compile(
    r"INSERT\s+(?:INTO\s+)?(?:[\[\]\"`\w]+\.)*[\[\"`]?(ST_\w+?)[\]\"`]?\s*\(([^)]*)\)\s*VALUES\s*",
    re.IGNORECASE,
)
VALUE = re.compile(
    r"""\s*(?:
        (?:CAST|CONVERT|TO_DATE|TIMESTAMP|DATE)\s*\(?\s*(?:\w+\s*,\s*)?N?'((?:[^']|'')*)'[^()]*(?:\([^()]*\))?[^()]*\)?
        | N?'((?:[^']|'')*)'
        | (NULL)
        | ([-+]?[\d.]+(?:[eE][-+]?\d+)?)
    )\s*([,)])""",
    re.IGNORECASE | re.VERBOSE,
)


def is_dump(text: str) -> bool:
    """Whether statements of a dump put rows into tables of SL 323."""
    return INSERT.search(text[:200_000]) is not None


def table_of(heads: Sequence[str]) -> str:
    """The table that has such columns; empty if none. What a station is has no times."""
    names = {head.strip().upper() for head in heads}
    if "STCD" not in names:
        return ""
    if "TM" not in names:
        return next((table for table, sign in STATIONS.items() if sign in names), "")
    return next((table for table, columns in TABLES.items() if set(columns) & names), "")


def read_rows(
    table: str, rows: Iterator[tuple[int, Mapping[str, object]]], given: Given
) -> Read:
    """Read the rows of one table."""
    taking = Taking(given)
    _take(taking, table, rows)
    return taking.done()


def read_dump(text: str, given: Given) -> Read:
    """Read every row that the statements put into tables of readings; other tables the notes name."""
    taking, others = Taking(given), dict[str, int]()
    for table, row, cells in _inserted(text):
        if table in TABLES:
            _take(taking, table, iter([(row, cells)]))
        else:
            others[table] = others.get(table, 0) + 1
    for table, count in others.items():
        taking.read.notes.append(
            _("%(table)s 不是读数表，%(n)d 行没有导入。") % {"table": table, "n": count}
        )
    return taking.done()


def _take(taking: Taking, table: str, rows: Iterator[tuple[int, Mapping[str, object]]]) -> None:
    if table not in TABLES:
        raise Invalid(
            _("%(table)s 不是读数表。") % {"table": table},
            place=table,
            remedy=_(
                "读数在 ST_PPTN_R、ST_RIVER_R、ST_RSVR_R 等表；测站请从“测站”页的表格导入。"
            ),
        )
    for row, cells in rows:
        for column, (quantity, unit) in TABLES[table].items():
            if column in cells:
                taking.take(
                    row,
                    station=f"{cells.get('STCD') or ''}".strip().removesuffix(".0"),
                    quantity=quantity,
                    at=cells.get("TM"),
                    value=cells[column],
                    unit=unit,
                )


def _inserted(text: str) -> Iterator[tuple[str, int, dict[str, object]]]:
    """Table, line and cells of each row that is put in."""
    line, seen = 1, 0
    for found in INSERT.finditer(text):
        heads = [head.strip(' []"`\n\r\t').upper() for head in found[2].split(",")]
        at = found.end()
        while at < len(text) and text[at] == "(":
            line, seen = line + text.count("\n", seen, at), at
            cells, at = _tuple(text, at + 1, line)
            yield found[1].upper(), line, dict(zip(heads, cells, strict=False))
            rest = re.compile(r"\s*,\s*(?=\()").match(text, at)
            if not rest:
                break
            at = rest.end()


def _tuple(text: str, at: int, line: int) -> tuple[list[object], int]:
    cells: list[object] = []
    while True:
        found = VALUE.match(text, at)
        if not found:
            raise Invalid(
                _("INSERT 语句读不懂。"),
                place=_("第 %(n)d 行") % {"n": line},
                remedy=_("请导出为普通的 INSERT INTO 表 (列) VALUES (值) 语句，或 CSV。"),
            )
        when, words, _null, number, end = found.groups()
        cells.append(
            None
            if found[3]
            else number
            if number is not None
            else (when or words or "").replace("''", "'")
        )
        at = found.end()
        if end == ")":
            return cells, at
