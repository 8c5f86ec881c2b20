"""What becomes of a plan's steps besides orders of their own."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from liandong.command.models.incident import Incident
from liandong.command.models.order import Order
from liandong.command.states import TaskKind
from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.kernel.visibility import Scoped


class SharedStep(models.Model):
    """共用指令: a step that is served by the order of another run, because both want the same."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="shared")
    run = models.ForeignKey("plans.Run", on_delete=models.PROTECT, related_name="+")
    step = models.CharField(_("预案步骤"), max_length=64)
    turn = models.PositiveSmallIntegerField(_("轮次"), default=0)
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("共用指令")
        constraints = [
            models.UniqueConstraint(
                fields=["run", "step", "order"], name="one_sharing_a_step_and_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.order}"


class StepTask(Scoped, Versioned):
    """提请事项: what a plan asks of somebody and is no order: to consult, to decide, to be called out.

    Open until it is settled: by what was asked for, or by somebody who says what came of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="tasks")
    run = models.ForeignKey("plans.Run", on_delete=models.PROTECT, related_name="+")
    step = models.CharField(_("预案步骤"), max_length=64)
    turn = models.PositiveSmallIntegerField(_("轮次"), default=0)
    kind = models.CharField(_("类别"), max_length=20, choices=TaskKind)
    plan = models.CharField(_("预案"), max_length=64, blank=True)
    to_post = models.ForeignKey(
        "organization.Post",
        verbose_name=_("提请岗位"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    text = models.TextField(_("内容"))
    rung = models.PositiveSmallIntegerField(_("催办级次"), default=0)
    asked_at = models.DateTimeField(_("提请时间"))
    settled_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    settled_by = models.CharField(_("办结"), max_length=120, blank=True)
    outcome = models.TextField(_("结果"), blank=True)

    class Meta(Scoped.Meta):
        verbose_name = _("提请事项")
        constraints = [
            models.UniqueConstraint(
                fields=["run", "step", "turn"], name="one_task_a_step_and_turn"
            )
        ]

    def __str__(self) -> str:
        return _("%(kind)s：%(text)s") % {
            "kind": self.get_kind_display(),
            "text": self.text[:60],
        }

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to see to it."""
        return self.settled_at is None
