"""Ordering the same of many units at once, and taking it back from all of them."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from liandong.command.actions.claims import demand_reach, demand_realm, locked_incident
from liandong.command.actions.giving import (
    RECALLABLE,
    enclose,
    give,
    held,
    last_number,
    order_of,
    take_back,
    take_back_parts,
)
from liandong.command.events import DispatchRecalled, OrderDispatched
from liandong.command.models import Dispatch, Incident, Order
from liandong.command.permissions import Permission
from liandong.command.queries.address import staffed_addresses
from liandong.command.queries.request import asked_among
from liandong.command.rules.incident import demand_open
from liandong.command.rules.order import (
    Terms,
    demand_predecessor,
    demand_several,
    demand_standing,
    demand_terms,
    demand_words,
)
from liandong.command.states import OrderKind
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import IllegalMove
from liandong.kernel.wording import gettext as _
from liandong.organization.models import Post


@action(Permission.ISSUE_ORDER)
def dispatch_order(
    actor: Actor,
    *,
    incident: Incident,
    to_posts: Sequence[Post],
    text: str,
    acknowledge_within: timedelta | None = None,
    finish_within: timedelta | None = None,
    needs_proof: Sequence[str] = (),
    place: str = "",
    lon: Decimal | None = None,
    lat: Decimal | None = None,
    files: Sequence[str] = (),
    after: Order | None = None,
    idempotency_key: str = "",
) -> Dispatch:
    """Order the same of several posts in one deed: each gets an order of its own, all or none do.

    Whom the county does not command is asked (商请). A vacant post's goes to the next superior and
    says so, as a plan's does: nobody waits for one empty chair. Publishes ``OrderIssued`` for each,
    and ``OrderDispatched``. Refuses fewer than two posts, a closed incident, no words, and no time
    at all. Clause 二(二)2.
    """
    demand_reach(actor, Permission.ISSUE_ORDER, incident)
    terms = Terms(
        text,
        acknowledge_within,
        finish_within,
        tuple(needs_proof),
        place,
        lon,
        lat,
        tuple(files),
        after,
    )
    demand_terms(terms)
    posts = list({post.pk: post for post in to_posts}.values())
    demand_several(posts)
    demand_standing(post.body for post in posts)
    row = locked_incident(actor, incident)
    demand_open(row)
    if after:
        demand_predecessor(after, row)
    addresses = staffed_addresses(posts)
    asked = asked_among(row, [one.body for one in addresses])
    dispatch = Dispatch.objects.create(
        realm=actor.realm,
        audience=sorted({"duty", f"incident:{row.pk}"}),
        incident=row,
        text=text.strip(),
        issued_by=actor.label[:120],
        issued_at=clock.now(actor.realm),
    )
    first = last_number(row) + 1
    orders = []
    for number, one in enumerate(addresses, first):
        order = order_of(actor, row, terms, one.post, one.body, number=number)
        order.text = one.words(order.text)
        order.dispatch = dispatch
        order.kind = OrderKind.REQUEST if one.body.pk in asked else OrderKind.ORDER
        orders.append(order)
    enclose(actor, row, files)
    give(row, orders)
    fact = OrderDispatched(
        subject_id=str(dispatch.pk),
        incident_id=str(row.pk),
        text=dispatch.text,
        count=len(orders),
        first=first,
        last=orders[-1].number,
    )
    happened(fact, incident=str(row.pk), audience=dispatch.audience)
    return dispatch


@action(Permission.ISSUE_ORDER)
def recall_dispatch(
    actor: Actor, *, dispatch: Dispatch, reason: str, idempotency_key: str = ""
) -> Dispatch:
    """Take back what went to many from everybody who has not finished it, whatever they answered.

    What is finished stays. Publishes ``OrderRecalled`` for each, and ``DispatchRecalled``. Refuses
    without a reason, and when nothing is left to take back. Clause 二(二)2.
    """
    demand_realm(actor, dispatch)
    demand_reach(actor, Permission.ISSUE_ORDER, dispatch.incident)
    demand_words(reason, field="reason", what=_("撤回原因"))
    mine = Order.objects.filter(dispatch=dispatch, state__in=RECALLABLE).order_by("pk")
    orders = held(mine)
    if not orders:
        raise IllegalMove(
            _("这一批指令都已完成或撤回，没有可撤回的。"), remedy=_("请刷新看最新状态。")
        )
    take_back(actor, orders, reason)
    take_back_parts(actor, orders, reason)
    fact = DispatchRecalled(
        subject_id=str(dispatch.pk),
        incident_id=str(dispatch.incident_id),
        text=dispatch.text,
        count=len(orders),
        reason=reason,
    )
    happened(fact, incident=str(dispatch.incident_id), audience=dispatch.audience)
    return dispatch
