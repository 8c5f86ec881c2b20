"""Questions to the risk map that somebody wants to ask again."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from liandong.kernel.ids import uuid7


class MapView(models.Model):
    """常用视图: a name, and the question in the words of the page's address."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(_("名称"), max_length=60)
    query = models.CharField(max_length=8000)
    account = models.CharField(max_length=64)
    audience = ArrayField(models.CharField(max_length=100), editable=False)
    by = models.CharField(_("保存人"), max_length=200)
    at = models.DateTimeField(_("保存时间"))

    class Meta:
        verbose_name = _("常用视图")
        constraints = [
            models.UniqueConstraint(fields=["account", "name"], name="map_view_once")
        ]

    def __str__(self) -> str:
        return self.name
