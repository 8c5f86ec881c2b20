"""Who may say how a drill went, and what has to be said."""

from datetime import date

from liandong.evaluation import queries
from liandong.evaluation.models import Drill, Improvement
from liandong.evaluation.states import STAFF, DrillState
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Forbidden, IllegalMove, Invalid
from liandong.kernel.wording import gettext as _


def demand_staff(actor: Actor, drill: Drill) -> None:
    """Only whoever is on the list as controller or evaluator says how it went."""
    if queries.part_in(drill, actor) not in STAFF:
        raise Forbidden(
            _("只有这场演练的评估和导调人员能办。"),
            place=str(drill),
            remedy=_("请由名单上的评估人员办理，或请制定人把您列为评估。"),
        )


def demand_begun(drill: Drill) -> None:
    """Nothing is seen of a drill that has not begun."""
    if drill.began_at is None:
        raise IllegalMove(
            _("演练“%(drill)s”%(state)s，还没有可以评估的。")
            % {"drill": drill, "state": drill.get_state_display()},
            remedy=_("请先开始演练。"),
        )


def demand_over(drill: Drill) -> None:
    """A drill is judged as a whole when it is over."""
    if drill.state not in (DrillState.ENDED, DrillState.REPORTED):
        raise IllegalMove(
            _("演练“%(drill)s”%(state)s，结束后才能评定。")
            % {"drill": drill, "state": drill.get_state_display()},
            remedy=_("请先结束演练。"),
        )


def demand_unreported(drill: Drill) -> None:
    """What the report was written on stays as it was."""
    if drill.state == DrillState.REPORTED:
        raise IllegalMove(
            _("演练“%(drill)s”已评估，记录不再改动。") % {"drill": drill},
            remedy=_("要补充的，请写成整改，或写进下一次演练。"),
        )


def demand_every_aim(drill: Drill, rated: set[int]) -> None:
    """The report says of each objective whether it was met."""
    for number, aim in enumerate(drill.aims, 1):
        if number not in rated:
            raise IllegalMove(
                _("目标“%(aim)s”还没有评定。") % {"aim": aim[:60]},
                place=str(drill),
                remedy=_("请在评估报告页逐条评定目标。"),
            )


def demand_day_ahead(due_on: date, today: date) -> None:
    """Nobody can have mended it yesterday."""
    if due_on < today:
        wrong = _("期限不能早于今天。")
        raise Invalid(
            _("整改期限不对。"), place=_("整改期限"), remedy=wrong, fields={"due_on": wrong}
        )


def demand_owner(actor: Actor, improvement: Improvement) -> None:
    """Whoever sits in the owner's chair reports that it is done."""
    if f"post:{improvement.owner_id}" not in actor.scopes:
        raise Forbidden(
            _("这项整改由“%(post)s”办。")
            % {"post": f"{improvement.owner.body} {improvement.owner}"},
            remedy=_("请由责任岗位办理。"),
        )


def demand_another(actor: Actor, improvement: Improvement) -> None:
    """Nobody checks their own work."""
    if actor.person and actor.person == improvement.done_by_person:
        raise Forbidden(_("不能核验自己办的整改。"), remedy=_("请由另一位有权限的人员核验。"))
