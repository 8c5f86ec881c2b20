"""People nobody can find, until somebody does."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liandong.command.models.incident import Incident
from liandong.command.states import MissingState
from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.kernel.visibility import Scoped
from liandong.kernel.wording import gettext as words


class MissingPerson(Scoped, Versioned):
    """失踪人员: reported missing in an incident, and what became of them.

    Who they are, who told, where they were seen last and how they were found stand in the journal
    alone: destroyed there (《突发事件应对法》第85条), they are a number here that still counts.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    incident = models.ForeignKey(
        Incident, on_delete=models.PROTECT, related_name="missing_people"
    )
    ordinal = models.PositiveIntegerField(_("序号"))
    township = models.CharField(_("乡镇"), max_length=60, blank=True)
    state = models.CharField(
        _("状态"), max_length=20, choices=MissingState, default=MissingState.MISSING
    )
    reported_at = models.DateTimeField(_("报告时间"))
    entered_by = models.CharField(_("登记"), max_length=120)
    entered_at = models.DateTimeField(_("登记时间"))
    settled_at = models.DateTimeField(_("查明时间"), null=True, blank=True)
    settled_by = models.CharField(_("查明登记"), max_length=120, blank=True)

    class Meta(Scoped.Meta):
        verbose_name = _("失踪人员")
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "ordinal"], name="missing_people_numbered"
            ),
            models.CheckConstraint(
                condition=Q(state=MissingState.MISSING, settled_at=None)
                | ~Q(state=MissingState.MISSING) & Q(settled_at__isnull=False),
                name="missing_until_settled",
            ),
        ]

    def __str__(self) -> str:
        return words("第%(n)d名失踪人员") % {"n": self.ordinal}
