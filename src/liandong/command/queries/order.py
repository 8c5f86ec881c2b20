"""Orders: the board, and who has which to answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy

from liandong.command.models import Incident, Order, OrderNote
from liandong.command.queries.incident import within
from liandong.command.states import DONE, LIVE, UNANSWERED, UNDER_WAY, VOID, OrderState
from liandong.kernel.actors import EVERYTHING, Actor
from liandong.kernel.problems import Missing
from liandong.kernel.visibility import visible
from liandong.kernel.wording import gettext as _
from liandong.organization import queries as organization
from liandong.organization.models import Post

LAST = datetime.max.replace(tzinfo=UTC)
GROUPS = {
    "attention": gettext_lazy("需要处置"),
    "waiting": gettext_lazy("等待回应"),
    "under_way": gettext_lazy("执行中"),
    "done": gettext_lazy("已完成"),
    "void": gettext_lazy("已撤回、已改令"),
}
DOTS = {
    OrderState.ISSUED: 1,
    OrderState.DELIVERED: 1,
    OrderState.READ_BACK: 2,
    OrderState.ACCEPTED: 3,
    OrderState.IN_PROGRESS: 3,
    OrderState.RETURNED: 3,
    OrderState.DECLINED: 2,
    OrderState.FINISHED: 4,
    OrderState.CHECKED: 4,
}


# What nobody waits for any more.
PAST = {"done": DONE, "void": VOID}


@dataclass(frozen=True)
class BoardRow:
    """An order as the board shows it, with what its clock is about."""

    order: Order
    group: str
    due_at: datetime | None
    dots: int
    failed_dot: int
    shown: str


@dataclass(frozen=True)
class BoardGroup:
    """Orders that want the same of the headquarters.

    ``unread``: how many more there are that nobody waits for, by their states.
    """

    key: str
    title: str
    rows: list[BoardRow]
    unread: Mapping[str, int] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many there are, read or not."""
        return len(self.rows) + self.beyond

    @property
    def beyond(self) -> int:
        """How many were not read."""
        return sum(self.unread.values())

    @property
    def first(self) -> list[BoardRow]:
        """The rows that are shown at once: of what is done, one, and all that is still unchecked."""
        return [row for at, row in enumerate(self.rows) if not self._is_past(at, row)]

    @property
    def past(self) -> list[BoardRow]:
        """The rows behind them, which want nothing any more."""
        return [row for at, row in enumerate(self.rows) if self._is_past(at, row)]

    def _is_past(self, at: int, row: BoardRow) -> bool:
        return self.key == "done" and at > 0 and row.order.state == OrderState.CHECKED


def visible_orders(actor: Actor) -> QuerySet[Order]:
    """The orders an actor may see, with post and body."""
    rows = Order.objects.select_related(
        "to_post__body", "to_body", "incident", "rung_post__body", "part_of", "after"
    )
    return visible(rows.order_by("number"), actor)


def order_for(actor: Actor, pk: UUID | str) -> Order:
    """Return one order; raises ``Missing`` where there is none or the actor may not see it."""
    try:
        found = _with_its_plan(visible_orders(actor)).filter(pk=pk).first()
    except ValidationError:
        found = None
    if found is None:
        raise Missing(
            _("没有这条指令，或者您所在岗位看不到它。"), remedy=_("请从值班台或消息进入。")
        )
    return found


def _with_its_plan(rows: QuerySet[Order]) -> QuerySet[Order]:
    """With the name of the plan it was given for, not with all that is written in it."""
    unread = ("run__plan_version__text", "run__plan_version__document")
    return rows.select_related("run__plan_version", "action_plan").defer(*unread)


def board(
    actor: Actor, incident: Incident, now: datetime, *, past: int | None = None
) -> list[BoardGroup]:
    """The orders of an incident in groups, in each by time left.

    With ``past`` only so many of those that nobody waits for are read, the newest of each group;
    the others are counted: a room that has gone on for days opens as fast as a new one. Four
    queries, one without.
    """
    mine = visible_orders(actor).filter(within(incident))
    unread: dict[str, dict[str, int]] = {}
    if past is None:
        orders = list(mine)
    else:
        orders = list(mine.filter(state__in=sorted(LIVE)))
        for key, states in PAST.items():
            orders += _newest(mine, states, past, unread.setdefault(key, {}))
    rows = [board_row(order, now) for order in orders]
    groups = []
    for key, title in GROUPS.items():
        those = [row for row in rows if row.group == key]
        if key in PAST:
            those.sort(key=lambda row: row.order.number, reverse=True)
        else:
            those.sort(key=lambda row: (row.due_at or LAST, row.order.number))
        groups.append(BoardGroup(key, str(title), those, unread.get(key, {})))
    return groups


def _newest(
    rows: QuerySet[Order], states: frozenset[OrderState], most: int, left: dict[str, int]
) -> list[Order]:
    """The newest of some states; ``left`` counts what was not read."""
    some = rows.filter(state__in=sorted(states))
    found = list(some.order_by("-number")[: most + 1])
    if len(found) <= most:
        return found
    counts = some.order_by().values("state").annotate(count=Count("pk"))
    left.update(counts.values_list("state", "count"))
    for order in found[:most]:
        left[order.state] -= 1
    return found[:most]


def board_row(order: Order, now: datetime) -> BoardRow:
    """Say where an order stands on the board."""
    due = due_at(order)
    late = due is not None and due < now
    return BoardRow(
        order=order,
        group=group_of(order, now),
        due_at=due,
        dots=DOTS.get(OrderState(order.state), 0),
        failed_dot=3 if order.state == OrderState.DECLINED else 0,
        shown="overdue" if late and order.state != OrderState.DECLINED else order.state,
    )


def due_at(order: Order) -> datetime | None:
    """The deadline that runs now: to be read back, then to be finished; none when nothing is owed.

    A declined order's clocks stand still: it is the headquarters that has to answer.
    """
    if order.state in UNANSWERED:
        return order.acknowledge_by
    return order.finish_by if order.state in UNDER_WAY else None


def is_overdue(order: Order, now: datetime) -> bool:
    """Say whether the deadline that runs now has passed."""
    due = due_at(order)
    return due is not None and due < now


def group_of(order: Order, now: datetime) -> str:
    """Name the group of the board: what the headquarters must see to stands first."""
    if order.state in DONE:
        return "done"
    if order.state in VOID:
        return "void"
    if order.state == OrderState.DECLINED or is_overdue(order, now):
        return "attention"
    return "under_way" if order.state in UNDER_WAY else "waiting"


def live_orders(incident: Incident) -> list[Order]:
    """Orders by which some unit still owes something."""
    rows = Order.objects.filter(within(incident), state__in=sorted(LIVE))
    return list(rows.select_related("to_body", "to_post").order_by("number"))


def own_orders(actor: Actor, states: Iterable[str]) -> QuerySet[Order]:
    """Orders given to the actor's posts or bodies, in some states."""
    if EVERYTHING in actor.scopes:
        return visible_orders(actor).filter(state__in=sorted(states))
    bodies = [UUID(scope[5:]) for scope in actor.scopes if scope.startswith("body:")]
    posts = [UUID(scope[5:]) for scope in actor.scopes if scope.startswith("post:")]
    rows = visible_orders(actor).filter(state__in=sorted(states))
    return rows.filter(to_body__in=bodies) | rows.filter(to_post__in=posts)


def parts_of(actor: Actor, order: Order) -> list[Order]:
    """What an order was split into or handed on as, as far as the actor may see it."""
    return list(visible_orders(actor).filter(part_of=order))


def followers_of(order_id: UUID) -> list[Order]:
    """Orders that wait for one to be finished."""
    rows = Order.objects.filter(after=order_id, released_at=None, state__in=sorted(LIVE))
    return list(rows.order_by("number"))


def posts_below(order: Order) -> list[Post]:
    """To whom the unit may hand an order on: its other posts, and the bodies under it."""
    body = order.to_body_id
    rows = organization.all_posts().filter(
        Q(body=body) | Q(body__parent=body), body__merged_into=None
    )
    return list(rows.exclude(pk=order.to_post_id))


def notes_of(order: Order) -> list[OrderNote]:
    """What was said about an order, the newest first."""
    return list(order.notes.order_by("-at", "-id"))
