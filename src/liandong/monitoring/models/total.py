"""Totals of series by hour and by day. They stay when the readings they were counted from are gone."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from liandong.monitoring.models.station import Series


class Total(models.Model):
    """What an hour or a day came to, of readings that are trusted."""

    realm = models.CharField(max_length=64)
    series = models.ForeignKey(
        Series, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    count = models.PositiveIntegerField(_("次数"))
    low = models.DecimalField(_("最小"), max_digits=12, decimal_places=3, null=True)
    high = models.DecimalField(_("最大"), max_digits=12, decimal_places=3, null=True)
    total = models.DecimalField(_("合计"), max_digits=18, decimal_places=3, null=True)

    class Meta:
        abstract = True


class HourTotal(Total):
    """一小时. Of rain and snow it begins after ``at``, for they are told when they have fallen."""

    pk = models.CompositePrimaryKey("realm", "series", "at")
    at = models.DateTimeField(_("时间"))
    first = models.DecimalField(max_digits=12, decimal_places=3, null=True)
    last = models.DecimalField(max_digits=12, decimal_places=3, null=True)
    first_at = models.DateTimeField(null=True)
    # A reading in it is judged otherwise since: it is to be counted anew.
    is_stale = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("小时统计")
        indexes = [
            models.Index(
                fields=["realm"], condition=models.Q(is_stale=True), name="hourtotal_stale"
            )
        ]

    def __str__(self) -> str:
        return f"{self.at:%F %H}"


class DayTotal(Total):
    """一天: of rain from 08:00 to 08:00, of all else from midnight, in Beijing."""

    pk = models.CompositePrimaryKey("realm", "series", "on")
    on = models.DateField(_("日期"))
    at_eight = models.DecimalField(_("8 时"), max_digits=12, decimal_places=3, null=True)

    class Meta:
        verbose_name = _("日统计")

    def __str__(self) -> str:
        return f"{self.on:%F}"
