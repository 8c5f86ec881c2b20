"""Handing the shift over: what was left open, to whom it was told, who signed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.organization.models.person import Person
from liandong.organization.states import HandoverState


class Handover(Versioned):
    """交接班: signed first by who goes, then by who comes; closed by the second signature.

    ``head`` is where the journal stood then.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    state = models.CharField(
        _("状态"), max_length=10, choices=HandoverState, default=HandoverState.OPEN
    )
    begun_at = models.DateTimeField(_("开始时间"))
    from_person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("交班人")
    )
    to_person = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("接班人"),
    )
    weather = models.CharField(_("重点天气"), max_length=500, blank=True)
    equipment = models.CharField(_("设备情况"), max_length=500, blank=True)
    notes = models.CharField(_("其他交代"), max_length=1000, blank=True)
    given_at = models.DateTimeField(_("交班签字"), null=True, blank=True)
    given_by = models.CharField(max_length=200, blank=True)
    taken_at = models.DateTimeField(_("接班签字"), null=True, blank=True)
    taken_by = models.CharField(max_length=200, blank=True)
    head = models.CharField(_("流水位置"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("交接班")
        constraints = [
            models.UniqueConstraint(
                fields=["state"],
                condition=Q(state=HandoverState.OPEN),
                name="one_handover_open",
            )
        ]
        indexes = [models.Index(fields=["-begun_at"], name="handover_latest")]

    def __str__(self) -> str:
        return f"交接班{self.begun_at:%F}"


class HandoverItem(models.Model):
    """移交事项: one thing left open, as it stood when it was handed on, with what was said of it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="items")
    source = models.CharField(max_length=60)
    key = models.CharField(max_length=100)
    title = models.CharField(_("事项"), max_length=200)
    detail = models.CharField(max_length=300, blank=True)
    url = models.CharField(max_length=300, blank=True)
    note = models.CharField(_("交代"), max_length=300, blank=True)
    handed_at = models.DateTimeField(_("移交时间"))
    handed_by = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("移交事项")
        constraints = [
            models.UniqueConstraint(fields=["handover", "source", "key"], name="handed_on_once")
        ]

    def __str__(self) -> str:
        return self.title
