"""Realms: ``actual``, and one for each drill; each with its own clock."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class Realm(models.Model):
    """A world of its own. Without a row a realm runs on the real clock.

    ``told = told_at + (real − real_at) × rate``; rate 0 stands still. Only a drill, or the
    ``actual`` realm of a demonstration node, may have a clock other than the real one.
    """

    name = models.CharField(primary_key=True, max_length=64)
    title = models.CharField(_("名称"), max_length=200, blank=True)
    real_at = models.DateTimeField()
    told_at = models.DateTimeField()
    rate = models.PositiveIntegerField(default=1)
    reachable = ArrayField(models.CharField(max_length=200), default=list, blank=True)

    def __str__(self) -> str:
        return self.title or self.name
