"""Channels, and what may become of a message on one of them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from liandong.kernel.states import Moves


class Channel(TextChoices):
    """A way to a person."""

    IN_APP = "in_app", _("站内")
    EMAIL = "email", _("电子邮件")
    PHONE = "phone", _("固定电话")
    MOBILE = "mobile", _("手机")


class CheckResult(TextChoices):
    """What a test call came to."""

    REACHED = "reached", _("接通")
    NO_ANSWER = "no_answer", _("无人接听")
    SWITCHED_OFF = "switched_off", _("关机或停机")
    WRONG = "wrong", _("空号、错号或退信")


class ReceiptState(TextChoices):
    """How far a message came on one way. ``unknown`` is an answer: nobody can say."""

    QUEUED = "queued", _("待发")
    SENT = "sent", _("已发出")
    DELIVERED = "delivered", _("已送达")
    READ = "read", _("已阅")
    FAILED = "failed", _("未送达")
    UNKNOWN = "unknown", _("不知是否送达")


RECEIPT_MOVES: Moves[ReceiptState] = Moves(
    {
        ReceiptState.QUEUED: {ReceiptState.SENT, ReceiptState.FAILED, ReceiptState.UNKNOWN},
        ReceiptState.SENT: {ReceiptState.DELIVERED, ReceiptState.READ, ReceiptState.FAILED},
        ReceiptState.DELIVERED: {ReceiptState.READ},
        ReceiptState.READ: set(),
        ReceiptState.FAILED: {ReceiptState.QUEUED, ReceiptState.DELIVERED, ReceiptState.READ},
        ReceiptState.UNKNOWN: {
            ReceiptState.QUEUED,
            ReceiptState.DELIVERED,
            ReceiptState.READ,
            ReceiptState.FAILED,
        },
    }
)
