"""Bulletins: what was compiled from a round, whom it was given to, and who signed for it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.sharing.models.round import Round
from liandong.sharing.states import BulletinState


class Bulletin(Versioned):
    """汇编: the registers as they stood when compiled, without what is sensitive.

    ``content``: by register, a row of each record (number, name, body, values). ``differences``:
    by register, what is new, changed and gone since ``previous``.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="bulletins")
    edition = models.PositiveIntegerField(_("稿次"))
    previous = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        _("状态"), max_length=12, choices=BulletinState, default=BulletinState.COMPILED
    )
    content = models.JSONField()
    differences = models.JSONField()
    without = models.CharField(_("未报单位的说明"), max_length=500, blank=True)
    compiled_at = models.DateTimeField(_("汇编时间"))
    compiled_by = models.CharField(max_length=200)
    compiler = models.CharField(max_length=36, blank=True)
    approved_at = models.DateTimeField(_("审批时间"), null=True)
    approved_by = models.CharField(max_length=200, blank=True)
    reason = models.CharField(_("未通过的理由"), max_length=500, blank=True)
    distributed_at = models.DateTimeField(_("分发时间"), null=True)

    class Meta:
        verbose_name = _("汇编")
        constraints = [
            models.UniqueConstraint(fields=["round", "edition"], name="bulletin_once")
        ]

    def __str__(self) -> str:
        return f"{self.round}"


class Receipt(models.Model):
    """签收: one unit a bulletin was given to, and when it signed for it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    bulletin = models.ForeignKey(Bulletin, on_delete=models.PROTECT, related_name="receipts")
    body = models.ForeignKey("organization.Body", on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(_("签收时间"), null=True)
    signed_by = models.CharField(_("签收人"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("签收")
        constraints = [
            models.UniqueConstraint(fields=["bulletin", "body"], name="bulletin_receipt_once")
        ]
        indexes = [
            models.Index(
                fields=["body"], name="bulletin_unsigned", condition=models.Q(signed_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.bulletin_id} {self.body_id}"
