"""Who may hand on what came in, and who answers for it meanwhile."""

from datetime import timedelta

from liandong.command.models import Transfer
from liandong.command.permissions import Permission
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Forbidden, Invalid
from liandong.kernel.wording import gettext as _
from liandong.organization.models import Body

# Nobody has taken it over for so long: they are reminded, then the next is told besides.
ANSWER_WITHIN = timedelta(minutes=10)


def is_receiver(actor: Actor, transfer: Transfer) -> bool:
    """Say whether it was handed to the actor's post or body."""
    posts = {actor.post, actor.acting_for} - {""}
    return str(transfer.to_post_id) in posts or f"body:{transfer.to_body_id}" in actor.scopes


def demand_receiver(actor: Actor, transfer: Transfer, told_by: str) -> bool:
    """Only whoever it was handed to answers; the desk may write down who said so by telephone.

    Returns whether it is written down for somebody else.
    """
    if is_receiver(actor, transfer):
        return False
    if not actor.may(Permission.TAKE_SIGNAL):
        raise Forbidden(
            _("这件移送不是交给您所在单位的。"),
            place=str(transfer),
            remedy=_("请由“%(unit)s”答复；电话答复由值班员代录。") % {"unit": transfer.to_body},
        )
    if not told_by.strip():
        raise Invalid(
            _("代录没有写对方是谁答复的。"),
            place=_("对方答复人"),
            remedy=_("请写对方的姓名、职务。"),
            fields={"told_by": _("请填写对方答复人")},
        )
    return True


def demand_elsewhere(actor: Actor, to: Body) -> None:
    """Refuse to hand on to oneself."""
    if str(to.pk) == actor.body:
        raise Invalid(
            _("不能移送给自己的单位。"),
            place=_("移送单位"),
            remedy=_("自己办的请直接登记。"),
            fields={"to_body": _("请选别的单位")},
        )
