"""The table of base maps."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from liandong.kernel.files.models import File
from liandong.kernel.ids import uuid7


class Basemap(models.Model):
    """底图: a file that was found to be a map of places in China. The last of each kind is in use.

    ``kind`` is ``geojson`` (districts, rivers, roads, names; also drawn on paper) or ``pmtiles``
    (tiles beneath it). ``counts`` says how many things each layer has. In every realm.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(_("格式"), max_length=10)
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    west = models.DecimalField(_("西"), max_digits=9, decimal_places=6)
    south = models.DecimalField(_("南"), max_digits=8, decimal_places=6)
    east = models.DecimalField(_("东"), max_digits=9, decimal_places=6)
    north = models.DecimalField(_("北"), max_digits=8, decimal_places=6)
    counts = models.JSONField(_("图层"), default=dict)
    at = models.DateTimeField(_("装入时间"))

    class Meta:
        verbose_name = _("底图")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.file.name

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees."""
        return float(self.west), float(self.south), float(self.east), float(self.north)
