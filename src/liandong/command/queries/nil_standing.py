"""Nil rounds that a clock asks for."""

from uuid import UUID

from django.db.models import QuerySet

from liandong.command.models import NilStanding
from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _


def nil_standings() -> QuerySet[NilStanding]:
    """Those in force, by their hour."""
    return NilStanding.objects.filter(in_force=True).order_by("at", "id")


def nil_standing_with(pk: UUID | str) -> NilStanding:
    """Return one in force; raises ``Missing``."""
    found = nil_standings().filter(pk=pk).first()
    if found is None:
        raise Missing(_("没有这条定时零报告，或者它已停用。"), remedy=_("请从定时零报告进入。"))
    return found
