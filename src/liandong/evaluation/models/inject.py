"""The script of a drill."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from liandong.evaluation.models.drill import Drill
from liandong.evaluation.states import InjectKind, InjectState, Trigger
from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.organization.models import Post


class Inject(Versioned):
    """情景注入: what the players are told, when, and what they are expected to do upon it.

    ``data`` is what its kind needs besides: a caller, a fact, a reading. ``condition`` and
    ``expects`` are names of entries of the drill's journal.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    drill = models.ForeignKey(Drill, on_delete=models.CASCADE, related_name="injects")
    number = models.PositiveSmallIntegerField(_("序号"))
    kind = models.CharField(_("方式"), max_length=20, choices=InjectKind)
    title = models.CharField(_("标题"), max_length=120)
    text = models.TextField(_("内容"))
    to_post = models.ForeignKey(
        Post, verbose_name=_("岗位"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    data = models.JSONField(default=dict)
    trigger = models.CharField(_("何时注入"), max_length=20, choices=Trigger)
    at_minutes = models.PositiveIntegerField(_("开始后分钟"), null=True)
    condition = models.CharField(_("条件"), max_length=80, blank=True)
    expects = models.CharField(_("应有的动作"), max_length=80, blank=True)
    expects_words = models.CharField(_("动作要求"), max_length=200, blank=True)
    within_minutes = models.PositiveIntegerField(_("限时分钟"), null=True)
    state = models.CharField(
        _("状态"), max_length=20, choices=InjectState, default=InjectState.WAITING
    )
    delivered_at = models.DateTimeField(_("注入时间"), null=True)
    delivered_by = models.CharField(_("注入人"), max_length=120, blank=True)
    trouble = models.CharField(_("原因"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("情景注入")
        constraints = [
            models.UniqueConstraint(fields=["drill", "number"], name="inject_number"),
            models.CheckConstraint(
                condition=~models.Q(trigger=Trigger.TIME) | models.Q(at_minutes__isnull=False),
                name="inject_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(trigger=Trigger.EVENT) | ~models.Q(condition=""),
                name="inject_condition",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def clock(self) -> str:
        """When it is due on the drill's clock, as T+01:30; empty where time does not make it due."""
        if self.at_minutes is None:
            return ""
        return f"T+{self.at_minutes // 60:02}:{self.at_minutes % 60:02}"
