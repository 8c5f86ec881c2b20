"""Which series the Datastreams of sensor platforms are."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from liandong.kernel.ids import uuid7
from liandong.monitoring.models.station import Series


class Datastream(models.Model):
    """数据流: the number or name by which a platform calls what is one of our series."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(_("数据流"), max_length=100, unique=True)
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="datastreams")

    class Meta:
        verbose_name = _("数据流")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
