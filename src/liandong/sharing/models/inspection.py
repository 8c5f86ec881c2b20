"""Inspections of what is dangerous."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.sharing.models.record import Record


class Inspection(Versioned):
    """检查: somebody looked at a risk source; what was found, and by when it has to be mended."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="inspections")
    done_on = models.DateField(_("检查日期"))
    by = models.CharField(_("检查人"), max_length=100)
    found = models.TextField(_("发现的问题"), blank=True)
    mend_by = models.DateField(_("整改期限"), null=True)
    mended_on = models.DateField(_("整改完成"), null=True)
    mended = models.TextField(_("整改情况"), blank=True)
    entered_by = models.CharField(max_length=200, editable=False)

    class Meta:
        verbose_name = _("检查记录")
        indexes = [
            models.Index(fields=["record", "-done_on", "-id"], name="inspection_latest"),
            models.Index(
                fields=["mend_by"],
                name="inspection_open",
                condition=Q(mend_by__isnull=False, mended_on=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.done_on}"
