"""Realms: ``actual``, and one for each drill; each with its own clock."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from liandong.kernel.problems import RealmClosed
from liandong.kernel.statements import execute
from liandong.kernel.wording import gettext

# Shared among whoever writes; who closes the realm waits for them, and they then for nobody.
HOLD = "SELECT closed_at FROM kernel_realm WHERE name = %s FOR SHARE"


class Realm(models.Model):
    """A world of its own. Without a row a realm runs on the real clock.

    ``told = told_at + (real − real_at) × rate``; rate 0 stands still. Only a drill, or the
    ``actual`` realm of a demonstration node, may have a clock other than the real one. Mail leaves
    a drill for the addresses in ``reachable`` only. One that is closed is read, and changed no more.
    """

    name = models.CharField(primary_key=True, max_length=64)
    title = models.CharField(_("名称"), max_length=200, blank=True)
    real_at = models.DateTimeField()
    told_at = models.DateTimeField()
    rate = models.PositiveIntegerField(default=1)
    reachable = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.title or self.name


def demand_open(realm: str) -> None:
    """Hold a realm open until the transaction ends; raises ``RealmClosed`` if it is shut already."""
    row = execute(HOLD, [realm]).fetchone()
    if row and row[0]:
        raise RealmClosed(
            gettext("这场演练已经结束，不能再办理。"),
            remedy=gettext("请点“回到实战”；演练的记录可以照常查看。"),
        )


def is_closed(realm: str) -> bool:
    """Say whether nothing happens in a realm any more."""
    return Realm.objects.filter(pk=realm).exclude(closed_at=None).exists()
