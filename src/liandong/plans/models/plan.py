"""Versions of plans, what is known about a subject, and runs."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.kernel.visibility import Scoped
from liandong.plans.states import ChangeKind, PlanKind, RunState, VersionState, Way

LEVELS = [("I", _("Ⅰ级")), ("II", _("Ⅱ级")), ("III", _("Ⅲ级")), ("IV", _("Ⅳ级"))]


class PlanVersion(Versioned):
    """预案版本: one text of a plan. The same in every realm; edited only while it is a draft.

    ``round`` rises each time it goes back to its draft: what was said in an earlier one no longer counts.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(_("预案代号"), max_length=64)
    number = models.PositiveIntegerField(_("版次"))
    title = models.CharField(_("名称"), max_length=200)
    hazard = models.CharField(_("灾种"), max_length=64)
    text = models.TextField(_("文本"))
    document = models.JSONField(_("内容"), default=dict)
    digest = models.CharField(_("摘要"), max_length=64)
    state = models.CharField(
        _("状态"), max_length=20, choices=VersionState, default=VersionState.DRAFT
    )
    in_force_from = models.DateTimeField(_("施行时间"), null=True, blank=True)
    superseded_at = models.DateTimeField(_("废止时间"), null=True, blank=True)
    drafted_at = models.DateTimeField(_("起草时间"))
    round = models.PositiveIntegerField(_("轮次"), default=1)
    way = models.CharField(_("程序"), max_length=10, choices=Way, default=Way.FULL)
    way_reason = models.CharField(_("适用简易程序的理由"), max_length=500, blank=True)
    issued_on = models.DateField(_("印发日期"), null=True, blank=True)
    issue_number = models.CharField(_("文号"), max_length=100, blank=True)
    repeal_reason = models.CharField(_("废止的理由"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("预案版本")
        constraints = [
            models.UniqueConstraint(fields=["key", "number"], name="plan_versions_counted"),
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(state=VersionState.IN_FORCE),
                name="one_version_in_force",
            ),
        ]

    def __str__(self) -> str:
        return _("%(title)s第 %(number)d 版") % {"title": self.title, "number": self.number}

    @property
    def kind(self) -> PlanKind:
        """What it is in the county's system of plans."""
        return PlanKind(self.document["kind"])


class FactValue(Scoped):
    """事实的值: what somebody said about a subject; of several the one observed last counts.

    ``value`` is a JSON scalar, decimals as text; null takes back what was said before.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject_kind = models.CharField(max_length=100)
    subject_id = models.CharField(max_length=64)
    name = models.CharField(_("事实"), max_length=64)
    value = models.JSONField(_("值"), null=True)
    observed_at = models.DateTimeField(_("观测时间"))
    source = models.CharField(_("来源"), max_length=200)
    confirmed_by = models.CharField(_("确认人"), max_length=200, blank=True)
    recorded_at = models.DateTimeField(_("记入时间"))

    class Meta(Scoped.Meta):
        verbose_name = _("事实的值")
        indexes = [
            *Scoped.Meta.indexes,
            models.Index(
                fields=["realm", "subject_kind", "subject_id", "name", "-observed_at"],
                name="fact_latest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}={self.value}"


class Run(Scoped, Versioned):
    """预案执行: a version of a plan bound to a warning, an incident or a drill, at a level.

    It paces; it does not know what was done. A step's state is that of its live order.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    plan_version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="runs")
    subject_kind = models.CharField(max_length=100)
    subject_id = models.CharField(max_length=64)
    incident = models.CharField(max_length=64, blank=True)
    level = models.CharField(_("级别"), max_length=3, choices=LEVELS)
    state = models.CharField(
        _("状态"), max_length=20, choices=RunState, default=RunState.RUNNING
    )
    started_at = models.DateTimeField(_("开始时间"))
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True)

    class Meta(Scoped.Meta):
        verbose_name = _("预案执行")
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "plan_version", "subject_kind", "subject_id"],
                condition=Q(state=RunState.RUNNING),
                name="one_run_a_subject",
            )
        ]

    def __str__(self) -> str:
        return _("%(plan)s%(level)s执行") % {
            "plan": self.plan_version.title,
            "level": self.get_level_display(),
        }


class RunStep(models.Model):
    """措施调整: where a run departs from its plan, and why. No state: that is its order's."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="changes")
    step_id = models.CharField(_("措施"), max_length=64)
    kind = models.CharField(_("调整"), max_length=20, choices=ChangeKind)
    definition = models.JSONField(_("措施内容"), default=dict)
    reason = models.CharField(_("理由"), max_length=500)
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("措施调整")
        indexes = [models.Index(fields=["run", "at"], name="change_of_run")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}{self.step_id}"
