"""Who answers a round of nil reports, and what an answer must say."""

from liandong.command.models import NilReturn
from liandong.command.permissions import Permission
from liandong.command.states import NilReturnState
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Forbidden, Invalid
from liandong.kernel.wording import gettext as _


def is_own_return(actor: Actor, row: NilReturn) -> bool:
    """Say whether the actor sits at the post that was asked, or in its body."""
    posts = {actor.post, actor.acting_for} - {""}
    return str(row.post_id) in posts or f"body:{row.body_id}" in actor.scopes


def demand_own_return(actor: Actor, row: NilReturn) -> None:
    """Only who was asked answers; the desk may write down what was told by telephone."""
    if not (is_own_return(actor, row) or actor.may(Permission.NOTE_DELIVERY)):
        raise Forbidden(
            _("这份零报告不是要您所在单位报的。"),
            place=str(row),
            remedy=_("请由“%(unit)s”报送；电话报的由值班员代录。") % {"unit": row.body},
        )


def demand_news(state: NilReturnState, text: str) -> None:
    """What is not well has to be said; awaited is no answer."""
    if state == NilReturnState.AWAITED:
        raise Invalid(
            _("请选平安还是有情况。"),
            place=_("零报告"),
            remedy=_("没有情况也要报。"),
            fields={"state": _("请选择")},
        )
    if state == NilReturnState.NEWS and not text.strip():
        raise Invalid(
            _("报了有情况，没有写是什么情况。"),
            place=_("情况"),
            remedy=_("请写何处、何事、多少人；没问到的写“未问到”。"),
            fields={"text": _("请写情况")},
        )
