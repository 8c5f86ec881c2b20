"""Responses, and the decisions that begin, change and end them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liandong.command.models.consultation import Consultation
from liandong.command.models.incident import Incident
from liandong.command.models.proposal import Proposal
from liandong.command.models.superior_order import SuperiorOrder
from liandong.command.states import DecisionKind, DecisionState, ResponseLevel, ResponseState
from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.kernel.visibility import Scoped


class Response(Scoped, Versioned):
    """应急响应: a plan in force for an incident at a level, under a headquarters."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="responses")
    plan_version = models.ForeignKey(
        "plans.PlanVersion", on_delete=models.PROTECT, related_name="+"
    )
    plan = models.CharField(_("预案"), max_length=64)
    run = models.OneToOneField(
        "plans.Run", null=True, on_delete=models.PROTECT, related_name="+"
    )
    headquarters = models.ForeignKey(
        "organization.Body", null=True, on_delete=models.PROTECT, related_name="+"
    )
    level = models.CharField(_("级别"), max_length=3, choices=ResponseLevel)
    state = models.CharField(max_length=20, choices=ResponseState, default=ResponseState.ACTIVE)
    area = models.CharField(_("范围"), max_length=300, blank=True)
    started_at = models.DateTimeField(_("启动时间"))
    expected_until = models.DateTimeField(_("预计至"))
    ended_at = models.DateTimeField(_("终止时间"), null=True, blank=True)

    class Meta(Scoped.Meta):
        verbose_name = _("应急响应")
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "plan"],
                condition=Q(state=ResponseState.ACTIVE),
                name="one_response_a_plan",
            )
        ]

    def __str__(self) -> str:
        return _("%(level)s响应") % {"level": self.get_level_display()}

    @property
    def is_active(self) -> bool:
        """Whether it is in force."""
        return self.state == ResponseState.ACTIVE


class Decision(Scoped, Versioned):
    """决定: what named people decided about a response, with what the law asks it to say.

    Matters, level, expected length and measures: 《突发事件应对法》第72条. ``signatures``:
    ``[{post, title, who, at}]``; ``asked``: the posts that had to sign or to consent, as the plan
    said.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="decisions")
    response = models.ForeignKey(
        Response, null=True, on_delete=models.PROTECT, related_name="decisions"
    )
    proposal = models.ForeignKey(
        Proposal, null=True, on_delete=models.PROTECT, related_name="decisions"
    )
    consultation = models.ForeignKey(
        Consultation, null=True, on_delete=models.PROTECT, related_name="decisions"
    )
    plan_version = models.ForeignKey(
        "plans.PlanVersion", on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(_("决定"), max_length=20, choices=DecisionKind)
    level_before = models.CharField(
        _("原级别"), max_length=3, choices=ResponseLevel, blank=True
    )
    level_after = models.CharField(_("级别"), max_length=3, choices=ResponseLevel, blank=True)
    matters = models.TextField(_("响应事项"), blank=True)
    expected_until = models.DateTimeField(_("预计期限"), null=True, blank=True)
    measures = models.TextField(_("处置措施"), blank=True)
    area = models.CharField(_("范围"), max_length=300, blank=True)
    overrule_reason = models.TextField(_("改判理由"), blank=True)
    # By whose word it was lowered or ended while another commanded.
    superior_order = models.ForeignKey(
        SuperiorOrder, null=True, on_delete=models.PROTECT, related_name="decisions"
    )
    asked = models.JSONField(_("应签"), default=dict)
    signatures = models.JSONField(_("签署"), default=list)
    refused_reason = models.TextField(_("不同意的理由"), blank=True)
    refused_by = models.CharField(_("不同意"), max_length=120, blank=True)
    state = models.CharField(
        max_length=20, choices=DecisionState, default=DecisionState.PENDING
    )
    opened_at = models.DateTimeField(_("提出时间"))
    made_at = models.DateTimeField(_("生效时间"), null=True, blank=True)

    class Meta(Scoped.Meta):
        verbose_name = _("决定")
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "plan_version"],
                condition=Q(state=DecisionState.PENDING),
                name="one_pending_decision_a_plan",
            )
        ]

    def __str__(self) -> str:
        return _("%(kind)s%(level)s响应") % {
            "kind": self.get_kind_display(),
            "level": self.get_level_after_display() or "",
        }
