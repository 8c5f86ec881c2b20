"""Morning roll-calls: who was called, and who answered."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.organization.models.body import Body
from liandong.organization.models.person import Person
from liandong.organization.states import Answer


class RollCall(models.Model):
    """晨检点名: the duty desk calls units and townships, one line each."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    title = models.CharField(_("名称"), max_length=60)
    begun_at = models.DateTimeField(_("点名时间"), db_index=True)
    begun_by = models.CharField(_("点名人"), max_length=200)

    class Meta:
        verbose_name = _("晨检点名")

    def __str__(self) -> str:
        return self.title


class RollCallLine(Versioned):
    """点名的一行: a body, whom its roster names, and what came of the call.

    ``latest`` marks the newest line of a body: an unanswered one waits until it is reached, or
    until the body is called anew.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    roll_call = models.ForeignKey(RollCall, on_delete=models.PROTECT, related_name="lines")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="roll_call_lines")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(_("值班人"), max_length=60, blank=True)
    number = models.CharField(_("电话"), max_length=40, blank=True)
    order = models.PositiveIntegerField()
    latest = models.BooleanField(default=True)
    answer = models.CharField(_("结果"), max_length=12, choices=Answer, default=Answer.WAITING)
    tries = models.PositiveSmallIntegerField(_("拨打次数"), default=0)
    answered_at = models.DateTimeField(_("时间"), null=True, blank=True)
    answered_by = models.CharField(_("点名人"), max_length=200, blank=True)
    note = models.CharField(_("备注"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("点名的一行")
        constraints = [
            models.UniqueConstraint(fields=["roll_call", "body"], name="called_once")
        ]
        indexes = [
            models.Index(
                fields=["body"],
                condition=Q(latest=True) & ~Q(answer=Answer.PRESENT),
                name="roll_call_unreached",
            )
        ]

    def __str__(self) -> str:
        return self.body.short_name
