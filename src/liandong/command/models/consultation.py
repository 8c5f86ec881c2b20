"""Consultations and their minutes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from liandong.command.models.incident import Incident
from liandong.command.states import ConsultationState
from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.kernel.visibility import Scoped


class Consultation(Scoped, Versioned):
    """会商: who came together, what they found, who saw it otherwise, and who does what by when.

    ``attendees``: ``[{post, title}]``; ``items``: ``[{decision, responsible, by}]``.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    incident = models.ForeignKey(
        Incident, on_delete=models.PROTECT, related_name="consultations"
    )
    number = models.PositiveIntegerField(_("次数"))
    convened_by = models.CharField(_("召集"), max_length=120)
    place = models.CharField(_("地点"), max_length=120, blank=True)
    attendees = models.JSONField(_("参会"), default=list)
    situation = models.TextField(_("情况"), blank=True)
    findings = models.TextField(_("研判结论"), blank=True)
    dissent = models.TextField(_("不同意见"), blank=True)
    items = models.JSONField(_("议定事项"), default=list)
    recorder = models.CharField(_("记录人"), max_length=120, blank=True)
    state = models.CharField(
        max_length=20, choices=ConsultationState, default=ConsultationState.OPEN
    )
    opened_at = models.DateTimeField(_("开始时间"))
    closed_at = models.DateTimeField(_("结束时间"), null=True, blank=True)

    class Meta(Scoped.Meta):
        verbose_name = _("会商")
        constraints = [
            models.UniqueConstraint(fields=["incident", "number"], name="consultations_counted")
        ]

    def __str__(self) -> str:
        return _("第%(number)d次会商") % {"number": self.number}
