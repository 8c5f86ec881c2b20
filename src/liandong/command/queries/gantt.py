"""Orders over time: when each was given, read back, accepted and finished, against its deadlines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.timezone import localtime

from liandong.command.queries.order import BoardRow
from liandong.command.states import UNANSWERED, VOID, OrderState

STEPS = tuple(
    timedelta(minutes=n) for n in (5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10080)
)
MOST_TICKS = 7
LEAST_SPAN = timedelta(minutes=30)
THINNEST = 0.4  # per cent of the width: what has only just begun is seen too


@dataclass(frozen=True)
class Bar:
    """A stretch of time: ``kind`` says of what; place and length in per cent of the width."""

    kind: str
    x: str
    width: str


@dataclass(frozen=True)
class Mark:
    """A deadline: to be read back, or to be finished."""

    kind: str
    x: str


@dataclass(frozen=True)
class Lane:
    """One order."""

    row: BoardRow
    bars: list[Bar]
    marks: list[Mark]


@dataclass(frozen=True)
class Tick:
    """A full moment on the axis; ``is_day`` where a day begins."""

    at: datetime
    x: str
    is_day: bool


@dataclass(frozen=True)
class Gantt:
    """Lanes over one axis; ``now`` is the place of the present moment, empty when it is past."""

    lanes: list[Lane]
    ticks: list[Tick]
    now: str


@dataclass(frozen=True)
class Axis:
    """From when to when, and where a moment lies between."""

    begin: datetime
    end: datetime

    def place(self, at: datetime) -> float:
        """Where a moment lies, in per cent, held within the picture."""
        share = (at - self.begin) / (self.end - self.begin)
        return max(0.0, min(100.0, 100 * share))

    def bar(self, kind: str, since: datetime | None, until: datetime | None) -> list[Bar]:
        """A stretch; none when it has no beginning, no end, or ends before it begins."""
        if since is None or until is None or until <= since:
            return []
        left, right = self.place(since), self.place(until)
        return [Bar(kind, f"{left:.3f}%", f"{max(right - left, THINNEST):.3f}%")]


def gantt(rows: Sequence[BoardRow], now: datetime, *, is_open: bool = True) -> Gantt:
    """Lay the orders of an incident over time, as they were given."""
    if not rows:
        return Gantt([], [], "")
    axis = _axis(rows, now, is_open=is_open)
    lanes = [Lane(row, _bars(axis, row, now), _marks(axis, row)) for row in rows]
    return Gantt(lanes, ticks(axis), f"{axis.place(now):.3f}%" if is_open else "")


def _axis(rows: Sequence[BoardRow], now: datetime, *, is_open: bool) -> Axis:
    """From the first order to the last deadline; no further ahead than what lies behind."""
    begin = min(row.order.issued_at for row in rows)
    last = max(_known_last(row) for row in rows)
    past = max(now if is_open else last, last)
    ahead = [row.due_at for row in rows if row.due_at and row.due_at > past]
    longest = past + max(past - begin, LEAST_SPAN)
    end = min(max(ahead, default=past), longest)
    pad = max(end - begin, LEAST_SPAN) / 50
    return Axis(begin - pad, max(end, begin + LEAST_SPAN) + pad)


def ticks(axis: Axis) -> list[Tick]:
    """Full hours, or whatever gives seven ticks at most, counted from the county's midnight."""
    whole = axis.end - axis.begin
    step = next((one for one in STEPS if whole / one <= MOST_TICKS), STEPS[-1])
    midnight = localtime(axis.begin).replace(hour=0, minute=0, second=0, microsecond=0)
    at = midnight + step * -(-(axis.begin - midnight) // step)
    found = []
    while at <= axis.end:
        here = localtime(at)
        found.append(Tick(at, f"{axis.place(at):.3f}%", here.hour == here.minute == 0))
        at += step
    return found


def _bars(axis: Axis, row: BoardRow, now: datetime) -> list[Bar]:
    order = row.order
    if order.state in VOID:
        return axis.bar("void", order.issued_at, _known_last(row) + timedelta(minutes=1))
    end = _end(row, now)
    heard, taken = order.read_back_at, order.accepted_at
    bars = [
        *axis.bar("wait", order.issued_at, heard or end),
        *axis.bar("heard", heard, taken or end),
        *axis.bar("done" if order.is_done else "work", taken, end),
    ]
    if row.due_at and row.due_at > now:
        bars += axis.bar("left", now, row.due_at)
    bars += axis.bar("late", order.acknowledge_by, heard or end)
    if order.finish_by and heard:
        bars += axis.bar("late", max(order.finish_by, heard), end)
    return bars


def _marks(axis: Axis, row: BoardRow) -> list[Mark]:
    order = row.order
    wanted = {"finish": order.finish_by}
    if order.state in UNANSWERED or _was_late(row):
        wanted["answer"] = order.acknowledge_by
    return [
        Mark(kind, f"{axis.place(at):.3f}%")
        for kind, at in wanted.items()
        if at is not None and axis.begin <= at <= axis.end and order.state not in VOID
    ]


def _was_late(row: BoardRow) -> bool:
    heard = row.order.read_back_at
    return heard is not None and heard > row.order.acknowledge_by


def _end(row: BoardRow, now: datetime) -> datetime:
    """Until when it went on: to its end, to its refusal, or until now."""
    order = row.order
    if order.state == OrderState.DECLINED and order.declined_at:
        return order.declined_at
    return (order.finished_at or _known_last(row)) if order.is_done else now


def _known_last(row: BoardRow) -> datetime:
    order = row.order
    known = (order.read_back_at, order.accepted_at, order.declined_at, order.finished_at)
    return max([order.issued_at, *(at for at in known if at)])
