"""Warnings with the eight elements of the law."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.kernel.visibility import Scoped
from liandong.monitoring.models.threshold import Crossing
from liandong.monitoring.states import Level, WarningState


class Warning(Scoped, Versioned):  # noqa: A001 -- the county's word for it
    """预警: proposed by a reading or a person, issued by a person; adjusting makes a new row."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    # The first warning's id, on every one that adjusted it.
    chain = models.UUIDField(editable=False, db_index=True)
    replaces = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="adjustments", editable=False
    )
    state = models.CharField(max_length=10, choices=WarningState, default=WarningState.DRAFT)
    hazard = models.CharField(_("灾种代码"), max_length=5)
    # 《突发事件应对法》第六十四条: the eight elements.
    category = models.CharField(_("类别"), max_length=40, blank=True)
    level = models.CharField(_("级别"), max_length=1, choices=Level, blank=True)
    starts_at = models.DateTimeField(_("起始时间"), null=True, blank=True)
    scope = models.TextField(_("可能影响范围"), blank=True)
    cautions = models.TextField(_("警示事项"), blank=True)
    measures = models.TextField(_("应采取的措施"), blank=True)
    issuing_body = models.ForeignKey(
        "organization.Body", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(_("发布时间"), null=True, blank=True)

    # Nothing ends by itself: when it is past, people are asked to prolong or to lift.
    expires_at = models.DateTimeField(_("预计有效至"), null=True, blank=True)

    areas = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    crossing = models.ForeignKey(
        Crossing, null=True, on_delete=models.PROTECT, related_name="warnings", editable=False
    )
    reason = models.TextField(_("理由"), blank=True)
    drafted_at = models.DateTimeField(editable=False)
    # Where the county wants a second person: who confirmed it when, and who is to approve.
    approver = models.ForeignKey(
        "organization.Post",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    submitted_at = models.DateTimeField(_("提请时间"), null=True, editable=False)
    submitted_by = models.CharField(_("提请人"), max_length=200, blank=True, editable=False)
    submitter = models.CharField(max_length=36, blank=True, editable=False)
    approved_by = models.CharField(_("批准人"), max_length=200, blank=True, editable=False)
    returned_reason = models.TextField(_("退回理由"), blank=True, editable=False)
    ended_at = models.DateTimeField(_("解除时间"), null=True)
    lifting_proposed_at = models.DateTimeField(null=True, editable=False)
    lifting_reason = models.TextField(_("解除理由"), blank=True)

    class Meta(Scoped.Meta):
        abstract = False
        verbose_name = _("预警")
        ordering = ["-id"]
        indexes = [
            *Scoped.Meta.indexes,
            models.Index(fields=["realm", "state"], name="warning_state"),
        ]
        constraints = [
            # Readings of many stations feed one proposal, not one each.
            models.UniqueConstraint(
                fields=["realm", "hazard", "issuing_body"],
                condition=Q(state=WarningState.DRAFT, crossing__isnull=False),
                nulls_distinct=False,
                name="warning_one_proposal",
            )
        ]

    def __str__(self) -> str:
        return _("%(category)s%(level)s预警") % {
            "category": self.category,
            "level": Level(self.level).label,
        }
