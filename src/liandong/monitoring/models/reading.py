"""Readings, what they were before they were corrected, and the batches they came in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from liandong.kernel.ids import uuid7
from liandong.monitoring.models.station import Series
from liandong.monitoring.signals.quality import Flag
from liandong.monitoring.states import FLAGS, Quality


class Batch(models.Model):
    """一批读数: what a source sent at once. The root in the journal makes each reading evidence."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    realm = models.CharField(max_length=64, editable=False)
    source = models.CharField(_("来源"), max_length=100)
    sender = models.UUIDField(null=True, editable=False)  # the account it came from
    received_at = models.DateTimeField(_("收到时间"))
    count = models.PositiveIntegerField(_("入库条数"))
    corrected = models.PositiveIntegerField(_("更正条数"), default=0)
    suspect = models.PositiveIntegerField(_("存疑条数"), default=0)
    duplicates = models.PositiveIntegerField(_("重复条数"))
    rejected = models.PositiveIntegerField(_("拒收条数"))
    refusals = models.JSONField(_("拒收明细"), default=list)
    algorithm = models.CharField(max_length=20)
    root = models.CharField(max_length=128)
    # Between which its readings lie: whoever looks for them need not look through all days.
    first_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("读数批次")
        ordering = ["-id"]
        verbose_name_plural = "batches"
        indexes = [models.Index(fields=["sender", "-received_at"], name="batch_of_sender")]

    def __str__(self) -> str:
        return f"{self.source} {self.received_at:%F %T}"


class Said(models.Model):
    """What a station measured and how far it is trusted. Rain is what fell in the step that ended at ``at``."""

    realm = models.CharField(max_length=64)
    # No constraints in the database: it asks for the parent row by row and halves the rate of
    # COPY; both parents are written by this app alone, and never deleted.
    series = models.ForeignKey(
        Series, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    at = models.DateTimeField(_("时间"))
    value = models.DecimalField(_("数值"), max_digits=12, decimal_places=3)
    received_at = models.DateTimeField(_("收到时间"))
    quality = models.CharField(_("质量"), max_length=10, choices=Quality, default=Quality.GOOD)
    flags = models.SmallIntegerField(_("标记"), default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.at:%F %T} {self.value}"

    @property
    def flagged(self) -> list[str]:
        """The flags by name."""
        return [str(FLAGS[flag]) for flag in Flag if self.flags & flag]


class Reading(Said):
    """读数, as it is held to be now. In parts by days of 08–08 (UTC days), older years in one each."""

    pk = models.CompositePrimaryKey("realm", "series", "at")
    batch = models.ForeignKey(
        Batch, on_delete=models.PROTECT, related_name="readings", db_constraint=False
    )

    class Meta:
        verbose_name = _("读数")


class ReadingVersion(Said):
    """更正前的读数: a value that another one stands in for since. Its batch still vouches for it."""

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(
        Batch, on_delete=models.PROTECT, related_name="versions", db_constraint=False
    )
    replaced_at = models.DateTimeField(_("更正时间"))
    replaced_by = models.ForeignKey(
        Batch, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )

    class Meta:
        verbose_name = _("读数旧值")
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["realm", "series", "at"], name="readingversion_of")]


class Latest(models.Model):
    """最新读数: what a series said last, and the last of it that is trusted; nobody reads all days for it."""

    pk = models.CompositePrimaryKey("realm", "series")
    realm = models.CharField(max_length=64)
    series = models.ForeignKey(
        Series, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    said_at = models.DateTimeField()
    said_value = models.DecimalField(max_digits=12, decimal_places=3)
    said_quality = models.CharField(max_length=10, choices=Quality)
    said_flags = models.SmallIntegerField(default=0)
    at = models.DateTimeField(null=True)
    value = models.DecimalField(max_digits=12, decimal_places=3, null=True)
    # How many equal readings stand at the end; 0 where nobody has counted.
    run = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("最新读数")

    def __str__(self) -> str:
        return f"{self.said_at:%F %T} {self.said_value}"
