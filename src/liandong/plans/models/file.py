"""Files that belong to a plan: what it was read from, letters, receipts, signed papers."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liandong.kernel.ids import uuid7
from liandong.kernel.visibility import Scoped
from liandong.plans.models.manuscript import Manuscript
from liandong.plans.models.plan import PlanVersion
from liandong.plans.states import PaperKind


class PlanFile(Scoped):
    """预案材料: a file of a version, or of the manuscript that was read from it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    plan_version = models.ForeignKey(
        PlanVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="files"
    )
    manuscript = models.ForeignKey(
        Manuscript, on_delete=models.PROTECT, null=True, blank=True, related_name="files"
    )
    file = models.OneToOneField("kernel.File", on_delete=models.PROTECT, related_name="+")
    what = models.CharField(_("是什么"), max_length=20, choices=PaperKind)
    caption = models.CharField(_("说明"), max_length=200, blank=True)
    by = models.CharField(_("交件"), max_length=200)
    at = models.DateTimeField(_("收存时间"))

    class Meta(Scoped.Meta):
        verbose_name = _("预案材料")
        indexes = [
            *Scoped.Meta.indexes,
            models.Index(fields=["plan_version", "at"], name="plan_files_listed"),
            models.Index(fields=["manuscript", "at"], name="manuscript_files_listed"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(plan_version=None) ^ Q(manuscript=None),
                name="plan_file_belongs_once",
            )
        ]

    def __str__(self) -> str:
        return self.caption or str(self.file)
