"""What goes to the standing committee of the people's congress for the record."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from liandong.command.models.special_period import SpecialPeriod
from liandong.command.states import FilingKind
from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.kernel.visibility import Scoped


class CongressFiling(Scoped, Versioned):
    """人大常委会备案: a decision that has to be told them in good time (《突发事件应对法》第25条).

    The law says 及时 and no more: ``due_at`` is the county's own.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    special_period = models.ForeignKey(
        SpecialPeriod, on_delete=models.PROTECT, related_name="filings"
    )
    kind = models.CharField(_("事项"), max_length=20, choices=FilingKind)
    decision_paper = models.CharField(_("决定文号"), max_length=60)
    due_at = models.DateTimeField(_("备案时限"))
    paper = models.CharField(_("报送文号"), max_length=60, blank=True)
    filed_by = models.CharField(_("报送人"), max_length=120, blank=True)
    filed_at = models.DateTimeField(_("报送时间"), null=True, blank=True)
    receipt = models.CharField(_("回执"), max_length=120, blank=True)
    received_by = models.CharField(_("签收人"), max_length=120, blank=True)
    received_at = models.DateTimeField(_("签收时间"), null=True, blank=True)

    class Meta(Scoped.Meta):
        verbose_name = _("人大常委会备案")
        indexes = [
            *Scoped.Meta.indexes,
            models.Index(fields=["realm", "due_at"], name="filing_owed"),
        ]

    def __str__(self) -> str:
        return _("%(kind)s%(period)s的决定报人大常委会备案") % {
            "kind": self.get_kind_display(),
            "period": self.special_period,
        }
