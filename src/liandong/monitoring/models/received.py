"""Warnings of others: the message byte for byte, and each alert in it as it was understood."""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.kernel.visibility import Scoped
from liandong.monitoring.models.warning import Warning  # noqa: A004 -- the county's word for it
from liandong.monitoring.states import CameBy, Level, Standing


class Original(models.Model):
    """原文: what came in, byte for byte; the journal holds its digest."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    realm = models.CharField(max_length=64, editable=False)
    body = models.BinaryField()
    digest = models.CharField(max_length=64, editable=False)
    size = models.PositiveIntegerField(editable=False)
    shape = models.CharField(_("格式"), max_length=20)
    outcome = models.CharField(max_length=10)
    came_by = models.CharField(_("收到方式"), max_length=10, choices=CameBy)
    source = models.CharField(_("来源"), max_length=200)
    received_at = models.DateTimeField(_("收到时间"))
    # What is wrong with the whole; what is wrong with an alert stands beside it.
    problems = models.JSONField(default=list)

    class Meta:
        verbose_name = _("原文")
        constraints = [
            models.UniqueConstraint(fields=["realm", "digest"], name="original_once")
        ]

    def __str__(self) -> str:
        return f"{self.shape} {self.digest[:12]}"


class Received(Scoped, Versioned):
    """收到的预警: one alert of a message, what it continues, and whether it stands."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    original = models.ForeignKey(Original, on_delete=models.PROTECT, related_name="alerts")
    number = models.PositiveSmallIntegerField(default=0)
    # The first alert's id, on everything that updated or cancelled it.
    chain = models.UUIDField(editable=False, db_index=True)
    standing = models.CharField(_("状态"), max_length=10, choices=Standing)
    identifier = models.CharField(_("编号"), max_length=300, blank=True, db_index=True)
    references = ArrayField(models.CharField(max_length=300), default=list)
    sender = models.CharField(_("发布单位"), max_length=300, blank=True)
    kind = models.CharField(max_length=20, blank=True)
    status = models.CharField(max_length=20, blank=True)
    hazard = models.CharField(_("灾种代码"), max_length=5, blank=True)
    category = models.CharField(_("类别"), max_length=200, blank=True)
    level = models.CharField(_("级别"), max_length=1, choices=Level, blank=True)
    headline = models.TextField(_("标题"), blank=True)
    scope = models.TextField(_("可能影响范围"), blank=True)
    sent_at = models.DateTimeField(_("发布时间"), null=True)
    ends_at = models.DateTimeField(_("失效时间"), null=True)
    is_end_assumed = models.BooleanField(default=False)
    concerns_us = models.BooleanField(_("涉及本县"), null=True)
    signature = models.CharField(_("签名"), max_length=20, default="unsigned")
    signer = models.CharField(max_length=300, blank=True)
    said = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    received_at = models.DateTimeField(_("收到时间"))
    noted_at = models.DateTimeField(_("知悉时间"), null=True)
    noted_by = models.CharField(_("知悉人"), max_length=100, blank=True)
    draft = models.ForeignKey(
        Warning, null=True, on_delete=models.PROTECT, related_name="received", editable=False
    )

    class Meta(Scoped.Meta):
        abstract = False
        verbose_name = _("收到的预警")
        ordering = ["-id"]
        indexes = [
            *Scoped.Meta.indexes,
            GinIndex(fields=["references"], name="received_references"),
            models.Index(fields=["realm", "standing"], name="received_standing"),
        ]

    def __str__(self) -> str:
        return self.headline or self.category or self.identifier or str(_("读不懂的预警"))

    def is_over(self, now: datetime) -> bool:
        """Whether it has run out, by its own word or by what is assumed where it says nothing."""
        return bool(self.ends_at and self.ends_at <= now)
