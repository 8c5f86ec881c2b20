"""What came in and is somebody else's to see to."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liandong.command.models.signal import Call, Signal
from liandong.command.states import TransferState
from liandong.kernel.ids import uuid7
from liandong.kernel.versions import Versioned
from liandong.kernel.visibility import Scoped


class Transfer(Scoped, Versioned):
    """移送: a signal or a call handed to whose business it is.

    Until it is taken over whoever received it first answers for it: ``sent_post`` is that chair.
    ``rung`` counts how often an unanswered one was urged, ``rung_post`` is who was told last.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    signal = models.ForeignKey(
        Signal, null=True, on_delete=models.PROTECT, related_name="transfers"
    )
    call = models.ForeignKey(
        Call, null=True, on_delete=models.PROTECT, related_name="transfers"
    )
    to_body = models.ForeignKey(
        "organization.Body",
        verbose_name=_("移送单位"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    to_post = models.ForeignKey(
        "organization.Post",
        verbose_name=_("接收岗位"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    text = models.TextField(_("移送内容"))
    reason = models.CharField(_("移送理由"), max_length=500)
    state = models.CharField(
        _("状态"), max_length=20, choices=TransferState, default=TransferState.WAITING
    )
    sent_by = models.CharField(_("移送"), max_length=120)
    sent_post = models.CharField(max_length=64, blank=True, editable=False)
    sent_at = models.DateTimeField(_("移送时间"))
    answer_by = models.DateTimeField(_("答复限时"))
    rung = models.PositiveSmallIntegerField(_("催办级次"), default=0)
    rung_post = models.ForeignKey(
        "organization.Post", null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_by = models.CharField(_("答复"), max_length=120, blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    answer = models.CharField(_("答复内容"), max_length=500, blank=True)
    is_on_behalf = models.BooleanField(_("代录"), default=False)

    class Meta(Scoped.Meta):
        verbose_name = _("移送")
        indexes = [
            *Scoped.Meta.indexes,
            models.Index(fields=["realm", "state", "-sent_at"], name="transfer_listed"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(signal=None, call__isnull=False)
                | Q(signal__isnull=False, call=None),
                name="transfer_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["signal"],
                condition=Q(state=TransferState.WAITING),
                name="one_transfer_a_signal",
            ),
            models.UniqueConstraint(
                fields=["call"],
                condition=Q(state=TransferState.WAITING),
                name="one_transfer_a_call",
            ),
        ]

    def __str__(self) -> str:
        return _("移送%(to)s：%(what)s") % {
            "to": self.to_body.short_name,
            "what": self.text.partition("\n")[0][:60],
        }

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has taken it over or sent it back."""
        return self.state == TransferState.WAITING
