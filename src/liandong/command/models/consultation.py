"""Consultations and their minutes."""

from django.db import models

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
    number = models.PositiveIntegerField("次数")
    convened_by = models.CharField("召集", max_length=120)
    place = models.CharField("地点", max_length=120, blank=True)
    attendees = models.JSONField("参会", default=list)
    situation = models.TextField("情况", blank=True)
    findings = models.TextField("研判结论", blank=True)
    dissent = models.TextField("不同意见", blank=True)
    items = models.JSONField("议定事项", default=list)
    recorder = models.CharField("记录人", max_length=120, blank=True)
    state = models.CharField(
        max_length=20, choices=ConsultationState, default=ConsultationState.OPEN
    )
    opened_at = models.DateTimeField("开始时间")
    closed_at = models.DateTimeField("结束时间", null=True, blank=True)

    class Meta(Scoped.Meta):
        verbose_name = "会商"
        constraints = [
            models.UniqueConstraint(fields=["incident", "number"], name="consultations_counted")
        ]

    def __str__(self) -> str:
        return f"第{self.number}次会商"
