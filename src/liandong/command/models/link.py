"""How incidents hang together: one caused the other, is part of it, or is the same told twice."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from liandong.command.models.incident import Incident
from liandong.command.states import LinkKind
from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned


class IncidentLink(Versioned):
    """事件关联: ``incident`` was caused by, is part of or is the same as ``to``.

    ``is_counted`` says that the figures of ``incident`` stand within those of ``to`` already, so
    that totals count nobody twice. Links run one way only; they make no ring.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(_("关系"), max_length=20, choices=LinkKind)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="links_up")
    to = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="links_down")
    is_counted = models.BooleanField(_("数字已含在对方里"), default=False)
    reason = models.CharField(_("依据"), max_length=500)
    made_by = models.CharField(_("关联"), max_length=120)
    made_at = models.DateTimeField(_("关联时间"))
    withdrawn_by = models.CharField(_("解除"), max_length=120, blank=True)
    withdrawn_at = models.DateTimeField(_("解除时间"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("解除原因"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("事件关联")
        constraints = [
            models.CheckConstraint(condition=~Q(incident=F("to")), name="link_joins_two"),
            models.UniqueConstraint(
                fields=["incident", "to"],
                condition=Q(withdrawn_at=None),
                name="one_link_of_two_incidents",
            ),
            models.UniqueConstraint(
                fields=["incident"],
                condition=Q(withdrawn_at=None, kind=LinkKind.PART_OF),
                name="part_of_one_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.incident} {self.get_kind_display()} {self.to}"

    @property
    def stands(self) -> bool:
        """Whether nobody has taken it back."""
        return self.withdrawn_at is None
