"""How the stations of a river follow one another."""

from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from liandong.kernel.ids import uuid7
from liandong.monitoring.models.station import Station
from liandong.monitoring.signals.travel import Way
from liandong.monitoring.states import SourceStatus


class Reach(models.Model):
    """河段: from one station to the next below it, and how long water takes (SL 323: ST_FSDR_B)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    upstream = models.ForeignKey(
        Station, on_delete=models.PROTECT, related_name="+", verbose_name=_("上游站")
    )
    downstream = models.ForeignKey(
        Station, on_delete=models.PROTECT, related_name="+", verbose_name=_("下游站")
    )
    minutes = models.PositiveIntegerField(_("传播分钟"))
    # [[flow in m³/s from which on, minutes], …], the flow as text.
    by_flow = models.JSONField(_("按流量分级"), default=list, blank=True)
    # The townships along it, from above.
    areas = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    status = models.CharField(_("依据"), max_length=10, choices=SourceStatus)
    cite = models.CharField(_("出处"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("河段")
        verbose_name_plural = "reaches"
        ordering = ["upstream__code", "minutes"]
        constraints = [
            models.UniqueConstraint(fields=["upstream", "downstream"], name="reach_once"),
            models.CheckConstraint(
                condition=~Q(upstream=F("downstream")), name="reach_goes_somewhere"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.upstream} → {self.downstream}"

    @property
    def way(self) -> Way:
        """As plain data, by the stations' keys."""
        classes = tuple((Decimal(flow), minutes) for flow, minutes in self.by_flow)
        return Way(str(self.upstream_id), str(self.downstream_id), self.minutes, classes)
