"""Tables with a column for each quantity, whoever made them: a time in front, what was measured behind it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed
from liandong.monitoring.adapters.fields import BEIJING, Read
from liandong.monitoring.adapters.foreign import Given, Taking
from liandong.monitoring.adapters.quantities import named
from liandong.monitoring.adapters.sl323 import read_rows, table_of
from liandong.monitoring.states import FALLEN

TIMES = (
    "time_iso",
    "at",
    "time",
    "datetime",
    "timestamp",
    "tm",
    "时间",
    "日期时间",
    "观测时间",
)
PARTS = {
    "year": "year", "年": "year", "month": "month", "月": "month", "day": "day", "日": "day",
    "hour": "hour", "时": "hour",
}  # fmt: skip
STATION = ("station", "stcd", "站码", "测站编码", "site_no")
# Readings of once a day are taken at 08:00, where the day of water begins.
MORNING = 8
HEAD_WITHIN = 12

Rows = Sequence[Sequence[object]]


def read_table(title: str, rows: Rows, given: Given, *, first: int = 1) -> Read | None:
    """Read a sheet of readings; nothing where no row of it is a head. A title may be the year."""
    for head in range(min(HEAD_WITHIN, len(rows))):
        heads = [f"{cell}".strip() for cell in rows[head]]
        below = _numbered(rows, head + 1, heads, first)
        if table := table_of(heads):
            upper = (
                (row, {name.upper(): cell for name, cell in cells.items()})
                for row, cells in below
            )
            return read_rows(table, upper, given)
        plan = _plan(title, heads, given)
        if plan:
            units = _units_below(rows[head + 1 : head + 2], heads)
            return _read(plan, below, given, units)
    return None


def _numbered(
    rows: Rows, start: int, heads: Sequence[str], first: int
) -> Iterator[tuple[int, Mapping[str, object]]]:
    for number in range(start, len(rows)):
        if any(f"{cell}".strip() for cell in rows[number]):
            yield number + first, dict(zip(heads, rows[number], strict=False))


class _Plan:
    """Which column is the time, which the station, and what the others measure."""

    def __init__(self, title: str, heads: Sequence[str], given: Given) -> None:
        lower = {head.lower(): head for head in heads if head}
        self.year = int(title) if title.isdecimal() and len(title) == 4 else 0
        self.time = next((lower[name] for name in TIMES if name in lower), "")
        self.parts = {PARTS[name]: head for name, head in lower.items() if name in PARTS}
        self.station = next((lower[name] for name in STATION if name in lower), "")
        self.measured = {head: named(head) for head in heads if head}
        self.measured = {
            head: found
            for head, found in self.measured.items()
            if found[0] and head not in self.parts.values() and head != self.time
        }
        if not self.measured and given.series:
            plain = [head for head in lower.values() if head.lower() in {"value", "数值", "值"}]
            self.measured = dict.fromkeys(plain, (given.series, ""))

    def at(self, cells: Mapping[str, object]) -> object:
        """The time of a row: a cell, or put together of parts."""
        if self.time:
            return cells.get(self.time)
        try:
            parts = {name: int(float(f"{cells[head]}")) for name, head in self.parts.items()}
            year, hour = parts.get("year", self.year), parts.get("hour", MORNING)
            return datetime(year, parts["month"], parts["day"], hour, tzinfo=BEIJING)
        except (KeyError, ValueError, TypeError):
            return " ".join(f"{cells.get(head, '')}" for head in self.parts.values())


def _plan(title: str, heads: Sequence[str], given: Given) -> _Plan | None:
    plan = _Plan(title, heads, given)
    has_day = {"month", "day"} <= set(plan.parts) and ("year" in plan.parts or plan.year)
    return plan if plan.measured and (plan.time or has_day) else None


def _units_below(rows: Rows, heads: Sequence[str]) -> dict[str, str]:
    """Units in a row of their own under the head: （米）."""
    cells = {
        head: f"{cell}".strip() for row in rows for head, cell in zip(heads, row, strict=False)
    }
    return {
        head: cell.strip("（）() ") for head, cell in cells.items() if cell[:1] in {"（", "("}
    }


def _read(
    plan: _Plan,
    below: Iterator[tuple[int, Mapping[str, object]]],
    given: Given,
    units: Mapping[str, str],
) -> Read:
    taking = Taking(given)
    wanted = {
        head: (quantity, given.units.get(head) or units.get(head) or unit)
        for head, (quantity, unit) in plan.measured.items()
        if not given.series or quantity == given.series
    }
    if not wanted:
        raise Invalid(
            _("表里没有测项 %(what)s。") % {"what": given.series},
            place=listed(plan.measured),
            remedy=_("请核对 --series，或不写。"),
        )
    for number, (row, cells) in enumerate(below):
        if number == 0 and units:
            continue
        # A station told by name is not a code: the caller says which it is.
        code = "" if given.station else f"{cells.get(plan.station, '')}".strip()
        at = plan.at(cells)
        for head, (quantity, unit) in wanted.items():
            taking.take(
                row, station=code, quantity=quantity, at=at, value=cells.get(head), unit=unit
            )
    fallen = sorted(quantity for quantity, _unit in wanted.values() if quantity in FALLEN)
    if fallen:
        taking.read.notes.append(_("雨雪量按“到该时刻为止的一个时段”入库。"))
    return taking.done()
