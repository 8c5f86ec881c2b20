"""What came in by spreadsheet: which file, by whom, and how much of it was new."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from liandong.kernel.ids import uuid7
from liandong.organization.states import IntakeKind


class Intake(models.Model):
    """表格导入: one spreadsheet taken in, as the journal keeps each of its rows."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(_("内容"), max_length=20, choices=IntakeKind)
    name = models.CharField(_("文件名"), max_length=200)
    digest = models.CharField(_("摘要"), max_length=64)
    new = models.PositiveIntegerField(_("新增"))
    changed = models.PositiveIntegerField(_("变更"))
    unchanged = models.PositiveIntegerField(_("不变"))
    taken_at = models.DateTimeField(_("导入时间"))
    by = models.CharField(_("导入人"), max_length=200)

    class Meta:
        verbose_name = _("表格导入")
        indexes = [models.Index(fields=["kind", "-taken_at"], name="intake_latest")]

    def __str__(self) -> str:
        return self.name
