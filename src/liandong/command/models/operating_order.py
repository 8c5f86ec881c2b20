"""Orders to operate a reservoir, which are not carried out before everybody below the dam was warned."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from liandong.command.models.order import Order
from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.kernel.visibility import Scoped


class OperatingOrder(Scoped, Versioned):
    """调度令: an order with gates, outflow and the moment it takes effect; ``warnings`` go to those downstream.

    Its order waits until ``confirmed_at``: somebody has said that everybody downstream knows.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="operating")
    warnings = models.ManyToManyField(Order, related_name="warns_of")
    reservoir = models.CharField(_("水库"), max_length=100)
    gates = models.CharField(_("闸门、开度"), max_length=200)
    outflow_m3s = models.DecimalField(_("下泄流量（m³/s）"), max_digits=9, decimal_places=2)
    starts_at = models.DateTimeField(_("执行时间"))
    confirmed_by = models.CharField(_("确认下游已知悉"), max_length=120, blank=True)
    confirmed_at = models.DateTimeField(_("确认时间"), null=True, blank=True)
    reached_otherwise = models.TextField(_("未复诵的如何通知到"), blank=True)

    class Meta(Scoped.Meta):
        verbose_name = _("调度令")

    def __str__(self) -> str:
        return f"{self.reservoir} {self.outflow_m3s} m³/s"
