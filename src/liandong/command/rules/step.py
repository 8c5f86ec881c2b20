"""What may be done with a step while its plan is carried out."""

from liandong.command.models import Order
from liandong.command.queries.step import ORDERED, Offer
from liandong.kernel.problems import IllegalMove, Invalid
from liandong.kernel.wording import gettext as _
from liandong.plans.language import Step


def demand_ordered(step: Step) -> None:
    """Only what is ordered is given to somebody else; what is asked of a leader stays with them."""
    if step.do not in ORDERED:
        raise Invalid(
            _("这项措施不是指令，不能改派。"),
            place=step.text,
            remedy=_("请办结它并写明结果，或取消后另加一项措施。"),
        )


def demand_not_done(step: Step, order: Order | None) -> None:
    """Refuse to give somebody else what was carried out."""
    if order and order.is_done:
        raise IllegalMove(
            _("这项措施已经完成（%(order)s）。") % {"order": order},
            place=step.text,
            remedy=_("还要再做的，请增加一项措施。"),
        )


def demand_offered(order: Order, offer: Offer | None) -> Offer:
    """Refuse an alternative the plan does not have for this order, or does not have any more."""
    if offer is None:
        raise IllegalMove(
            _("预案没有为%(order)s写这个替代办法，或者它已经用过。") % {"order": order},
            place=str(order),
            remedy=_("请刷新后从列出的办法里选，或答复对案。"),
        )
    return offer
