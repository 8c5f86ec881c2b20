"""Rows a page is about, or a clear word that there is none."""

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _

M = TypeVar("M", bound=Model)


def found(rows: QuerySet[M], pk: UUID) -> M:
    """Return the row; raises ``Missing``."""
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Missing(
            _("没有这个%(thing)s。") % {"thing": rows.model._meta.verbose_name},
            remedy=_("请从列表进入。"),
        )
    return row
