"""Readings, and the batches they came in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from liandong.kernel.ids import uuid7
from liandong.monitoring.models.station import Series
from liandong.monitoring.states import Quality


class Batch(models.Model):
    """一批读数: what a source sent at once. The root in the journal makes each reading evidence."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    realm = models.CharField(max_length=64, editable=False)
    source = models.CharField(_("来源"), max_length=100)
    received_at = models.DateTimeField(_("收到时间"))
    count = models.PositiveIntegerField(_("入库条数"))
    duplicates = models.PositiveIntegerField(_("重复条数"))
    rejected = models.PositiveIntegerField(_("拒收条数"))
    refusals = models.JSONField(_("拒收明细"), default=list)
    algorithm = models.CharField(max_length=20)
    root = models.CharField(max_length=128)

    class Meta:
        verbose_name = _("读数批次")
        ordering = ["-id"]
        verbose_name_plural = "batches"

    def __str__(self) -> str:
        return f"{self.source} {self.received_at:%F %T}"


class Reading(models.Model):
    """读数: what a station measured. Rain is what fell in the step that ended at ``at``."""

    id = models.BigAutoField(primary_key=True)
    realm = models.CharField(max_length=64)
    # No constraint in the database: it asks for the parent row by row and halves the rate of
    # COPY; both parents are written by this app alone, and never deleted.
    series = models.ForeignKey(
        Series, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    at = models.DateTimeField(_("时间"))
    value = models.DecimalField(_("数值"), max_digits=12, decimal_places=3)
    received_at = models.DateTimeField(_("收到时间"))
    batch = models.ForeignKey(
        Batch, on_delete=models.PROTECT, related_name="readings", db_constraint=False
    )
    quality = models.CharField(_("质量"), max_length=10, choices=Quality, default=Quality.GOOD)

    class Meta:
        verbose_name = _("读数")
        constraints = [
            models.UniqueConstraint(fields=["realm", "series", "at"], name="reading_once")
        ]

    def __str__(self) -> str:
        return f"{self.at:%F %T} {self.value}"
