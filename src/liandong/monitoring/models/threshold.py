"""Bounds on series, and the times they were crossed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liandong.kernel.ids import uuid7
from liandong.monitoring.models.station import Series
from liandong.monitoring.signals.rain import HOURS
from liandong.monitoring.states import Level, SourceStatus, ThresholdKind


class Threshold(models.Model):
    """阈值: a bound, reached counts as crossed; over again only below the margin for the hold."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="thresholds")
    kind = models.CharField(_("类别"), max_length=20, choices=ThresholdKind)
    level = models.CharField(_("级别"), max_length=1, choices=Level)
    window_hours = models.PositiveSmallIntegerField(_("累计时段"), null=True, blank=True)
    bound = models.DecimalField(_("阈值"), max_digits=12, decimal_places=3)
    clear_margin = models.DecimalField(
        _("回落余量"), max_digits=12, decimal_places=3, default=0
    )
    hold_minutes = models.PositiveIntegerField(_("回落保持分钟"), default=0)
    # Who issues the warning that a crossing calls for.
    issuer = models.ForeignKey(
        "organization.Body", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    areas = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    status = models.CharField(_("依据"), max_length=10, choices=SourceStatus)
    cite = models.CharField(_("出处"), max_length=200, blank=True)
    is_active = models.BooleanField(_("启用"), default=True)

    class Meta:
        verbose_name = _("阈值")
        ordering = ["series", "bound"]
        constraints = [
            models.UniqueConstraint(fields=["series", "kind", "level"], name="threshold_once"),
            models.CheckConstraint(
                condition=Q(window_hours=None) | Q(window_hours__in=HOURS),
                name="threshold_window_known",
            ),
            models.CheckConstraint(condition=Q(clear_margin__gte=0), name="threshold_margin"),
        ]

    def __str__(self) -> str:
        kind = ThresholdKind(self.kind).label
        return f"{kind}{self.level}" if self.kind == ThresholdKind.RAINSTORM else str(kind)


class Crossing(models.Model):
    """越限: a time during which a series was over a bound, in one realm."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    realm = models.CharField(max_length=64, editable=False)
    threshold = models.ForeignKey(Threshold, on_delete=models.PROTECT, related_name="crossings")
    began_at = models.DateTimeField(_("开始"))
    value = models.DecimalField(_("起始值"), max_digits=14, decimal_places=3)
    peak = models.DecimalField(_("最大值"), max_digits=14, decimal_places=3)
    peak_at = models.DateTimeField(_("最大值时间"))
    low_since = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(_("结束"), null=True)
    value_at_end = models.DecimalField(max_digits=14, decimal_places=3, null=True)
    # Readings up to here are in it: what comes later continues it, what comes late recounts it.
    seen_until = models.DateTimeField()

    class Meta:
        verbose_name = _("越限")
        ordering = ["began_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["threshold", "realm"],
                condition=Q(ended_at=None),
                name="crossing_one_open",
            )
        ]
        indexes = [
            models.Index(fields=["realm", "threshold", "ended_at"], name="crossing_when")
        ]

    def __str__(self) -> str:
        return f"{self.threshold} {self.began_at:%F %T}"
