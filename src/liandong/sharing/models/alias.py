"""What the county calls things that a standard calls otherwise."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from liandong.kernel.versions import Versioned


class GoodsAlias(Versioned):
    """物资别名: a name that lists of the county use for goods, and the code of GB/T 38565 it means."""

    name = models.CharField(_("名称"), max_length=60, unique=True)
    code = models.CharField(_("物资编码"), max_length=7)

    class Meta:
        verbose_name = _("物资别名")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
