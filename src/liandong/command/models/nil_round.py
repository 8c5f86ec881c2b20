"""零报告轮次: townships are asked whether all is well, and each owes a word by a time."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liandong.command.models.incident import Incident
from liandong.command.states import NilReturnState
from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.kernel.visibility import Scoped
from liandong.web.times import moment


class NilRound(Scoped, Versioned):
    """零报告轮次: what was asked in an incident, of whom, by when. ``overdue_at``: who had not answered was asked again."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="nil_rounds")
    question = models.CharField(_("要报什么"), max_length=300)
    asked_by = models.CharField(_("发起"), max_length=120)
    asked_at = models.DateTimeField(_("发起时间"))
    due_at = models.DateTimeField(_("限时"))
    overdue_at = models.DateTimeField(null=True, editable=False)

    class Meta(Scoped.Meta):
        verbose_name = _("零报告轮次")
        indexes = [
            *Scoped.Meta.indexes,
            models.Index(fields=["incident", "-asked_at"], name="nil_round_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_at__gt=models.F("asked_at")), name="nil_round_due_after_asking"
            )
        ]

    def __str__(self) -> str:
        return _("零报告（%(at)s）") % {"at": moment(self.asked_at)}


class NilReturn(Scoped, Versioned):
    """乡镇零报告: what one township answered in a round; ``noted``: the desk wrote it down."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    round = models.ForeignKey(NilRound, on_delete=models.PROTECT, related_name="returns")
    body = models.ForeignKey("organization.Body", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("organization.Post", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        _("状态"), max_length=10, choices=NilReturnState, default=NilReturnState.AWAITED
    )
    text = models.TextField(_("情况"), blank=True)
    noted = models.BooleanField(_("代录"), default=False)
    answered_by = models.CharField(_("报送人"), max_length=120, blank=True)
    answered_at = models.DateTimeField(_("报送时间"), null=True, blank=True)

    class Meta(Scoped.Meta):
        verbose_name = _("乡镇零报告")
        constraints = [
            models.UniqueConstraint(fields=["round", "body"], name="one_return_a_body"),
            models.CheckConstraint(
                condition=Q(state=NilReturnState.AWAITED, answered_at=None)
                | ~Q(state=NilReturnState.AWAITED) & Q(answered_at__isnull=False),
                name="nil_return_answered_at",
            ),
        ]

    def __str__(self) -> str:
        return _("%(body)s的零报告") % {"body": self.body.short_name}

    @property
    def is_late(self) -> bool:
        """Whether it came after the round's time."""
        return self.answered_at is not None and self.answered_at > self.round.due_at
