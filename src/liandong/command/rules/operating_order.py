"""What an order to a reservoir must say, and when the gates may be moved."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from liandong.command.models import Order
from liandong.command.states import OrderState
from liandong.kernel.problems import IllegalMove, Invalid
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed
from liandong.organization.models import Post


def demand_outflow(outflow_m3s: Decimal) -> None:
    """Refuse less than no water."""
    if outflow_m3s < 0:
        raise Invalid(
            _("下泄流量不能是负数。"),
            place=_("下泄流量"),
            fields={"outflow_m3s": _("请核对")},
        )


def demand_ahead(starts_at: datetime, now: datetime) -> None:
    """Refuse to order for a moment that is over: nobody could be warned any more."""
    if starts_at <= now:
        raise Invalid(
            _("执行时间早于现在，来不及通知下游。"),
            place=_("执行时间"),
            remedy=_("请写今后的时刻，留出通知下游的时间。"),
            fields={"starts_at": _("请核对")},
        )


def demand_downstream(posts: Sequence[Post], operator: Post) -> None:
    """Refuse to let water out without anybody to warn below, or with only whoever opens the gates."""
    if not [post for post in posts if post.pk != operator.pk]:
        raise Invalid(
            _("没有选下游要通知的单位。"),
            place=_("下游单位"),
            remedy=_("请选沿河的乡镇、村和单位；它们先收到预警指令，复诵后才能执行。"),
            fields={"downstream": _("至少选一个")},
        )


def unaware(warnings: Sequence[Order]) -> list[Order]:
    """Those downstream of whom it is not known that they heard."""
    return [
        one for one in warnings if one.read_back_at is None or one.state == OrderState.DECLINED
    ]


def demand_aware(warnings: Sequence[Order], reached_otherwise: str) -> None:
    """Refuse to open gates over people who do not know, unless it is said how they were reached."""
    left = unaware(warnings)
    if left and not reached_otherwise.strip():
        raise IllegalMove(
            _("下游还有单位没有复诵：%(units)s。")
            % {"units": listed(str(one.to_body) for one in left)},
            place=_("下游知悉"),
            remedy=_("请电话联系；已经用别的办法通知到的，写明怎样通知、谁接的。"),
        )
