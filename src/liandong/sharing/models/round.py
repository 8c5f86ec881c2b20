"""Rounds of reporting: what an office asked for, and what each unit returned."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.sharing.states import ReturnState


class Round(Versioned):
    """报送: an office asks units to bring their part of some registers up to date by a time."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    title = models.CharField(_("标题"), max_length=200)
    office = models.ForeignKey("organization.Body", on_delete=models.PROTECT, related_name="+")
    kinds = ArrayField(models.CharField(max_length=30))
    note = models.TextField(_("要求"), blank=True)
    opened_at = models.DateTimeField(_("布置时间"))
    due_at = models.DateTimeField(_("报送期限"))
    opened_by = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("报送")
        indexes = [models.Index(fields=["-opened_at", "-id"], name="round_latest")]

    def __str__(self) -> str:
        return self.title


class Return(Versioned):
    """报送单: one unit's answer in a round. ``counts`` is what it vouched for, by register."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="returns")
    body = models.ForeignKey("organization.Body", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        _("状态"), max_length=10, choices=ReturnState, default=ReturnState.AWAITED
    )
    is_nil = models.BooleanField(_("零报告"), default=False)
    counts = models.JSONField(default=dict)
    note = models.TextField(_("说明"), blank=True)
    submitted_at = models.DateTimeField(_("报送时间"), null=True)
    submitted_by = models.CharField(max_length=200, blank=True)
    is_late = models.BooleanField(_("逾期"), default=False)
    reason = models.CharField(_("退回理由"), max_length=500, blank=True)
    sent_back = models.PositiveSmallIntegerField(_("退回次数"), default=0)

    class Meta:
        verbose_name = _("报送单")
        constraints = [
            models.UniqueConstraint(fields=["round", "body"], name="return_once"),
        ]
        indexes = [models.Index(fields=["body", "state"], name="return_of_body")]

    def __str__(self) -> str:
        return f"{self.round}"
