"""Manuscripts: texts of plans as they are being written, and each change of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.plans.models.plan import PlanVersion
from liandong.plans.states import ManuscriptState


class Manuscript(Versioned):
    """预案文稿: the text of a plan as it is being written; it may be unfinished, even unreadable.

    Its version is the number of its last change. ``readable_text`` is the last text of it that
    could be read at all, ``guesses`` what of a paper has still to be confirmed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(_("预案代号"), max_length=64, blank=True)
    title = models.CharField(_("名称"), max_length=200, blank=True)
    text = models.TextField(_("文本"), blank=True)
    readable_text = models.TextField(blank=True)
    guesses = models.JSONField(_("待确认"), default=list, blank=True)
    draft = models.ForeignKey(
        PlanVersion,
        verbose_name=_("草案"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="manuscripts",
    )
    based_on = models.ForeignKey(
        PlanVersion,
        verbose_name=_("依据版本"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="revisions",
    )
    state = models.CharField(
        _("状态"), max_length=20, choices=ManuscriptState, default=ManuscriptState.OPEN
    )
    reason = models.CharField(_("废弃理由"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("起草时间"))
    created_by = models.CharField(_("起草人"), max_length=200)
    changed_at = models.DateTimeField(_("修改时间"))
    changed_by = models.CharField(_("修改人"), max_length=200)

    class Meta:
        verbose_name = _("预案文稿")

    def __str__(self) -> str:
        return _("%(title)s文稿") % {"title": self.title or _("未命名预案")}


class ManuscriptChange(models.Model):
    """文稿改动: what was changed, by whom, and the text after it.

    Never edited, but for ``is_undone``, and that of an old change the text is no longer kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    manuscript = models.ForeignKey(Manuscript, on_delete=models.PROTECT, related_name="changes")
    number = models.PositiveIntegerField(_("序号"))
    text = models.TextField(_("文本"), blank=True)
    what = models.CharField(_("改动"), max_length=300)
    holder = models.CharField(max_length=100)
    by = models.CharField(_("改动人"), max_length=200)
    at = models.DateTimeField(_("时间"))
    is_edit = models.BooleanField(default=True)
    is_undone = models.BooleanField(_("已撤销"), default=False)

    class Meta:
        verbose_name = _("文稿改动")
        constraints = [
            models.UniqueConstraint(
                fields=["manuscript", "number"], name="manuscript_changes_counted"
            )
        ]

    def __str__(self) -> str:
        return self.what
