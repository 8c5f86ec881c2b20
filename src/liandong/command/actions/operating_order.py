"""Ordering a reservoir to let water out, and saying that everybody below knows."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from liandong.command.actions.claims import demand_reach, demand_realm, locked_incident
from liandong.command.actions.giving import give, keep_note, last_number, order_of
from liandong.command.events import DownstreamConfirmed, OperatingOrdered
from liandong.command.models import Incident, OperatingOrder, Order
from liandong.command.permissions import Permission
from liandong.command.queries.address import staffed_addresses
from liandong.command.queries.request import asked_among
from liandong.command.rules.incident import demand_open
from liandong.command.rules.operating_order import (
    demand_ahead,
    demand_aware,
    demand_downstream,
    demand_outflow,
)
from liandong.command.rules.order import Terms, demand_staffed, demand_standing, demand_words
from liandong.command.states import LIVE, OrderKind
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import IllegalMove
from liandong.kernel.wording import gettext as _
from liandong.organization.models import Post


@action(Permission.ISSUE_ORDER)
def issue_operating_order(
    actor: Actor,
    *,
    incident: Incident,
    to_post: Post,
    reservoir: str,
    gates: str,
    outflow_m3s: Decimal,
    starts_at: datetime,
    downstream: Sequence[Post],
    idempotency_key: str = "",
) -> OperatingOrder:
    """Order a reservoir to let water out from a moment on, and warn those downstream in the same deed.

    The reservoir reads back and accepts, and waits: its gates may be moved once it is confirmed that
    everybody downstream knows. Publishes ``OperatingOrdered`` and ``OrderIssued`` for it and for each
    warning. Refuses without reservoir, gates or anybody to warn, a moment that is over, a vacant
    post, and a closed incident. Clause 二(二)2.
    """
    demand_realm(actor, incident)
    demand_reach(actor, Permission.ISSUE_ORDER, incident)
    demand_words(reservoir, field="reservoir", what=_("水库"))
    demand_words(gates, field="gates", what=_("闸门、开度"))
    demand_outflow(outflow_m3s)
    demand_ahead(starts_at, clock.now(actor.realm))
    demand_downstream(downstream, to_post)
    demand_standing([to_post.body, *(post.body for post in downstream)])
    demand_staffed(to_post)
    row = locked_incident(actor, incident)
    demand_open(row)
    said = {
        "reservoir": reservoir.strip(),
        "gates": gates.strip(),
        "flow": f"{outflow_m3s.normalize():f}",
        "at": timezone.localtime(starts_at).strftime("%-m月%-d日%H:%M"),
    }
    number = last_number(row) + 1
    words = _("调度令：%(reservoir)s，%(gates)s，下泄流量 %(flow)s m³/s，%(at)s起执行") % said
    order = order_of(actor, row, Terms(words), to_post, to_post.body, number=number)
    order.is_held = True
    below = [post for post in downstream if post.pk != to_post.pk]
    warnings = _warnings(actor, row, said, below, starts_at, number + 1)
    asked = asked_among(row, [one.to_body for one in (order, *warnings)])
    for given in (order, *warnings):
        given.kind = OrderKind.REQUEST if given.to_body_id in asked else OrderKind.ORDER
    give(row, [order, *warnings])
    made = OperatingOrder.objects.create(
        realm=actor.realm,
        audience=sorted({"duty", f"incident:{row.pk}", *order.audience}),
        order=order,
        reservoir=reservoir.strip(),
        gates=gates.strip(),
        outflow_m3s=outflow_m3s,
        starts_at=starts_at,
    )
    made.warnings.set(warnings)
    fact = OperatingOrdered(
        subject_id=str(made.pk),
        incident_id=str(row.pk),
        order_id=str(order.pk),
        number=order.number,
        reservoir=made.reservoir,
        gates=made.gates,
        outflow_m3s=said["flow"],
        starts_at=starts_at.isoformat(),
        warnings=[one.number for one in warnings],
    )
    happened(fact, incident=str(row.pk), audience=made.audience)
    return made


@action(Permission.ISSUE_ORDER)
def confirm_downstream(
    actor: Actor,
    *,
    operating: OperatingOrder,
    expected_version: int,
    reached_otherwise: str = "",
    idempotency_key: str = "",
) -> OperatingOrder:
    """Say that everybody downstream knows: the reservoir may go on. Publishes ``DownstreamConfirmed``.

    Refuses while somebody downstream has not read back, unless it is said how they were reached; what
    was confirmed before or is owed no longer; and whoever saw an older version. Clause 二(二)2.
    """
    demand_realm(actor, operating)
    rows = Order.objects.select_for_update(of=("self",)).select_related("incident")
    order = rows.get(pk=operating.order_id)
    demand_reach(actor, Permission.ISSUE_ORDER, order.incident)
    if operating.confirmed_at or order.state not in LIVE:
        raise IllegalMove(
            _("这道调度令已经确认过，或不再执行。"),
            place=str(operating),
            remedy=_("请刷新看最新状态。"),
        )
    warnings = list(operating.warnings.select_related("to_body").order_by("number"))
    demand_aware(warnings, reached_otherwise)
    now = clock.now(actor.realm)
    operating.change(
        expected_version=expected_version,
        confirmed_by=actor.label[:120],
        confirmed_at=now,
        reached_otherwise=reached_otherwise.strip(),
    )
    Order.objects.filter(pk=order.pk).update(released_at=now)
    order.released_at = now
    keep_note(actor, order, "released", _("下游已知悉，可以执行"), at=now)
    fact = DownstreamConfirmed(
        subject_id=str(operating.pk),
        incident_id=str(order.incident_id),
        order_id=str(order.pk),
        reservoir=operating.reservoir,
        number=order.number,
        reached_otherwise=operating.reached_otherwise,
    )
    happened(fact, incident=str(order.incident_id), audience=operating.audience)
    return operating


def _warnings(
    actor: Actor,
    incident: Incident,
    said: Mapping[str, str],
    posts: Sequence[Post],
    starts_at: datetime,
    first: int,
) -> list[Order]:
    """An order to each post downstream, to be done before the water comes; not kept yet."""
    words = _(
        "%(reservoir)s将于%(at)s起下泄 %(flow)s m³/s。立即通知沿河群众避让，清滩、停渡，办好后复诵并报完成"
    )
    found = []
    for number, one in enumerate(staffed_addresses(posts), first):
        low = order_of(actor, incident, Terms(words % said), one.post, one.body, number=number)
        low.text = one.words(low.text)
        low.finish_by = starts_at
        found.append(low)
    return found
