"""Drills, and who takes part in them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from liandong.command.models import Incident
from liandong.evaluation.states import UNDER_WAY, DrillKind, DrillState, Part
from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.kernel.visibility import Scoped
from liandong.organization.models import Person
from liandong.plans.models import PlanVersion

FASTEST = 60


class Drill(Scoped, Versioned):
    """演练: an emergency that is played. ``realm`` is its own, opened when it starts.

    Planned and evaluated from what is real, steered within; therefore seen from both. ``told_from``
    is what its clock shows at the start, none for the hour of the start; ``rate`` how fast it goes.
    ``became`` is the real incident it was broken off for.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(_("演练名称"), max_length=120)
    kind = models.CharField(_("方式"), max_length=20, choices=DrillKind)
    plans = models.ManyToManyField(PlanVersion, verbose_name=_("检验的预案"), related_name="+")
    objectives = models.TextField(_("目标"))
    planned_for = models.DateTimeField(_("计划时间"))
    told_from = models.DateTimeField(_("演练时钟起点"), null=True)
    rate = models.PositiveSmallIntegerField(_("时钟倍速"), default=1)
    state = models.CharField(
        _("状态"), max_length=20, choices=DrillState, default=DrillState.PLANNED
    )
    planned_by = models.CharField(_("制定人"), max_length=120)
    started_at = models.DateTimeField(_("开始时间"), null=True)
    began_at = models.DateTimeField(_("演练时钟开始"), null=True)
    ended_at = models.DateTimeField(_("结束时间"), null=True)
    words = models.TextField(_("结束说明"), blank=True)
    became = models.ForeignKey(
        Incident,
        verbose_name=_("转为的事件"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    conclusion = models.TextField(_("总结"), blank=True)
    reported_by = models.CharField(_("总结人"), max_length=120, blank=True)

    class Meta(Scoped.Meta):
        verbose_name = _("演练")
        constraints = [
            models.UniqueConstraint(fields=["realm"], name="drill_realm_of_its_own"),
            models.CheckConstraint(
                condition=models.Q(rate__gte=1, rate__lte=FASTEST), name="drill_rate"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_under_way(self) -> bool:
        """Whether its realm is open."""
        return self.state in UNDER_WAY

    @property
    def aims(self) -> list[str]:
        """The objectives, one by one."""
        return [line.strip() for line in self.objectives.splitlines() if line.strip()]


class Enrolment(models.Model):
    """参加人员: somebody in a drill. ``may_be_mailed``: the drill's letters go to their mailboxes."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    drill = models.ForeignKey(Drill, on_delete=models.CASCADE, related_name="enrolments")
    person = models.ForeignKey(
        Person, verbose_name=_("人员"), on_delete=models.PROTECT, related_name="+"
    )
    part = models.CharField(_("角色"), max_length=20, choices=Part)
    may_be_mailed = models.BooleanField(_("可以外发邮件"), default=False)

    class Meta:
        verbose_name = _("演练参加人员")
        constraints = [
            models.UniqueConstraint(fields=["drill", "person"], name="enrolment_once")
        ]

    def __str__(self) -> str:
        return f"{self.person}（{self.get_part_display()}）"
