"""What the law wants done while a warning is in force."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liandong.command.models.incident import Incident
from liandong.command.states import PrecautionState, ResponseLevel
from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.kernel.visibility import Scoped


class Precaution(Scoped, Versioned):
    """预警期措施: what 《突发事件应对法》第66、67条 want for a warning; proposed, and decided by a person.

    ``level`` is the warning's own (第63条), no response level; the run is bound to the warning.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="precautions")
    warning = models.CharField(max_length=64, editable=False)
    title = models.CharField(_("预警"), max_length=120)
    level = models.CharField(_("预警级别"), max_length=3, choices=ResponseLevel)
    plan_version = models.ForeignKey(
        "plans.PlanVersion", on_delete=models.PROTECT, related_name="+"
    )
    run = models.ForeignKey("plans.Run", null=True, on_delete=models.PROTECT, related_name="+")
    to_post = models.ForeignKey(
        "organization.Post",
        verbose_name=_("提请岗位"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    state = models.CharField(
        max_length=20, choices=PrecautionState, default=PrecautionState.PROPOSED
    )
    proposed_at = models.DateTimeField(_("提请时间"))
    decided_at = models.DateTimeField(_("决定时间"), null=True, blank=True)
    decided_by = models.CharField(_("决定"), max_length=120, blank=True)
    reason = models.TextField(_("说明"), blank=True)

    class Meta(Scoped.Meta):
        verbose_name = _("预警期措施")
        constraints = [
            models.UniqueConstraint(
                fields=["realm", "warning", "state"],
                condition=Q(state__in=["proposed", "adopted"]),
                name="one_precaution_a_warning",
            )
        ]

    def __str__(self) -> str:
        return _("%(warning)s期措施") % {"warning": self.title}
