"""Upward reports, and the clocks that make them due."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liandong.command.models.incident import Incident
from liandong.command.models.response import Response
from liandong.command.states import Anchor, BasisStatus, Channel, ReportKind, ReportState
from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.kernel.visibility import Scoped
from liandong.kernel.wording import counted


class ReportClock(Versioned):
    """报告时限: for a hazard and a level, by when a report goes up, counted from which moment.

    Counties differ, so these are rows. ``hazard`` is the beginning of a class code; ``level`` of
    the response, blank for any, also before there is one. ``every_minutes`` for what returns.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    hazard = models.CharField(_("灾种代码"), max_length=20, blank=True)
    level = models.CharField(_("响应级别"), max_length=3, blank=True)
    kind = models.CharField(_("报告"), max_length=20, choices=ReportKind)
    channel = models.CharField(_("方式"), max_length=20, choices=Channel)
    anchor = models.CharField(_("起算"), max_length=20, choices=Anchor, default=Anchor.RECEIVED)
    minutes = models.PositiveIntegerField(_("时限（分钟）"), null=True, blank=True)
    every_minutes = models.PositiveIntegerField(_("间隔（分钟）"), null=True, blank=True)
    to = models.CharField(_("报送"), max_length=120)
    basis = models.CharField(_("依据"), max_length=300, blank=True)
    status = models.CharField(max_length=20, choices=BasisStatus, default=BasisStatus.ASSUMED)
    in_force = models.BooleanField(_("有效"), default=True)

    class Meta:
        verbose_name = _("报告时限")
        constraints = [
            models.UniqueConstraint(
                fields=["hazard", "level", "kind", "channel", "to"],
                condition=Q(in_force=True),
                name="one_clock_a_case",
            ),
            models.CheckConstraint(
                condition=Q(minutes__isnull=False) | Q(every_minutes__isnull=False),
                name="a_clock_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.get_channel_display()} {self.to}"


class Report(Scoped, Versioned):
    """信息报告: what the county tells its superior. Once sent it is never changed.

    ``elements``: name → text, or null where nobody could say (未问到). Figures of people go up
    and down; one that goes down carries its explanation (核减说明).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="reports")
    response = models.ForeignKey(
        Response, null=True, on_delete=models.PROTECT, related_name="reports"
    )
    clock = models.ForeignKey(
        ReportClock, null=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(_("报告"), max_length=20, choices=ReportKind)
    ordinal = models.PositiveIntegerField(_("次数"), default=0)
    channel = models.CharField(_("方式"), max_length=20, choices=Channel)
    to = models.CharField(_("报送"), max_length=120)
    counted = models.CharField(_("时限"), max_length=300, blank=True)
    every_minutes = models.PositiveIntegerField(_("间隔（分钟）"), null=True)
    counted_from = models.DateTimeField(_("起算时间"), null=True, blank=True)
    due_at = models.DateTimeField(_("限时"), null=True, blank=True)
    state = models.CharField(max_length=20, choices=ReportState, default=ReportState.DUE)
    elements = models.JSONField(_("要素"), default=dict)
    dead = models.PositiveIntegerField(_("死亡"), null=True, blank=True)
    missing = models.PositiveIntegerField(_("失联"), null=True, blank=True)
    injured = models.PositiveIntegerField(_("受伤"), null=True, blank=True)
    reduction_note = models.TextField(_("核减说明"), blank=True)
    text = models.TextField(_("正文"), blank=True)
    drafted_by = models.CharField(_("拟稿"), max_length=120, blank=True)
    drafted_at = models.DateTimeField(_("拟稿时间"), null=True, blank=True)
    review_by = models.ForeignKey(
        "organization.Post", null=True, on_delete=models.PROTECT, related_name="+"
    )
    review_at = models.DateTimeField(_("送审时间"), null=True, blank=True)
    signed_by = models.CharField(_("签发"), max_length=120, blank=True)
    sent_by = models.CharField(_("报出"), max_length=120, blank=True)
    taken_by = models.CharField(_("接收"), max_length=120, blank=True)
    sent_at = models.DateTimeField(_("报出时间"), null=True, blank=True)

    class Meta(Scoped.Meta):
        verbose_name = _("信息报告")
        indexes = [
            *Scoped.Meta.indexes,
            models.Index(fields=["realm", "state", "due_at"], name="report_due"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "kind", "ordinal", "channel", "to"], name="reports_counted"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """首报, 续报二, 终报."""
        if self.kind != ReportKind.FOLLOW_UP:
            return str(ReportKind(self.kind).label)
        return _("续报%(ordinal)s") % {"ordinal": counted(self.ordinal)}

    @property
    def is_sent(self) -> bool:
        """Whether it has gone up."""
        return self.state == ReportState.SENT
