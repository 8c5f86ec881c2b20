"""What leaders said should be done, and what came of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from liandong.command.models.incident import Incident
from liandong.command.states import InstructionChannel, InstructionState
from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.kernel.visibility import Scoped


class Instruction(Scoped, Versioned):
    """批示: a leader's words as they were said or written, turned into orders, followed to the answer.

    ``read_back`` is what whoever took it down said back; blank while nobody has.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    incident = models.ForeignKey(
        Incident, on_delete=models.PROTECT, related_name="instructions"
    )
    number = models.PositiveIntegerField(_("序号"))
    leader = models.CharField(_("批示人"), max_length=120)
    channel = models.CharField(_("方式"), max_length=20, choices=InstructionChannel)
    words = models.TextField(_("批示原话"))
    told_at = models.DateTimeField(_("批示时间"))
    taken_by = models.CharField(_("记录"), max_length=120)
    taken_at = models.DateTimeField(_("记录时间"))
    read_back = models.TextField(_("复述内容"), blank=True)
    read_back_at = models.DateTimeField(_("复述时间"), null=True, blank=True)
    due_at = models.DateTimeField(_("反馈限时"), null=True, blank=True)
    state = models.CharField(
        _("状态"), max_length=20, choices=InstructionState, default=InstructionState.OPEN
    )
    answer = models.TextField(_("反馈内容"), blank=True)
    answered_by = models.CharField(_("反馈人"), max_length=120, blank=True)
    answered_at = models.DateTimeField(_("反馈时间"), null=True, blank=True)
    urged = models.PositiveSmallIntegerField(_("提醒次数"), default=0)

    class Meta(Scoped.Meta):
        verbose_name = _("批示")
        indexes = [
            *Scoped.Meta.indexes,
            models.Index(fields=["realm", "state", "-told_at"], name="instruction_listed"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["incident", "number"], name="instructions_counted")
        ]

    def __str__(self) -> str:
        return _("%(leader)s第%(number)d号批示") % {
            "leader": self.leader,
            "number": self.number,
        }

    @property
    def is_open(self) -> bool:
        """Whether the leader has not been told yet what came of it."""
        return self.state == InstructionState.OPEN

    @property
    def wants_read_back(self) -> bool:
        """Whether it was spoken and nobody has said it back."""
        return self.channel != InstructionChannel.PAPER and self.read_back_at is None
