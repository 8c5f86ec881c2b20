"""RDB, the table with tabs of the National Water Information System of the U.S.: a foreign source."""

import re
from datetime import timedelta, timezone

from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.monitoring.adapters.fields import Read
from liandong.monitoring.adapters.foreign import Given, Taking, flags_of
from liandong.monitoring.adapters.waterml import PARAMETERS, STANDING

COLUMN = re.compile(r"(?:\d+_)?(\d{5})(?:_(\d{5}))?")
WIDTHS = re.compile(r"\d+[sdn]")
ZONES = {
    "UTC": 0, "GMT": 0, "AST": -4, "ADT": -3, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5,
    "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8, "HST": -10,
}  # fmt: skip


def is_rdb(text: str) -> bool:
    """Whether it begins as such a table does: remarks, and then the agency."""
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return next(lines, "").startswith("agency_cd\t")


def read_rdb(text: str, given: Given) -> Read:
    """Read the values; refuses a list of stations, which holds none."""
    taking, heads = Taking(given), list[str]()
    for number, line in enumerate(text.splitlines(), 1):
        cells = line.split("\t")
        if not line.strip() or line.startswith("#"):
            continue
        if cells[0] == "agency_cd":
            heads = cells
            continue
        if all(WIDTHS.fullmatch(cell) for cell in cells if cell):
            continue
        _row(taking, number, dict(zip(heads, cells, strict=False)))
    if "datetime" not in heads:
        raise Invalid(
            _("这是测站清单，没有读数。"),
            place="datetime",
            remedy=_("请导出带 datetime 列的实测数据；测站请另行登记。"),
        )
    return taking.done()


def _row(taking: Taking, number: int, cells: dict[str, str]) -> None:
    zone = timezone(timedelta(hours=ZONES.get(cells.get("tz_cd", "UTC").strip(), 0)))
    for name, value in cells.items():
        found = COLUMN.fullmatch(name)
        if not found or found[1] not in PARAMETERS or (found[2] or "") not in STANDING:
            continue
        quantity, unit = PARAMETERS[found[1]]
        taking.take(
            number,
            station=cells.get("site_no", ""),
            quantity=quantity,
            at=cells.get("datetime", ""),
            # Equipment that failed, ice: words in the place of the number.
            value=value.split("_")[0],
            unit=unit,
            zone=zone,
            flags=flags_of(cells.get(f"{name}_cd", "")),
        )
