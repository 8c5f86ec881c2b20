"""What a superior headquarters told the county to do."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from liandong.command.models.command_term import CommandTerm
from liandong.command.models.incident import Incident
from liandong.command.states import SuperiorOrderState
from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.kernel.visibility import Scoped


class SuperiorOrder(Scoped, Versioned):
    """上级指令: a superior's words as they were received. It is carried out by orders that cite it.

    ``term`` is that of the headquarters in command; none where the county commands and its
    superior told it something all the same.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    incident = models.ForeignKey(
        Incident, on_delete=models.PROTECT, related_name="superior_orders"
    )
    term = models.ForeignKey(
        CommandTerm, null=True, on_delete=models.PROTECT, related_name="orders"
    )
    number = models.PositiveIntegerField(_("序号"))
    headquarters = models.CharField(_("下达机构"), max_length=120)
    words = models.TextField(_("内容"))
    told_by = models.CharField(_("下达人"), max_length=120)
    told_at = models.DateTimeField(_("接到时间"))
    read_back = models.TextField(_("复诵内容"), blank=True)
    paper = models.CharField(_("文号"), max_length=60, blank=True)
    finish_by = models.DateTimeField(_("完成限时"), null=True, blank=True)
    state = models.CharField(
        _("状态"), max_length=20, choices=SuperiorOrderState, default=SuperiorOrderState.OPEN
    )
    outcome = models.TextField(_("办理情况"), blank=True)
    outcome_with = models.CharField(_("对方"), max_length=120, blank=True)
    outcome_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    entered_by = models.CharField(_("登记"), max_length=120)
    entered_at = models.DateTimeField(_("登记时间"))

    class Meta(Scoped.Meta):
        verbose_name = _("上级指令")
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "number"], name="superior_orders_counted"
            )
        ]

    def __str__(self) -> str:
        return _("上级指令 %(number)d") % {"number": self.number}

    @property
    def is_open(self) -> bool:
        """Whether the county still owes the superior an answer."""
        return self.state == SuperiorOrderState.OPEN
