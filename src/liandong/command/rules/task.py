"""Who may say what came of what a plan asked for."""

from liandong.command.models import StepTask
from liandong.command.permissions import Permission
from liandong.command.queries.address import name_of
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Forbidden, IllegalMove
from liandong.kernel.wording import gettext as _


def demand_asked(actor: Actor, task: StepTask) -> None:
    """Only the post that was asked says so; the desk may write down what it was told."""
    own = f"post:{task.to_post_id}" in actor.scopes
    if not (own or actor.may(Permission.NOTE_DELIVERY)):
        raise Forbidden(
            _("这件事不是提请您所在岗位办的。"),
            place=str(task),
            remedy=_("请由“%(post)s”办理；电话答复由值班员代录。")
            % {"post": name_of(task.to_post)},
        )


def demand_open(task: StepTask) -> None:
    """Refuse what was settled before."""
    if not task.is_open:
        raise IllegalMove(
            _("这件事已经办结。"),
            place=str(task),
            remedy=_("结果是：%(outcome)s") % {"outcome": task.outcome},
        )
