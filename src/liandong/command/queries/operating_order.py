"""Orders to operate a reservoir, with what is known of those downstream."""

from uuid import UUID

from django.db.models import QuerySet

from liandong.command.models import OperatingOrder, Order
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Missing
from liandong.kernel.visibility import visible
from liandong.kernel.wording import gettext as _


def visible_operating_orders(actor: Actor) -> QuerySet[OperatingOrder]:
    """The orders to reservoirs that an actor may see."""
    return visible(OperatingOrder.objects.select_related("order__incident"), actor)


def operating_order_for(actor: Actor, pk: UUID) -> OperatingOrder:
    """Return one; raises ``Missing``."""
    found = visible_operating_orders(actor).filter(pk=pk).first()
    if found is None:
        raise Missing(
            _("没有这道调度令，或者您所在岗位看不到它。"), remedy=_("请从事件室进入。")
        )
    return found


def operating_of(actor: Actor, order: Order) -> OperatingOrder | None:
    """What an order to a reservoir says besides, with its warnings; None for any other order."""
    rows = visible_operating_orders(actor).filter(order=order)
    return rows.prefetch_related("warnings__to_body").first() if order.is_held else None
