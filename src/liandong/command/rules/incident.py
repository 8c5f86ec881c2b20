"""When an incident takes what is asked of it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import pairwise
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from liandong.command.models import Incident, Order
from liandong.kernel.geo.coordinates import in_china
from liandong.kernel.problems import IllegalMove, Invalid
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
    """Refuse whatever is asked of an incident that is over, and lead to where a merged one lives."""
    demand_not_merged(incident)
    if not incident.is_open:
        raise IllegalMove(
            _("“%(incident)s”已经结束。") % {"incident": incident.title},
            place=incident.number,
            remedy=_("如情况又起，请登记新的突发事件。"),
        )


def demand_not_merged(incident: Incident) -> None:
    """Refuse what is asked of an incident that was merged, and lead to where it lives now."""
    if incident.merged_into is not None:
        into = incident.merged_into
        raise IllegalMove(
            _("“%(incident)s”已并入“%(into)s”。") % {"incident": incident, "into": into},
            place=incident.number,
            remedy=_("请到“%(into)s”（%(number)s）里办理。")
            % {"into": into, "number": into.number},
            leads_to=reverse("command:room", args=[into.pk]),
        )


def demand_in_order(moments: Sequence[tuple[str, str, datetime | None]]) -> None:
    """Refuse moments, given as field, name and when, of which a later one comes before an earlier."""
    known = [(field, what, at) for field, what, at in moments if at is not None]
    for (_field, first, start), (field, then, end) in pairwise(known):
        if end < start:
            raise Invalid(
                _("%(then)s早于%(first)s。") % {"then": then, "first": first},
                place=then,
                remedy=_("请核对两个时间。"),
                fields={field: _("不能早于%(first)s") % {"first": first}},
            )


def demand_past(at: datetime | None, now: datetime, *, field: str, what: str) -> None:
    """Refuse a moment that lies ahead."""
    if at is not None and at > now:
        raise Invalid(
            _("%(what)s晚于现在。") % {"what": what},
            place=what,
            remedy=_("请核对日期和时刻。"),
            fields={field: _("不能晚于现在")},
        )


def demand_two(incident: Incident, other: Incident) -> None:
    """Refuse to bring an incident together with itself."""
    if incident.pk == other.pk:
        raise IllegalMove(
            _("这是同一个事件。"),
            place=incident.number,
            remedy=_("请选另一个事件。"),
        )


def demand_no_ring(incident: Incident, to: Incident, above: Collection[UUID]) -> None:
    """Refuse a link that would make a ring: ``above`` is all that ``to`` belongs to."""
    if incident.pk in above:
        raise IllegalMove(
            _("“%(to)s”本来就归在“%(incident)s”下面。") % {"to": to, "incident": incident},
            place=incident.number,
            remedy=_("请先解除原来的关联，或反过来关联。"),
        )


def demand_settled(incident: Incident, left: Sequence[str]) -> None:
    """Refuse to merge an incident in which something is in force, and name what."""
    if left:
        raise IllegalMove(
            _("“%(incident)s”里还有：%(left)s。")
            % {"incident": incident, "left": listed(left[:8])},
            place=incident.number,
            remedy=_("请先了结，或反过来把另一个事件并入这个事件。"),
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
