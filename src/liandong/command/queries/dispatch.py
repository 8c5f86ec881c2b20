"""What went to many at once: found, and folded into one row of the board."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from liandong.command.models import Dispatch
from liandong.command.queries.order import LAST, BoardGroup, BoardRow
from liandong.command.states import DONE, UNANSWERED, VOID, OrderState
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Missing
from liandong.kernel.visibility import visible
from liandong.kernel.wording import gettext as _


@dataclass(frozen=True)
class Fold:
    """The orders of one dispatch as one row of the board; what was taken back does not count."""

    dispatch: UUID
    rows: list[BoardRow]

    @property
    def first(self) -> BoardRow:
        """The order with the lowest number, for what all have in common."""
        return self.rows[0]

    @property
    def last(self) -> BoardRow:
        """The order with the highest number."""
        return self.rows[-1]

    @property
    def due_at(self) -> datetime | None:
        """The deadline that runs out first."""
        return min((row.due_at for row in self.rows if row.due_at), default=None)

    @property
    def unanswered(self) -> int:
        """How many have not read it back."""
        return self._count(UNANSWERED)

    @property
    def declined(self) -> int:
        """How many said that they cannot."""
        return self._count({OrderState.DECLINED})

    @property
    def read_back(self) -> int:
        """How many read it back, however far they have come since."""
        return len(self.rows) - self.unanswered - self.declined

    @property
    def done(self) -> int:
        """How many finished."""
        return self._count(DONE)

    @property
    def late(self) -> int:
        """How many are past the deadline that runs for them."""
        return sum(1 for row in self.rows if row.shown == "overdue")

    @property
    def is_live(self) -> bool:
        """Whether somebody still owes something."""
        return self.done < len(self.rows)

    def _count(self, states: frozenset[OrderState] | set[OrderState]) -> int:
        return sum(1 for row in self.rows if row.order.state in states)


@dataclass(frozen=True)
class FoldedGroup(BoardGroup):
    """A group of the board with what went to many at once as single rows before the others."""

    folds: list[Fold] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many orders it holds, folded or not, read or not."""
        return super().count + sum(len(fold.rows) for fold in self.folds)


def folded(groups: Sequence[BoardGroup]) -> list[FoldedGroup]:
    """Put the orders of each dispatch together, where the one stands that wants people most.

    One that is the last of its dispatch not to be taken back stands by itself.
    """
    together: dict[UUID, list[BoardRow]] = defaultdict(list)
    where: dict[UUID, str] = {}
    for group in groups:
        for row in group.rows:
            key = row.order.dispatch_id
            if key and row.order.state not in VOID:
                together[key].append(row)
                where.setdefault(key, group.key)
    folds = [
        Fold(key, sorted(rows, key=lambda row: row.order.number))
        for key, rows in together.items()
        if len(rows) > 1
    ]
    hidden = {row.order.pk for fold in folds for row in fold.rows}
    found = [
        FoldedGroup(
            key=group.key,
            title=group.title,
            rows=[row for row in group.rows if row.order.pk not in hidden],
            folds=sorted(
                (fold for fold in folds if where[fold.dispatch] == group.key),
                key=lambda fold: fold.due_at or LAST,
            ),
            unread=group.unread,
        )
        for group in groups
    ]
    return [group for group in found if group.count]


def visible_dispatches(actor: Actor) -> QuerySet[Dispatch]:
    """What went to many at once, as far as the actor may see all who got it."""
    return visible(Dispatch.objects.select_related("incident"), actor)


def dispatch_for(actor: Actor, pk: UUID) -> Dispatch:
    """Return one dispatch; raises ``Missing`` where there is none or the actor may not see it."""
    found = visible_dispatches(actor).filter(pk=pk).first()
    if found is None:
        raise Missing(
            _("没有这一批指令，或者您所在岗位看不到它。"), remedy=_("请从事件室进入。")
        )
    return found
