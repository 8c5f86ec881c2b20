"""Stations, and the series each of them keeps."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from liandong.kernel.ids import uuid7
from liandong.monitoring.states import UNITS, Quantity, StationKind

# SL 323 has 8 digits, weather stations 5, air stations letters too; what units file goes under their own.
CODE = r"[0-9A-Za-z]{4,12}"


class Station(models.Model):
    """测站: a place where something is measured, under its code; or a unit that files figures. In every realm."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(
        _("站码"), max_length=12, unique=True, validators=[RegexValidator(rf"^{CODE}$")]
    )
    name = models.CharField(_("站名"), max_length=60)
    kind = models.CharField(_("站类"), max_length=2, choices=StationKind)
    river = models.CharField(_("河名"), max_length=60, blank=True)
    lon = models.DecimalField(_("经度"), max_digits=9, decimal_places=6)
    lat = models.DecimalField(_("纬度"), max_digits=8, decimal_places=6)
    cell = models.BigIntegerField(_("网格"), db_index=True)
    # Levels over different datums must never be compared (SL 323: DTMNM).
    datum = models.CharField(_("基面"), max_length=40, blank=True)
    township_code = models.CharField(_("乡镇代码"), max_length=12, blank=True)

    class Meta:
        verbose_name = _("测站")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Series(models.Model):
    """测项: one quantity at one station, in the order of time. Bigint: it stands in every reading."""

    id = models.BigAutoField(primary_key=True)
    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="series")
    # One of ``Quantity``; of what units file, a key of the form's own, named by the two below.
    quantity = models.CharField(_("测项"), max_length=40)
    own_label = models.CharField(_("指标"), max_length=60, blank=True)
    own_unit = models.CharField(_("单位"), max_length=20, blank=True)
    step_minutes = models.PositiveIntegerField(_("报送间隔"), default=60)
    is_areal = models.BooleanField(_("面雨量"), default=False)
    is_main_river = models.BooleanField(_("主要河流"), default=False)
    is_trunk = models.BooleanField(_("干流"), default=False)
    # What is credible here, where it differs from what is usual of the quantity.
    low = models.DecimalField(
        _("可信下限"), max_digits=12, decimal_places=3, null=True, blank=True
    )
    high = models.DecimalField(
        _("可信上限"), max_digits=12, decimal_places=3, null=True, blank=True
    )
    jump = models.DecimalField(
        _("相邻两次最大变幅"), max_digits=12, decimal_places=3, null=True, blank=True
    )
    stuck_after = models.PositiveSmallIntegerField(_("不变几次存疑"), null=True, blank=True)

    class Meta:
        verbose_name = _("测项")
        ordering = ["station__code", "quantity"]
        verbose_name_plural = "series"
        constraints = [
            models.UniqueConstraint(fields=["station", "quantity"], name="series_once")
        ]

    def __str__(self) -> str:
        return f"{self.station}{self.label}"

    @property
    def label(self) -> str:
        """What it is called: 水位, or as the form that files it has it."""
        return self.own_label or str(Quantity(self.quantity).label)

    @property
    def unit(self) -> str:
        """The unit its values are in."""
        return self.own_unit if self.own_label else UNITS[Quantity(self.quantity)]
