"""What has to be mended after a drill."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from liandong.evaluation.models.drill import Drill
from liandong.evaluation.states import ImprovementState
from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.kernel.visibility import Scoped
from liandong.organization.models import Post
from liandong.plans.models import PlanVersion


class Improvement(Scoped, Versioned):
    """整改: what was found wanting, who mends it by when, and which clause of a plan it touches."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    drill = models.ForeignKey(Drill, on_delete=models.PROTECT, related_name="improvements")
    finding = models.TextField(_("问题"))
    wanted = models.TextField(_("整改要求"))
    owner = models.ForeignKey(
        Post, verbose_name=_("责任岗位"), on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField(_("整改期限"))
    plan = models.ForeignKey(
        PlanVersion,
        verbose_name=_("涉及的预案"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    clause = models.CharField(_("涉及的条款或步骤"), max_length=120, blank=True)
    state = models.CharField(
        _("状态"),
        max_length=20,
        choices=ImprovementState,
        default=ImprovementState.OPEN,
    )
    by = models.CharField(_("提出人"), max_length=120)
    done_words = models.TextField(_("整改情况"), blank=True)
    done_at = models.DateTimeField(_("整改时间"), null=True)
    done_by = models.CharField(_("整改人"), max_length=120, blank=True)
    done_by_person = models.CharField(max_length=64, blank=True)
    checked_words = models.TextField(_("核验意见"), blank=True)
    checked_by = models.CharField(_("核验人"), max_length=120, blank=True)
    checked_at = models.DateTimeField(_("核验时间"), null=True)

    class Meta(Scoped.Meta):
        verbose_name = _("整改")
        indexes = [
            *Scoped.Meta.indexes,
            models.Index(fields=["state", "due_on"], name="improvement_due"),
        ]

    def __str__(self) -> str:
        return self.finding[:60]

    def is_late(self, today: date) -> bool:
        """Whether its day is over and nobody has said that it is done."""
        return self.state == ImprovementState.OPEN and self.due_on < today
