"""Rows that know how often they were changed."""

from collections.abc import Sequence
from typing import Any

from django.db import models

from liandong.kernel.problems import Stale
from liandong.kernel.wording import gettext as _


class Versioned(models.Model):
    """A row that is changed only by whoever has seen its present version."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    def change(self, *, expected_version: int, **changes: Any) -> None:
        """Claim and change the row in one statement, so that of two deciders one is told."""
        rows = type(self)._base_manager.filter(pk=self.pk, version=expected_version)
        if not rows.update(version=expected_version + 1, **changes):
            raise _stale(self)
        for name, value in changes.items():
            setattr(self, name, value)
        self.version = expected_version + 1


def change_all(rows: Sequence[Versioned], **changes: Any) -> None:
    """Claim several rows of a kind and change them alike, in two statements however many they are.

    Raises ``Stale`` for the first that is no longer as it was read. The rows in hand stay as they
    were, but for their version.
    """
    if not rows:
        return
    some = type(rows[0])._base_manager.filter(pk__in=[row.pk for row in rows])
    there = dict(some.order_by("pk").select_for_update().values_list("pk", "version"))
    for row in rows:
        if there.get(row.pk) != row.version:
            raise _stale(row)
    some.update(version=models.F("version") + 1, **changes)
    for row in rows:
        row.version += 1


def _stale(row: Versioned) -> Stale:
    return Stale(
        _("“%(row)s”刚被别人改过。") % {"row": row},
        remedy=_("您填的内容还在，请看最新情况后再办一次。"),
    )
