"""When an action plan may be changed, laid before those who sign, and carried out."""

from datetime import datetime

from liandong.command.models import ActionPlan, PlanTask
from liandong.kernel.problems import IllegalMove, Invalid
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed

# What the plan of a period has to say before anybody is asked to sign it.
WANTED = ("situation", "aims", "sectors", "safety", "communications")


def demand_draft(plan: ActionPlan) -> None:
    """Refuse to change what others are reading, or have signed."""
    if not plan.is_draft:
        raise IllegalMove(
            _("%(plan)s已经报签，不能再改。") % {"plan": plan},
            place=_("处置方案"),
            remedy=_("要改的请签署人退回，或起草下一期。"),
        )


def demand_none_written(before: ActionPlan | None) -> None:
    """Refuse to begin another while one is being written."""
    if before is not None:
        raise IllegalMove(
            _("%(plan)s还没有签署。") % {"plan": before},
            place=_("处置方案"),
            remedy=_("请先办完这一期，再起草下一期。"),
        )


def demand_period(starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    """Refuse a period that ends before it begins, or is over already."""
    if ends_at <= starts_at or ends_at <= now:
        raise Invalid(
            _("方案的时段已经过去，或止早于起。"),
            place=_("时段"),
            remedy=_("请核对起止时刻。"),
            fields={"ends_at": _("须晚于开始时刻和现在")},
        )


def demand_whole(plan: ActionPlan, tasks: int) -> None:
    """Refuse to lay before anybody what leaves out a part, or asks nobody to do anything."""
    missing = {
        name: plan._meta.get_field(name).verbose_name  # type: ignore[union-attr]
        for name in WANTED
        if not getattr(plan, name).strip()
    }
    if not tasks:
        missing["tasks"] = _("任务")
    if missing:
        raise Invalid(
            _("处置方案缺少：%(missing)s。") % {"missing": listed(missing.values())},
            place=str(plan),
            remedy=_("请补齐后再报签。"),
            fields={name: _("请填写这一项。") for name in missing},
        )


def demand_carried_out(plan: ActionPlan, task: PlanTask) -> None:
    """Refuse to order by a plan that is not in force, and a task twice."""
    if not plan.is_in_force:
        raise IllegalMove(
            _("%(plan)s不在执行中。") % {"plan": plan},
            place=_("处置方案"),
            remedy=_("请按执行中的一期下达。"),
        )
    if task.order_id:
        raise IllegalMove(
            _("这项任务已经下达为指令。"),
            place=str(plan),
            remedy=_("请刷新后看最新状态。"),
        )
