"""Signals that ring until somebody takes them, and calls as they were written down."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liandong.command.models.incident import Incident
from liandong.command.states import SIGNAL_WAITS, SignalChannel, SignalState
from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.kernel.visibility import Scoped


class Signal(Scoped, Versioned):
    """信号: somebody calls, or sends word. It rings until taken by anybody of the duty desk.

    ``rung`` counts how far an untaken one has climbed; ``rung_post`` is the post rung last and
    ``next_post`` the one that is rung at ``next_at``.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    channel = models.CharField(_("来源"), max_length=20, choices=SignalChannel)
    caller = models.CharField(_("来电单位、职务"), max_length=120, blank=True)
    number = models.CharField(_("来电号码"), max_length=40, blank=True)
    words = models.TextField(_("内容"), blank=True)
    received_at = models.DateTimeField(_("接报时间"))
    raised_at = models.DateTimeField(_("响铃时间"))
    raised_by = models.CharField(_("送入"), max_length=120, blank=True)
    state = models.CharField(
        _("状态"), max_length=20, choices=SignalState, default=SignalState.RINGING
    )
    rung = models.PositiveSmallIntegerField(_("级次"), default=0)
    rung_post = models.ForeignKey(
        "organization.Post", null=True, on_delete=models.PROTECT, related_name="+"
    )
    next_post = models.ForeignKey(
        "organization.Post", null=True, on_delete=models.PROTECT, related_name="+"
    )
    next_at = models.DateTimeField(_("下一级响铃"), null=True, blank=True)
    taken_by = models.CharField(_("接听"), max_length=120, blank=True)
    taken_post = models.CharField(max_length=64, blank=True, editable=False)
    taken_at = models.DateTimeField(_("接听时间"), null=True, blank=True)
    settled_by = models.CharField(_("办结"), max_length=120, blank=True)
    settled_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    reason = models.CharField(_("不作登记的原因"), max_length=500, blank=True)
    incident = models.ForeignKey(
        Incident, null=True, on_delete=models.PROTECT, related_name="signals"
    )

    class Meta(Scoped.Meta):
        verbose_name = _("信号")
        indexes = [
            *Scoped.Meta.indexes,
            models.Index(
                fields=["realm", "received_at"],
                condition=Q(state__in=sorted(SIGNAL_WAITS)),
                name="signal_waiting",
            ),
            models.Index(fields=["realm", "-received_at"], name="signal_listed"),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}：{self.caller or self.words[:30]}"

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has taken it yet."""
        return self.state in SIGNAL_WAITS


class Call(Scoped):
    """接报登记: what a caller said, once and for all as it was written down.

    Figures nobody could tell are None. ``asked`` are the facts a plan's grading needs, by name.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    signal = models.OneToOneField(
        Signal, null=True, on_delete=models.PROTECT, related_name="call"
    )
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="calls")
    channel = models.CharField(_("来源"), max_length=20, choices=SignalChannel)
    day = models.DateField(_("日期"))
    ordinal = models.PositiveIntegerField(_("次数"))
    caller = models.CharField(_("来电单位、职务"), max_length=120)
    number = models.CharField(_("来电号码"), max_length=40, blank=True)
    received_at = models.DateTimeField(_("接报时间"))
    occurred = models.CharField(_("发生时间（来电人说）"), max_length=60, blank=True)
    occurred_at = models.DateTimeField(_("发生时间"), null=True, blank=True)
    hazard = models.CharField(_("类别"), max_length=20)
    place = models.CharField(_("地点"), max_length=300)
    # WGS-84; both or neither, as it was shown on the map while the caller spoke.
    lon = models.DecimalField(_("经度"), max_digits=9, decimal_places=6, null=True, blank=True)
    lat = models.DecimalField(_("纬度"), max_digits=8, decimal_places=6, null=True, blank=True)
    townships = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    what = models.TextField(_("发生了什么、趋势"))
    dead = models.PositiveIntegerField(_("死亡"), null=True, blank=True)
    missing = models.PositiveIntegerField(_("失踪"), null=True, blank=True)
    badly_injured = models.PositiveIntegerField(_("重伤"), null=True, blank=True)
    villages = models.PositiveIntegerField(_("受威胁村庄"), null=True, blank=True)
    measures = models.TextField(_("已采取措施、请求"), blank=True)
    asked = models.JSONField(_("研判所需情况"), default=dict)
    # Of a place that cannot reach us itself: whom it was entered for, and when it was read back.
    on_behalf_of = models.CharField(_("代录单位"), max_length=120, blank=True)
    read_back_at = models.DateTimeField(_("复诵时间"), null=True, blank=True)
    read_back_by = models.CharField(_("复诵"), max_length=120, blank=True)
    registered_by = models.CharField(_("登记"), max_length=120)
    registered_at = models.DateTimeField(_("登记时间"))

    class Meta(Scoped.Meta):
        verbose_name = _("接报登记")
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "day", "ordinal"], name="calls_counted_by_day"
            ),
            models.CheckConstraint(
                condition=Q(lon=None, lat=None) | Q(lon__isnull=False, lat__isnull=False),
                name="call_position_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"接报{self.day:%m%d}-{self.ordinal:02}"
