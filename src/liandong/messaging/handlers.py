"""What messaging does when its own entries are in the journal: letters go out, readings count."""

from liandong.kernel.actors import Actor, system_actor
from liandong.kernel.events import Cause, on
from liandong.kernel.wording import gettext as _
from liandong.messaging import queries, rules
from liandong.messaging.actions import answer_by_reading, attempts, record_outcome, tell_beside
from liandong.messaging.actions.beside import SUBJECT
from liandong.messaging.adapters.carrier import AwayError, Carrier, DoubtfulError, RefusedError
from liandong.messaging.adapters.letters import compose
from liandong.messaging.adapters.smtp import Smtp
from liandong.messaging.events import CallOutStarted, CallOutStopped, EmailQueued, MessageRead
from liandong.messaging.models import CallOut, Receipt
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


@on(CallOutStarted)
def say_beside(fact: CallOutStarted, cause: Cause) -> None:
    """Say on screens and by letter what the calls say; not what a test says."""
    call_out = CallOut.objects.get(pk=fact.subject_id)
    if not call_out.is_test:
        tell_beside(
            _caller(cause),
            call_out=call_out,
            title=call_out.title,
            text=call_out.text,
            idempotency_key=cause.key,
        )


@on(CallOutStopped)
def say_stopped(fact: CallOutStopped, cause: Cause) -> None:
    """Tell those who were called that it is over."""
    call_out = CallOut.objects.get(pk=fact.subject_id)
    if not call_out.is_test and not queries.running_in_chain(cause.realm, call_out.chain):
        tell_beside(
            _caller(cause),
            call_out=call_out,
            title=_("停止叫应：%(title)s") % {"title": call_out.title},
            text=fact.reason,
            idempotency_key=cause.key,
        )


@on(MessageRead)
def count_reading(fact: MessageRead, cause: Cause) -> None:
    """Whoever signs as read what the calls say has answered; no phone of theirs rings any more."""
    receipt = queries.receipt(fact.receipt)
    if receipt is None or receipt.message.subject_kind != SUBJECT or not receipt.person_id:
        return
    answer_by_reading(
        _caller(cause),
        call_out=CallOut.objects.get(pk=receipt.message.subject_id),
        person=receipt.person_id,
        idempotency_key=cause.key,
    )


def _caller(cause: Cause) -> Actor:
    return system_actor(
        "node", _("叫应"), cause.realm, Permission.SEND_MESSAGE, Permission.RECORD_ANSWER
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
