"""When an incident takes what is asked of it."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from liandong.command.models import Incident, Order
from liandong.kernel.geo.coordinates import in_china
from liandong.kernel.problems import IllegalMove
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed

# A warning's class and the plan's need not be the same: rain makes floods; snow, cold waves, frost
# and icy roads are one emergency. GB/T 35561 classes.
FAMILIES: dict[str, tuple[str, ...]] = {
    "11A": ("11A", "11B01", "11B03", "flood"),
    "11G": ("11G", "forest_fire"),
    "11D": ("11D", "geological"),
    "11C": ("11C", "earthquake"),
    "11B04": ("11B04", "11B05", "11B16", "11B21"),
}
NAMES: dict[str, str | Promise] = {
    "11A": gettext_lazy("暴雨洪涝"),
    "11G": gettext_lazy("森林火灾"),
    "11D": gettext_lazy("地质灾害"),
    "11C": gettext_lazy("地震"),
    "11B04": gettext_lazy("低温雨雪冰冻"),
}


def family(hazard: str) -> tuple[str, ...]:
    """The classes that are dealt with as one emergency; the first is that of its incident."""
    for classes in FAMILIES.values():
        if hazard.startswith(classes):
            return classes
    return (hazard,)


def demand_open(incident: Incident) -> None:
    """Refuse whatever is asked of an incident that is over."""
    if not incident.is_open:
        raise IllegalMove(
            _("“%(incident)s”已经结束。") % {"incident": incident.title},
            place=incident.number,
            remedy=_("如情况又起，请登记新的突发事件。"),
        )


def checked_position(lon: Decimal, lat: Decimal) -> tuple[Decimal, Decimal]:
    """Return a place to a tenth of a meter; refuses what is not in China."""
    return in_china(lon, lat, place=_("事发位置"))


def demand_nothing_left(orders: Sequence[Order]) -> None:
    """Refuse to close while units still owe something, and name what."""
    if orders:
        named = listed(
            _("%(number)d号令（%(unit)s）") % {"number": order.number, "unit": order.to_body}
            for order in orders[:8]
        )
        raise IllegalMove(
            _("还有 %(n)d 条指令没有办完：%(named)s。") % {"n": len(orders), "named": named},
            place=_("指令"),
            remedy=_("请等它们完成，或先撤回，再结束事件。"),
        )
