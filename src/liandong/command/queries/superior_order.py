"""What superiors told the county to do, and which orders carry it out."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Count, Prefetch, Q, QuerySet

from liandong.command.models import Incident, Order, SuperiorOrder
from liandong.command.queries.incident import goes_on, within
from liandong.command.states import DONE, LIVE, SuperiorOrderState
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Missing
from liandong.kernel.visibility import visible
from liandong.kernel.wording import gettext as _

ORDERS = {
    "live_count": Count("orders", filter=Q(orders__state__in=sorted(LIVE))),
    "done_count": Count("orders", filter=Q(orders__state__in=sorted(DONE))),
}


def visible_superior_orders(actor: Actor) -> QuerySet[SuperiorOrder]:
    """Those an actor may see, the newest first; ``live_count`` and ``done_count`` of their orders."""
    rows = SuperiorOrder.objects.select_related("incident__merged_into", "term").annotate(
        **ORDERS
    )
    return visible(rows.order_by("-told_at", "-number"), actor)


def superior_orders_of(actor: Actor, incident: Incident) -> QuerySet[SuperiorOrder]:
    """Those of an incident, and of what was merged into it."""
    return visible_superior_orders(actor).filter(within(incident))


def owed_superior_orders(actor: Actor) -> QuerySet[SuperiorOrder]:
    """Those that wait to be passed on or reported back, in incidents that go on."""
    rows = visible_superior_orders(actor).filter(state=SuperiorOrderState.OPEN)
    return rows.filter(goes_on())


def superior_order_for(actor: Actor, pk: UUID | str) -> SuperiorOrder:
    """Return one, with the orders that cite it; raises ``Missing``."""
    citing = Order.objects.select_related("to_post__body", "to_body").order_by("number")
    rows = visible_superior_orders(actor).prefetch_related(Prefetch("orders", queryset=citing))
    try:
        found = rows.filter(pk=pk).first()
    except ValidationError:
        found = None
    if found is None:
        raise Missing(
            _("没有这条上级指令，或者您所在岗位看不到它。"), remedy=_("请从事件室进入。")
        )
    return found


def live_orders_citing(superior_order: SuperiorOrder) -> list[Order]:
    """What units still owe of it."""
    rows = Order.objects.filter(superior_order=superior_order, state__in=sorted(LIVE))
    return list(rows.select_related("to_body").order_by("number"))
