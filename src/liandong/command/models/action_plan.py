"""Action plans: what an incident is going to be dealt with by, period by period."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liandong.command.models.incident import Incident
from liandong.command.states import ActionPlanState
from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.kernel.visibility import Scoped


class ActionPlan(Scoped, Versioned):
    """处置方案: situation, aims, sectors, tasks, resources, safety, communications of one period.

    ``asked``: the posts that have to sign, as for a decision on the response; ``signatures`` as a
    decision's. ``follows`` is the one before, from which it was drafted.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    incident = models.ForeignKey(
        Incident, on_delete=models.PROTECT, related_name="action_plans"
    )
    number = models.PositiveIntegerField(_("期次"))
    follows = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="followers"
    )
    starts_at = models.DateTimeField(_("起"))
    ends_at = models.DateTimeField(_("止"))
    situation = models.TextField(_("情况"), blank=True)
    aims = models.TextField(_("目标"), blank=True)
    sectors = models.TextField(_("分区和编组"), blank=True)
    resources = models.TextField(_("力量和物资"), blank=True)
    safety = models.TextField(_("安全"), blank=True)
    communications = models.TextField(_("通信联络"), blank=True)
    state = models.CharField(
        _("状态"), max_length=20, choices=ActionPlanState, default=ActionPlanState.DRAFT
    )
    asked = models.JSONField(_("应签"), default=dict)
    signatures = models.JSONField(_("签署"), default=list)
    returned_reason = models.CharField(_("退回理由"), max_length=300, blank=True)
    drafted_by = models.CharField(_("拟稿"), max_length=120)
    drafted_at = models.DateTimeField(_("拟稿时间"))
    submitted_at = models.DateTimeField(_("报签时间"), null=True, blank=True)
    in_force_at = models.DateTimeField(_("签署时间"), null=True, blank=True)

    class Meta(Scoped.Meta):
        verbose_name = _("处置方案")
        constraints = [
            models.UniqueConstraint(fields=["incident", "number"], name="action_plans_counted"),
            models.UniqueConstraint(
                fields=["incident"],
                condition=Q(state=ActionPlanState.IN_FORCE),
                name="one_action_plan_in_force",
            ),
            models.UniqueConstraint(
                fields=["incident"],
                condition=Q(state__in=[ActionPlanState.DRAFT, ActionPlanState.SUBMITTED]),
                name="one_action_plan_being_written",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("starts_at")),
                name="action_plan_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return _("第%(number)d期处置方案") % {"number": self.number}

    @property
    def is_draft(self) -> bool:
        """Whether it may still be changed."""
        return self.state == ActionPlanState.DRAFT

    @property
    def is_in_force(self) -> bool:
        """Whether it is what the incident is dealt with by now."""
        return self.state == ActionPlanState.IN_FORCE


class PlanTask(models.Model):
    """方案任务: what a post has to do in the period; an order once it was made one.

    ``source`` says where a draft took it from. Changed by whoever has seen its plan's version.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    action_plan = models.ForeignKey(ActionPlan, on_delete=models.PROTECT, related_name="tasks")
    number = models.PositiveSmallIntegerField(_("序号"))
    post = models.ForeignKey(
        "organization.Post",
        verbose_name=_("责任岗位"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    responsible = models.CharField(_("责任"), max_length=200)
    words = models.TextField(_("任务"))
    due_at = models.DateTimeField(_("时限"), null=True, blank=True)
    source = models.CharField(_("来源"), max_length=120, blank=True)
    order = models.ForeignKey(
        "command.Order", null=True, on_delete=models.PROTECT, related_name="plan_tasks"
    )

    class Meta:
        verbose_name = _("方案任务")
        ordering = ["number", "id"]
        constraints = [
            models.UniqueConstraint(fields=["action_plan", "number"], name="plan_tasks_counted")
        ]

    def __str__(self) -> str:
        return self.words[:40]
