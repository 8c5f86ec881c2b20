"""Statistics that units file on a schedule: the form, what is owed and filed, who has signed for it."""

from datetime import timedelta

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.kernel.visibility import Scoped
from liandong.monitoring.signals.items import Item, items_of
from liandong.monitoring.signals.periods import Schedule, Span, span_text
from liandong.monitoring.states import FilingState, Period, UrgeStep, Weekday


class StatisticForm(Versioned):
    """统计报表: what units file for every period of a schedule, for whom, and who asks after silence.

    ``items`` are rows of ``signals.items.Item``. ``filers`` file, and with ``all_townships`` each
    township. The office keeps the form and asks; ``receivers`` see what is filed and sign for it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.SlugField(_("标识"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=60)
    note = models.TextField(_("填报说明"), blank=True)
    items = models.JSONField(_("统计项"), default=list)
    period = models.CharField(_("周期"), max_length=10, choices=Period)
    ends_weekday = models.PositiveSmallIntegerField(
        _("每周截至"), choices=Weekday, default=Weekday.SUNDAY
    )
    due_days = models.PositiveSmallIntegerField(_("期末后几天"), default=1)
    due_time = models.TimeField(_("几点前"))
    on_working_days = models.BooleanField(_("遇休息日顺延"), default=False)
    starts_on = models.DateField(_("自哪天起"))
    office = models.ForeignKey("organization.Body", on_delete=models.PROTECT, related_name="+")
    receivers = models.ManyToManyField("organization.Body", related_name="+")
    filers = models.ManyToManyField("organization.Body", related_name="+")
    all_townships = models.BooleanField(_("各乡镇（街道）"), default=False)
    remind_hours = models.PositiveSmallIntegerField(_("提前几小时提醒"), default=24)
    leader_hours = models.PositiveSmallIntegerField(_("逾期几小时告知负责人"), default=2)
    office_hours = models.PositiveSmallIntegerField(_("逾期几小时告知办公室"), default=24)
    # What the warning is called that a bound on its figures calls for, and of what class.
    hazard = models.CharField(_("灾种代码"), max_length=5, blank=True)
    category = models.CharField(_("预警类别"), max_length=40, blank=True)
    in_force = models.BooleanField(_("有效"), default=True)

    class Meta:
        verbose_name = _("统计报表")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def asked(self) -> list[Item]:
        """Its items."""
        return items_of(self.items)

    @property
    def schedule(self) -> Schedule:
        """When it is filed."""
        return Schedule(
            period=self.period,
            due_days=self.due_days,
            due_time=self.due_time,
            ends_weekday=self.ends_weekday,
            on_working_days=self.on_working_days,
        )

    @property
    def ladder(self) -> dict[UrgeStep, timedelta]:
        """How long after the deadline each next one is told; the first before it."""
        return {
            UrgeStep.REMINDED: -timedelta(hours=self.remind_hours),
            UrgeStep.OVERDUE: timedelta(),
            UrgeStep.LEADER: timedelta(hours=self.leader_hours),
            UrgeStep.OFFICE: timedelta(hours=self.office_hours),
        }


class FiledStation(models.Model):
    """报送测站: the station under which the figures of a form that one body files are series."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    form = models.ForeignKey(StatisticForm, on_delete=models.PROTECT, related_name="stations")
    body = models.ForeignKey("organization.Body", on_delete=models.PROTECT, related_name="+")
    station = models.OneToOneField(
        "monitoring.Station", on_delete=models.PROTECT, related_name="filed"
    )

    class Meta:
        verbose_name = _("报送测站")
        constraints = [
            models.UniqueConstraint(fields=["form", "body"], name="filed_station_once")
        ]

    def __str__(self) -> str:
        return str(self.station)


class Filing(Scoped, Versioned):
    """统计报送: what one body owes, then says, for one period. The figures are those of its last edition."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    form = models.ForeignKey(StatisticForm, on_delete=models.PROTECT, related_name="filings")
    body = models.ForeignKey("organization.Body", on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField(_("自"))
    until_on = models.DateField(_("至"))
    due_at = models.DateTimeField(_("期限"))
    state = models.CharField(
        _("状态"), max_length=10, choices=FilingState, default=FilingState.AWAITED
    )
    urged = models.PositiveSmallIntegerField(
        _("催报"), choices=UrgeStep, default=UrgeStep.ASKED
    )
    edition = models.PositiveSmallIntegerField(_("版次"), default=0)
    is_nil = models.BooleanField(_("零报告"), default=False)
    is_late = models.BooleanField(_("迟报"), default=False)
    values = models.JSONField(_("数据"), default=dict)
    note = models.TextField(_("说明"), blank=True)
    filed_at = models.DateTimeField(_("报送时间"), null=True, blank=True)
    filed_by = models.CharField(_("报送人"), max_length=200, blank=True)

    class Meta(Scoped.Meta):
        verbose_name = _("统计报送")
        ordering = ["-from_on", "body__order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["form", "body", "from_on"], name="statistics_once")
        ]
        indexes = [
            *Scoped.Meta.indexes,
            models.Index(fields=["form", "from_on"], name="statistics_of_period"),
            models.Index(fields=["state", "due_at"], name="statistics_owed"),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.period_text}"

    @property
    def span(self) -> Span:
        """The days it is about."""
        return Span(self.from_on, self.until_on)

    @property
    def period_text(self) -> str:
        """What its period is called."""
        return span_text(self.form.period, self.span)

    @property
    def is_filed(self) -> bool:
        """Whether the body has said anything."""
        return self.state == FilingState.FILED


class FilingEdition(models.Model):
    """报送版次: what was filed at one time. A correction is another one; none is ever changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField(_("版次"))
    is_nil = models.BooleanField(_("零报告"), default=False)
    values = models.JSONField(_("数据"), default=dict)
    note = models.TextField(_("说明"), blank=True)
    reason = models.CharField(_("迟报或更正原因"), max_length=300, blank=True)
    filed_at = models.DateTimeField(_("报送时间"))
    filed_by = models.CharField(_("报送人"), max_length=200)
    batch = models.ForeignKey(
        "monitoring.Batch", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("报送版次")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["filing", "number"], name="filing_edition_once")
        ]

    def __str__(self) -> str:
        return _("第%(n)d版") % {"n": self.number}


class FilingReceipt(models.Model):
    """报送签收: a receiver has signed for what a body filed, as far as an edition."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="receipts")
    body = models.ForeignKey("organization.Body", on_delete=models.PROTECT, related_name="+")
    edition = models.PositiveSmallIntegerField(_("版次"))
    signed_at = models.DateTimeField(_("签收时间"))
    signed_by = models.CharField(_("签收人"), max_length=200)

    class Meta:
        verbose_name = _("报送签收")
        ordering = ["signed_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["filing", "body"], name="filing_receipt_once")
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.signed_at:%F %T}"
