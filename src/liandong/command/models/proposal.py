"""What the plan, graded against the facts, suggests."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liandong.command.models.incident import Incident
from liandong.command.states import DecisionKind, ProposalState, ResponseLevel
from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.kernel.visibility import Scoped


class Proposal(Scoped, Versioned):
    """研判建议: plan and level, with the reasons as they stood. People decide; this stays as it was."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="proposals")
    plan_version = models.ForeignKey(
        "plans.PlanVersion", on_delete=models.PROTECT, related_name="+"
    )
    plan = models.CharField(_("预案"), max_length=64)
    ordinal = models.PositiveIntegerField(_("次数"))
    kind = models.CharField(_("建议"), max_length=20, choices=DecisionKind)
    level = models.CharField(_("建议级别"), max_length=3, choices=ResponseLevel, blank=True)
    at_least = models.CharField(_("至少"), max_length=3, choices=ResponseLevel, blank=True)
    present = models.CharField(_("现级别"), max_length=3, choices=ResponseLevel, blank=True)
    headline = models.CharField(_("结论"), max_length=300)
    grading = models.JSONField(_("研判依据"), default=dict)
    fingerprint = models.CharField(max_length=64)
    state = models.CharField(max_length=20, choices=ProposalState, default=ProposalState.OPEN)
    made_at = models.DateTimeField(_("研判时间"))

    class Meta(Scoped.Meta):
        verbose_name = _("研判建议")
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "plan", "ordinal"], name="proposals_counted"
            ),
            models.UniqueConstraint(
                fields=["incident", "plan"],
                condition=Q(state=ProposalState.OPEN),
                name="one_open_proposal_a_plan",
            ),
        ]

    def __str__(self) -> str:
        return self.headline
