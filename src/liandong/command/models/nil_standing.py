"""定时零报告: by which hour of every day townships are asked whether all is well, without anybody asking."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liandong.command.states import ResponseLevel
from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned


class NilStanding(Versioned):
    """定时零报告: a round that is asked by itself every day at ``at``, in each incident it is meant for.

    ``hazard`` is the beginning of a class code, blank for any; ``level`` the least that a response in
    force has, blank for an open incident of any kind. ``from_on`` and ``until_on`` bound the season.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    question = models.CharField(_("要报什么"), max_length=300)
    at = models.TimeField(_("每天几点"))
    minutes = models.PositiveIntegerField(_("限时（分钟）"))
    hazard = models.CharField(_("灾种代码"), max_length=20, blank=True)
    level = models.CharField(_("响应级别"), max_length=3, choices=ResponseLevel, blank=True)
    from_on = models.DateField(_("自"), null=True, blank=True)
    until_on = models.DateField(_("至"), null=True, blank=True)
    in_force = models.BooleanField(_("有效"), default=True)

    class Meta:
        verbose_name = _("定时零报告")
        constraints = [
            models.CheckConstraint(
                condition=Q(from_on=None)
                | Q(until_on=None)
                | Q(until_on__gte=models.F("from_on")),
                name="nil_season_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.at:%H:%M} {self.question}"
