"""The board's states, counted, and the rows that one of them leaves."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from liandong.command.queries.order import BoardGroup, BoardRow
from liandong.command.states import OrderState

# The worst first, then as an order goes through them.
STATES = ("overdue", OrderState.DECLINED, *(one for one in OrderState if one != "declined"))


@dataclass(frozen=True)
class Chip:
    """A state that some order shows, and how many do."""

    state: str
    count: int


def board_chips(groups: Sequence[BoardGroup]) -> list[Chip]:
    """Count what the rows show, and what was not read; states that none shows are left out."""
    counts = Counter(row.shown for group in groups for row in group.rows)
    for group in groups:
        counts.update(group.unread)
    return [Chip(str(state), counts[state]) for state in STATES if counts[state]]


def board_with(groups: Sequence[BoardGroup], state: str) -> list[BoardGroup]:
    """Keep the rows that show a state, all of them for none; groups without any are left out."""
    kept = [
        BoardGroup(
            one.key,
            one.title,
            [row for row in one.rows if state in {"", row.shown}],
            {} if state else one.unread,
        )
        for one in groups
    ]
    return [group for group in kept if group.rows]


def board_rows(groups: Sequence[BoardGroup]) -> list[BoardRow]:
    """Every row, by number: as they were given."""
    rows = [row for group in groups for row in group.rows]
    return sorted(rows, key=lambda row: row.order.number)
