"""What each unit carries, and how quickly it answers."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from liandong.command.models import Order
from liandong.command.queries.chips import STATES
from liandong.command.queries.order import BoardRow
from liandong.command.states import VOID, OrderState

KINDS = ("done", "work", "wait", "late")


@dataclass(frozen=True)
class Share:
    """A part of a unit's orders; place and width of its bar in per cent of the longest bar."""

    kind: str
    count: int
    x: str
    width: str


@dataclass(frozen=True)
class Load:
    """A unit and its orders; ``worst`` is the state that wants the headquarters most."""

    unit: str
    rows: list[BoardRow]
    done: int
    late: int
    worst: str
    due_at: datetime | None
    shares: list[Share]

    @property
    def total(self) -> int:
        """How many orders it was given."""
        return len(self.rows)

    @property
    def owed(self) -> int:
        """How many it has still to carry out."""
        return self.total - self.done

    def counted(self, kind: str) -> int:
        """How many of its orders are of a kind."""
        return next((one.count for one in self.shares if one.kind == kind), 0)


@dataclass(frozen=True)
class Pace:
    """How long a unit took for one thing: median and worst, of how many, and how many too late."""

    count: int
    median: timedelta | None
    worst: timedelta | None
    late: int


@dataclass(frozen=True)
class Response:
    """How quickly a unit read back, accepted and finished."""

    unit: str
    read_back: Pace
    accepted: Pace
    finished: Pace

    @property
    def paces(self) -> tuple[Pace, Pace, Pace]:
        """The three, in the order in which an order goes through them."""
        return self.read_back, self.accepted, self.finished


def loads(rows: Sequence[BoardRow]) -> list[Load]:
    """The units with what they carry, the one in most trouble first; void orders do not count."""
    units: dict[str, list[BoardRow]] = defaultdict(list)
    for row in rows:
        if row.order.state not in VOID:
            units[str(row.order.to_body)].append(row)
    most = max(map(len, units.values()), default=1)
    found = [_load(unit, mine, most) for unit, mine in units.items()]
    return sorted(found, key=lambda one: (-one.late, -one.owed, one.unit))


def response_times(orders: Sequence[Order]) -> list[Response]:
    """How quickly each unit answered and finished, from the orders of an incident; void ones not."""
    units: dict[str, list[Order]] = defaultdict(list)
    for order in orders:
        if order.state not in VOID:
            units[str(order.to_body)].append(order)
    return [_response(unit, mine) for unit, mine in sorted(units.items())]


def shares(rows: Sequence[BoardRow], most: int) -> list[Share]:
    """How orders stand, as parts of a bar that is full at ``most``; kinds without any are left out."""
    kinds = [_kind(row) for row in rows]
    found, x = [], 0.0
    for kind in KINDS:
        count = kinds.count(kind)
        width = 100 * count / most if most else 0.0
        if count:
            found.append(Share(kind, count, f"{x:.2f}%", f"{width:.2f}%"))
        x += width
    return found


def _load(unit: str, rows: list[BoardRow], most: int) -> Load:
    parts = shares(rows, most)
    states = [row.shown for row in rows]
    due = [row.due_at for row in rows if row.due_at]
    return Load(
        unit=unit,
        rows=rows,
        done=sum(1 for row in rows if _kind(row) == "done"),
        late=sum(1 for row in rows if _kind(row) == "late"),
        worst=min(states, key=STATES.index),
        due_at=min(due, default=None),
        shares=parts,
    )


def _kind(row: BoardRow) -> str:
    if row.group == "attention":
        return "late"
    return {"done": "done", "under_way": "work"}.get(row.group, "wait")


def _response(unit: str, orders: list[Order]) -> Response:
    heard = [(one.issued_at, one.read_back_at, one.acknowledge_by) for one in orders]
    taken = [(one.read_back_at, one.accepted_at, None) for one in orders]
    done = [
        (one.accepted_at, one.finished_at, one.finish_by)
        for one in orders
        if one.state in {OrderState.FINISHED, OrderState.CHECKED}
    ]
    return Response(unit, _pace(heard), _pace(taken), _pace(done))


def _pace(spans: Sequence[tuple[datetime | None, datetime | None, datetime | None]]) -> Pace:
    known = [(since, until, due) for since, until, due in spans if since and until]
    lengths = [max(until - since, timedelta()) for since, until, _due in known]
    late = sum(1 for _since, until, due in known if due and until > due)
    if not lengths:
        return Pace(0, None, None, 0)
    middle = timedelta(seconds=round(median(one.total_seconds() for one in lengths)))
    return Pace(len(lengths), middle, max(lengths), late)
