"""Rows that know how often they were changed."""

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
            raise Stale(
                _("“%(row)s”刚被别人改过。") % {"row": self},
                remedy=_("您填的内容还在，请看最新情况后再办一次。"),
            )
        for name, value in changes.items():
            setattr(self, name, value)
        self.version = expected_version + 1
