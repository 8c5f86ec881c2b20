"""Bounds on series, and the times they were crossed."""

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liandong.kernel.ids import uuid7
from liandong.monitoring.models.station import Series
from liandong.monitoring.signals.crossings import Bound
from liandong.monitoring.signals.seasons import Season
from liandong.monitoring.signals.statistics import Measure
from liandong.monitoring.states import Comparison, Level, SourceStatus, Statistic, ThresholdKind

# A silence of so many steps parts what was over before it from what is over after it.
PARTING = 2
WINDOWLESS = (Statistic.VALUE, Statistic.COUNT)
SIGNALS = (ThresholdKind.RAINSTORM, ThresholdKind.SIGNAL)


class Threshold(models.Model):
    """阈值: a bound, reached counts as crossed; over again only below the margin for the hold.

    One that counts is a rule of several conditions: they are thresholds themselves, parts of it, in
    groups. It stands on the series of its first condition, and its bound is how many groups must be
    over at once; a group is over as soon as one of its conditions is.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="thresholds")
    kind = models.CharField(_("类别"), max_length=20, choices=ThresholdKind)
    level = models.CharField(_("级别"), max_length=1, choices=Level)
    # Of the warning that a crossing calls for; none calls for none.
    hazard = models.CharField(_("灾种代码"), max_length=5, blank=True)
    name = models.CharField(_("名称"), max_length=60, blank=True)
    comparison = models.CharField(
        _("方向"), max_length=10, choices=Comparison, default=Comparison.AT_LEAST
    )
    statistic = models.CharField(
        _("统计量"), max_length=10, choices=Statistic, default=Statistic.VALUE
    )
    window_minutes = models.PositiveIntegerField(_("时段分钟"), null=True, blank=True)
    bound = models.DecimalField(_("阈值"), max_digits=12, decimal_places=3)
    lasting_minutes = models.PositiveIntegerField(_("持续分钟"), default=0)
    clear_margin = models.DecimalField(
        _("回落余量"), max_digits=12, decimal_places=3, default=0
    )
    hold_minutes = models.PositiveIntegerField(_("回落保持分钟"), default=0)
    # MMDD, both days in it (SL 323: BGMD, EDMD); blank is the whole year.
    season_from = models.CharField(_("起始月日"), max_length=4, blank=True)
    season_to = models.CharField(_("截止月日"), max_length=4, blank=True)
    part_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts"
    )
    # Of a part: which condition, and in which group; of others blank.
    place = models.CharField(max_length=8, blank=True, editable=False)
    group = models.CharField(_("组"), max_length=60, blank=True)
    # Who issues the warning that a crossing calls for.
    issuer = models.ForeignKey(
        "organization.Body", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    areas = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    status = models.CharField(_("依据"), max_length=10, choices=SourceStatus)
    cite = models.CharField(_("出处"), max_length=200, blank=True)
    is_active = models.BooleanField(_("启用"), default=True)

    class Meta:
        verbose_name = _("阈值")
        ordering = ["series", "bound"]
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "series", "kind", "hazard", "level", "name", "season_from", "part_of", "place",
                ],
                name="threshold_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(statistic__in=WINDOWLESS, window_minutes=None)
                | (~Q(statistic__in=WINDOWLESS) & Q(window_minutes__gte=1)),
                name="threshold_window_known",
            ),
            models.CheckConstraint(condition=Q(clear_margin__gte=0), name="threshold_margin"),
            models.CheckConstraint(
                condition=Q(season_from="", season_to="")
                | (~Q(season_from="") & ~Q(season_to="")),
                name="threshold_season_whole",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        kind = self.name or str(ThresholdKind(self.kind).label)
        return f"{kind}{self.level}" if self.kind in SIGNALS else kind

    @property
    def measure(self) -> Measure:
        """The figure that the bound is held against."""
        return Measure(
            self.statistic,
            timedelta(minutes=self.window_minutes or 0),
            timedelta(minutes=self.series.step_minutes),
        )

    @property
    def line(self) -> Bound:
        """What counts as over, and what as over no more."""
        lasting = timedelta(minutes=self.lasting_minutes)
        step = timedelta(minutes=self.series.step_minutes)
        return Bound(
            self.bound,
            self.clear_margin,
            timedelta(minutes=self.hold_minutes),
            lasting=lasting,
            gap=max(lasting, step * PARTING),
            is_floor=self.comparison != Comparison.AT_LEAST,
            is_strict=self.comparison == Comparison.BELOW,
            season=self.season,
        )

    @property
    def season(self) -> Season:
        """When in the year it holds."""
        return Season(self.season_from, self.season_to)


class Crossing(models.Model):
    """越限: a time during which a series was over a bound, in one realm."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    realm = models.CharField(max_length=64, editable=False)
    threshold = models.ForeignKey(Threshold, on_delete=models.PROTECT, related_name="crossings")
    began_at = models.DateTimeField(_("开始"))
    value = models.DecimalField(_("起始值"), max_digits=14, decimal_places=3)
    peak = models.DecimalField(_("最大值"), max_digits=14, decimal_places=3)
    peak_at = models.DateTimeField(_("最大值时间"))
    low_since = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(_("结束"), null=True)
    value_at_end = models.DecimalField(max_digits=14, decimal_places=3, null=True)
    # How many readings in doubt, bearing each other out, it began on; none if a sure one is among them.
    doubted = models.PositiveSmallIntegerField(_("依据的存疑读数"), default=0)
    # What it rested on was corrected or rejected later: it never was.
    is_void = models.BooleanField(_("已否定"), default=False)
    # Readings up to here are in it: what comes later continues it, what comes late recounts it.
    seen_until = models.DateTimeField()

    class Meta:
        verbose_name = _("越限")
        ordering = ["began_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["threshold", "realm"],
                condition=Q(ended_at=None),
                name="crossing_one_open",
            )
        ]
        indexes = [
            models.Index(fields=["realm", "threshold", "ended_at"], name="crossing_when"),
            # Those that go on, and those that ended lately, whatever the threshold.
            models.Index(fields=["realm", "ended_at"], name="crossing_ended"),
        ]

    def __str__(self) -> str:
        return f"{self.threshold} {self.began_at:%F %T}"
