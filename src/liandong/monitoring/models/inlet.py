"""How far the broker's streams are taken in, and what devices last said of themselves."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Inlet(models.Model):
    """接入口: a stream of the broker, and the last message of it that is in the table.

    Written in the transaction that stores the readings, and the only truth about what was taken:
    the broker keeps no account of its own. ``born`` tells a stream from another of the same name,
    whose numbers begin anew.
    """

    name = models.CharField(primary_key=True, max_length=100)
    born = models.CharField(max_length=40)
    position = models.BigIntegerField(_("已收到第几条"), default=0)
    taken_at = models.DateTimeField(_("最近收到时间"))

    class Meta:
        verbose_name = _("接入口")

    def __str__(self) -> str:
        return f"{self.name} {self.position}"


class Presence(models.Model):
    """在线情况: what a device said of itself, or its broker for it when it vanished (last will)."""

    device = models.UUIDField(primary_key=True)
    said = models.CharField(_("设备自述"), max_length=200)
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("在线情况")

    def __str__(self) -> str:
        return self.said
