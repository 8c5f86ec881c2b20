"""What messaging does when its own entries are in the journal: hand letters out."""

from liandong.kernel.actors import system_actor
from liandong.kernel.events import Cause, on
from liandong.kernel.wording import gettext as _
from liandong.messaging import queries, rules
from liandong.messaging.actions import attempts, record_outcome
from liandong.messaging.adapters.carrier import AwayError, Carrier, DoubtfulError, RefusedError
from liandong.messaging.adapters.letters import compose
from liandong.messaging.adapters.smtp import Smtp
from liandong.messaging.events import EmailQueued
from liandong.messaging.models import Receipt
from liandong.messaging.permissions import Permission
from liandong.messaging.states import ReceiptState

mail: Carrier = Smtp()


@on(EmailQueued)
def send_email(fact: EmailQueued, cause: Cause) -> None:
    """Send one e-mail, at most once without a person's say; a server that is away is tried again."""
    receipt = queries.receipt(fact.subject_id)
    if receipt is None or receipt.state != ReceiptState.QUEUED:
        return
    state, trouble = _try(receipt)
    postman = system_actor("node", _("邮件收发"), cause.realm, Permission.RECORD_OUTCOME)
    record_outcome(
        postman,
        receipt=receipt,
        state=state,
        trouble=trouble,
        expected_version=receipt.version,
        idempotency_key=cause.key,
    )


def _try(receipt: Receipt) -> tuple[ReceiptState, str]:
    """Make one attempt. What is raised out of here leaves the delivery owing, to be tried later."""
    # Asked again: the drill's list, or the settings, may have changed since it was queued.
    trouble = rules.why_not_by_email(receipt.message.realm, receipt.address)
    if trouble:
        return ReceiptState.FAILED, trouble
    letter = compose(receipt)
    if not attempts.begin(receipt.pk):
        return ReceiptState.UNKNOWN, _(
            "上次发送时程序中断，不知是否发出。请用电话核实，未收到再重发。"
        )
    try:
        mail.send(letter)
    except AwayError as away:
        attempts.give_up(receipt.pk, str(away))
        raise
    except RefusedError as refused:
        return ReceiptState.FAILED, str(refused)
    except DoubtfulError as doubt:
        return ReceiptState.UNKNOWN, str(doubt)
    return ReceiptState.SENT, ""
