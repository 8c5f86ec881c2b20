"""Upward reports, and the clocks that make them due."""

from math import ceil

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from liandong.command.models.incident import Incident
from liandong.command.models.response import Response
from liandong.command.states import (
    Anchor,
    BasisStatus,
    Channel,
    ReportKind,
    ReportState,
    Severity,
)
from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.kernel.visibility import Scoped
from liandong.kernel.wording import counted


class ReportClock(Versioned):
    """报告时限: for a hazard, severity and level, by when a report goes up, counted from which moment.

    Counties differ, so these are rows. ``hazard`` is the beginning of a class code; ``severity``
    the least that it holds for, none for any, also while undetermined; ``level`` of the response,
    blank for any. ``every_minutes`` for what returns.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    hazard = models.CharField(_("灾种代码"), max_length=20, blank=True)
    severity = models.PositiveSmallIntegerField(
        _("事件级别"), choices=Severity, null=True, blank=True
    )
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
                fields=["hazard", "severity", "level", "kind", "channel", "to"],
                condition=Q(in_force=True),
                nulls_distinct=False,
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
    """信息报告: what the county tells its superior. Once sent its words and figures never change.

    ``elements``: name → text, or null where nobody could say (未问到). Figures of people go up
    and down; one that goes down carries its explanation (核减说明). ``missing_died`` and the two
    beside it say what became of those who were missing in the report before. ``severity``: the
    first report is owed once more because the incident turned out to be as severe as this.
    A correction ``corrects`` what was sent, stays beside it, and its figures stand for that moment
    (``stands_at``), so that a later report is not overridden by the correction of an earlier one.
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
    severity = models.PositiveSmallIntegerField(
        _("事件级别"), choices=Severity, null=True, blank=True
    )
    corrects = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="corrections"
    )
    correction_reason = models.TextField(_("更正原因"), blank=True)
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
    relocated = models.PositiveIntegerField(_("转移"), null=True, blank=True)
    missing_died = models.PositiveIntegerField(_("失联转死亡"), null=True, blank=True)
    missing_found = models.PositiveIntegerField(_("失联已找到"), null=True, blank=True)
    missing_struck = models.PositiveIntegerField(_("失联核减"), null=True, blank=True)
    reduction_note = models.TextField(_("核减说明"), blank=True)
    from_at = models.DateTimeField(_("起"), null=True, blank=True)
    until_at = models.DateTimeField(_("止"), null=True, blank=True)
    is_nil = models.BooleanField(_("零报告"), default=False)
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
    stands_at = models.DateTimeField(null=True, editable=False)
    late_reason = models.TextField(_("迟报原因"), blank=True)

    class Meta(Scoped.Meta):
        verbose_name = _("信息报告")
        indexes = [
            *Scoped.Meta.indexes,
            models.Index(fields=["realm", "state", "due_at"], name="report_due"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "kind", "ordinal", "channel", "to", "severity"],
                nulls_distinct=False,
                name="reports_counted",
            ),
            models.CheckConstraint(
                condition=Q(from_at=None) | Q(until_at=None) | Q(until_at__gte=F("from_at")),
                name="report_span_in_order",
            ),
            models.CheckConstraint(
                condition=Q(kind=ReportKind.CORRECTION, corrects__isnull=False)
                | ~Q(kind=ReportKind.CORRECTION) & Q(corrects=None),
                name="correction_of_a_report",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """首报, 首报（较大）, 续报二, 终报, 更正一（首报）."""
        if self.kind == ReportKind.FOLLOW_UP:
            return _("续报%(ordinal)s") % {"ordinal": counted(self.ordinal)}
        if self.corrects is not None:
            return _("更正%(ordinal)s（%(report)s）") % {
                "ordinal": counted(self.ordinal),
                "report": self.corrects.title,
            }
        if self.severity is not None:
            return _("首报（%(severity)s）") % {"severity": Severity(self.severity).label}
        return str(ReportKind(self.kind).label)

    @property
    def is_sent(self) -> bool:
        """Whether it has gone up."""
        return self.state == ReportState.SENT

    @property
    def late_minutes(self) -> int:
        """By how many minutes, begun ones counted, it went up after its deadline; 0 in time."""
        if self.sent_at is None or self.due_at is None or self.sent_at <= self.due_at:
            return 0
        return ceil((self.sent_at - self.due_at).total_seconds() / 60)

    @property
    def lacks_late_reason(self) -> bool:
        """Whether it went up late and nobody has said why."""
        return self.late_minutes > 0 and not self.late_reason
