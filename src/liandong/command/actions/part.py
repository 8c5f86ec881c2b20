"""Giving an order out in parts, and going on with what waited for another."""

from collections.abc import Sequence
from datetime import timedelta

from liandong.command.actions.claims import demand_reach, demand_realm, locked_incident
from liandong.command.actions.giving import (
    give,
    keep_note,
    last_number,
    order_of,
    set_finish_clock,
)
from liandong.command.events import OrderHandedOn, OrderReleased, OrderSplit
from liandong.command.models import Incident, Order
from liandong.command.permissions import Permission
from liandong.command.queries.address import name_of
from liandong.command.queries.request import asked_among
from liandong.command.rules.incident import demand_open
from liandong.command.rules.order import (
    ACKNOWLEDGE_WITHIN,
    LEAST_INTERVAL,
    Terms,
    demand_answerable,
    demand_begun,
    demand_below,
    demand_several,
    demand_splittable,
    demand_staffed,
    demand_standing,
    demand_words,
)
from liandong.command.states import LIVE, ORDER_MOVES, OrderKind, OrderState
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.wording import gettext as _
from liandong.organization.models import Post


@action(Permission.ISSUE_ORDER)
def split_order(
    actor: Actor,
    *,
    order: Order,
    parts: Sequence[tuple[Post, str]],
    expected_version: int,
    idempotency_key: str = "",
) -> Order:
    """Give an order out in parts, each to a post in words of its own, all with the deadline of the whole.

    The whole stays owed, by the same unit and for the same step of a plan: it is finished when every
    part is. Publishes ``OrderIssued`` for each and ``OrderSplit``. Refuses fewer than two parts, one
    without words, a vacant post, what is finished, void, declined or waits itself, and whoever saw an
    older version. Clause 二(二)2.
    """
    demand_realm(actor, order)
    demand_reach(actor, Permission.ISSUE_ORDER, order.incident)
    demand_several([post for post, _text in parts])
    demand_splittable(order)
    demand_begun(order)
    _demand_parts(parts)
    row = locked_incident(actor, order.incident.lives_in)
    demand_open(row)
    order.change(
        expected_version=expected_version,
        last_word=_("拆成%(count)d条分办") % {"count": len(parts)},
    )
    children = _give_parts(actor, row, order, parts)
    keep_note(actor, order, "split", order.last_word, at=clock.now(actor.realm))
    fact = OrderSplit(
        subject_id=str(order.pk),
        number=order.number,
        to=name_of(order.to_post),
        parts=[one.number for one in children],
        count=len(children),
    )
    happened(fact, incident=str(row.pk), audience=order.audience)
    return order


@action(Permission.ANSWER_ORDER)
def hand_on_order(
    actor: Actor,
    *,
    order: Order,
    to_post: Post,
    expected_version: int,
    text: str = "",
    idempotency_key: str = "",
) -> Order:
    """Let somebody below the unit do it, with the deadline kept; the unit goes on answering for it.

    Publishes ``OrderIssued`` for what was handed on and ``OrderHandedOn``; returns the unit's order.
    Refuses before it was accepted, a post that is not below the unit, a vacant one, and anyone but
    the unit or the desk. Clause 二(二)2.
    """
    demand_realm(actor, order)
    demand_reach(actor, Permission.ANSWER_ORDER, order.incident)
    demand_answerable(actor, order)
    demand_below(order, to_post)
    ORDER_MOVES.check(order.state, OrderState.IN_PROGRESS, remedy=_("请先接受，再转交。"))
    demand_begun(order)
    row = locked_incident(actor, order.incident.lives_in)
    demand_open(row)
    words = text.strip() or order.text
    _demand_parts([(to_post, words)])
    order.change(
        expected_version=expected_version,
        state=OrderState.IN_PROGRESS,
        last_word=_("转交%(to)s") % {"to": name_of(to_post)},
    )
    (child,) = _give_parts(actor, row, order, [(to_post, words)])
    keep_note(actor, order, "handed_on", order.last_word, at=clock.now(actor.realm))
    fact = OrderHandedOn(
        subject_id=str(order.pk),
        number=order.number,
        to=name_of(order.to_post),
        part=child.number,
        given_to=name_of(to_post),
        text=words,
    )
    happened(fact, incident=str(row.pk), audience=order.audience)
    return order


@action(Permission.ESCALATE_ORDER)
def release_order(actor: Actor, *, order: Order, idempotency_key: str = "") -> Order:
    """Let an order begin whose predecessor is finished or was taken back: its time runs from now.

    Publishes ``OrderReleased``. Keeps the version: whoever reads it back just now must not be told
    that it changed. Does nothing for one that is released already, or owed no longer. Clause 二(二)2.
    """
    demand_realm(actor, order)
    rows = Order.objects.select_related("after", "to_post__body").select_for_update(
        of=("self",)
    )
    order = rows.get(pk=order.pk)
    if not order.waits or order.after is None or order.after.is_live or order.state not in LIVE:
        return order
    now = clock.now(actor.realm)
    order.released_at = now
    order.finish_by = now + order.finish_within if order.finish_within else None
    order.asked_at = now if order.state != OrderState.ISSUED else order.asked_at
    Order.objects.filter(pk=order.pk).update(
        released_at=now, finish_by=order.finish_by, asked_at=order.asked_at
    )
    if order.finish_by:
        set_finish_clock(order)
    word = _("%(after)s已了，可以开始") % {"after": order.after}
    keep_note(actor, order, "released", word, at=now)
    fact = OrderReleased(
        subject_id=str(order.pk),
        number=order.number,
        to=name_of(order.to_post),
        after=order.after.number,
        finish_by=order.finish_by.isoformat() if order.finish_by else "",
    )
    happened(fact, incident=str(order.incident_id), audience=order.audience)
    return order


def _demand_parts(parts: Sequence[tuple[Post, str]]) -> None:
    """Refuse before anything is changed what could not be ordered."""
    for post, text in parts:
        demand_words(text, field="text", what=_("分办内容"))
        demand_staffed(post)
    demand_standing(post.body for post, _text in parts)


def _give_parts(
    actor: Actor, incident: Incident, order: Order, parts: Sequence[tuple[Post, str]]
) -> list[Order]:
    """Order the parts of an order that is held; the incident is held too."""
    asked = asked_among(incident, [post.body for post, _text in parts])
    children = []
    for number, (post, text) in enumerate(parts, last_number(incident) + 1):
        terms = Terms(
            text,
            _reading_time(order),
            needs_proof=tuple(order.needs_proof),
            place=order.place,
            lon=order.lon,
            lat=order.lat,
            files=tuple(order.files),
        )
        child = order_of(actor, incident, terms, post, post.body, number=number)
        child.part_of = order
        child.response = order.response
        child.finish_by = order.finish_by
        child.kind = OrderKind.REQUEST if post.body_id in asked else OrderKind.ORDER
        # Whoever answers for the whole sees how its parts go.
        child.audience = sorted({*child.audience, *order.audience})
        children.append(child)
    give(incident, children)
    return children


def _reading_time(order: Order) -> timedelta:
    """As long as the whole had, no longer than usual."""
    return max(min(order.acknowledge_by - order.asked_at, ACKNOWLEDGE_WITHIN), LEAST_INTERVAL)
