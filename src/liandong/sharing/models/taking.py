"""Many records at once: which file they came in by."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from liandong.kernel.ids import uuid7


class Taking(models.Model):
    """一次导入: a file of records taken in, all or nothing."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(_("登记簿"), max_length=30)
    source = models.CharField(_("来源"), max_length=200)
    digest = models.CharField(_("摘要"), max_length=64, blank=True)
    new = models.PositiveIntegerField(_("新增"))
    changed = models.PositiveIntegerField(_("变更"))
    same = models.PositiveIntegerField(_("核实"))
    at = models.DateTimeField(_("导入时间"))
    by = models.CharField(_("导入人"), max_length=200)
    undoes = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="undone_by"
    )

    class Meta:
        verbose_name = _("登记簿导入")
        indexes = [
            models.Index(fields=["kind", "-at"], name="taking_latest"),
            models.Index(fields=["digest"], name="taking_of_file"),
        ]

    def __str__(self) -> str:
        return self.source
