"""What became of a message on one way, told by a channel or by whoever telephoned."""

from typing import Any

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.events import Event
from liandong.kernel.problems import IllegalMove, Invalid, Missing
from liandong.kernel.wording import gettext as _
from liandong.messaging import queries, rules
from liandong.messaging.events import (
    DeliveryFailed,
    EmailQueued,
    EmailSent,
    MessageDelivered,
    OutcomeLost,
)
from liandong.messaging.models import Receipt
from liandong.messaging.permissions import Permission
from liandong.messaging.states import RECEIPT_MOVES, Channel, ReceiptState

TROUBLED = frozenset({ReceiptState.FAILED, ReceiptState.UNKNOWN})
LONGEST_TROUBLE = 500


@action(Permission.RECORD_OUTCOME)
def record_outcome(
    actor: Actor,
    *,
    receipt: Receipt,
    state: ReceiptState,
    expected_version: int,
    trouble: str = "",
    idempotency_key: str = "",
) -> Receipt:
    """Keep what became of an attempt.

    Publishes ``EmailSent``, ``MessageDelivered``, ``DeliveryFailed`` or ``OutcomeLost``. Refuses a failure without its reason, a reading (only the reader says that), and a move
    the receipt's state does not allow.
    """
    _refuse_hidden(actor, receipt)
    if state == ReceiptState.READ:
        raise IllegalMove(_("已阅只能由收件人本人签。"), remedy=_("可以记为“已送达”。"))
    if state in TROUBLED and not trouble.strip():
        remedy = _("请写明原因，例如“无人接听”。")
        raise Invalid(_("没有写原因。"), remedy=remedy, fields={"trouble": remedy})
    RECEIPT_MOVES.check(receipt.state, state)
    receipt.change(
        expected_version=expected_version,
        state=state,
        trouble=trouble.strip()[:LONGEST_TROUBLE],
        begun_at=None,
        **_moment(actor, state),
    )
    tell_outcome(receipt)
    return receipt


@action(Permission.RESEND)
def resend(
    actor: Actor, *, receipt: Receipt, expected_version: int, idempotency_key: str = ""
) -> Receipt:
    """Try an e-mail again that failed or whose outcome is unknown. Publishes ``EmailQueued``.

    Refuses other channels, other states, and what may still not be sent.
    """
    _refuse_hidden(actor, receipt)
    if receipt.channel != Channel.EMAIL:
        raise IllegalMove(_("只有邮件能重发。"), remedy=_("请用电话通知，并记下结果。"))
    RECEIPT_MOVES.check(receipt.state, ReceiptState.QUEUED)
    trouble = rules.why_not_by_email(actor.realm, receipt.address)
    if trouble:
        raise IllegalMove(_("现在仍不能发。"), place=receipt.address, remedy=trouble)
    receipt.change(
        expected_version=expected_version, state=ReceiptState.QUEUED, begun_at=None, trouble=""
    )
    tell_outcome(receipt, again=True)
    return receipt


def tell_outcome(receipt: Receipt, *, again: bool = False) -> None:
    """Publish what the state of a receipt now says; inside an action."""
    message = receipt.message
    happened(_fact(receipt, again=again), incident=message.incident, audience=message.audience)


def _fact(receipt: Receipt, *, again: bool) -> Event:
    message, key = str(receipt.message_id), str(receipt.pk)
    who = {"message": message, "person": receipt.name}
    match receipt.state:
        case ReceiptState.QUEUED:
            return EmailQueued(subject_id=key, again=again, **who)
        case ReceiptState.SENT:
            return EmailSent(subject_id=key, **who)
        case ReceiptState.DELIVERED:
            return MessageDelivered(
                subject_id=message, receipt=key, person=receipt.name, channel=receipt.channel
            )
        case ReceiptState.UNKNOWN:
            return OutcomeLost(
                subject_id=key, channel=receipt.channel, trouble=receipt.trouble, **who
            )
        case _:
            return DeliveryFailed(
                subject_id=key, channel=receipt.channel, trouble=receipt.trouble, **who
            )


def _moment(actor: Actor, state: ReceiptState) -> dict[str, Any]:
    names = {ReceiptState.SENT: "sent_at", ReceiptState.DELIVERED: "delivered_at"}
    return {names[state]: clock.now(actor.realm)} if state in names else {}


def _refuse_hidden(actor: Actor, receipt: Receipt) -> None:
    if not queries.visible_to(actor).filter(pk=receipt.message_id).exists():
        raise Missing(_("没有这条回执，或当前岗位看不到。"), remedy=_("请从消息页打开。"))
