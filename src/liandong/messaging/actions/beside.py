"""What is said beside the calls: on the screen and by letter, to all at once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.wording import gettext as _
from liandong.messaging import queries, rules
from liandong.messaging.actions.answers import settle_answers
from liandong.messaging.actions.messages import send_message
from liandong.messaging.actions.receipts import tell_outcome
from liandong.messaging.events import MessageSent
from liandong.messaging.models import Callee, CallOut, Message, Receipt
from liandong.messaging.permissions import Permission
from liandong.messaging.states import (
    CALLEE_MOVES,
    AnswerWay,
    CalleeState,
    Channel,
    ReceiptState,
)
from liandong.organization import queries as organization
from liandong.organization.models import Person, Post

SUBJECT = "messaging.call_out"


@action(Permission.SEND_MESSAGE)
def tell_beside(
    actor: Actor, *, call_out: CallOut, title: str, text: str, idempotency_key: str = ""
) -> CallOut:
    """Say on the screen and by letter what a call-out says, to whoever of it has an account or a mailbox.

    Publishes ``MessageSent`` for each, and ``EmailQueued``. A fixed number of statements.
    """
    now = clock.now(actor.realm)
    callees = queries.callees_of(call_out).select_related("person", "post__body")
    seated = [(one.post, one.person) for one in callees if one.post and one.person]
    seeing, mailboxes = _ways([person for _post, person in seated])
    messages: list[Message] = []
    receipts: list[Receipt] = []
    for post, person in seated:
        if person.pk not in seeing and person.pk not in mailboxes:
            continue
        message = _message(call_out, post, title, text, now)
        messages.append(message)
        common = {"message": message, "person": person, "name": person.name, "queued_at": now}
        if person.pk in seeing:
            receipts.append(
                Receipt(channel=Channel.IN_APP, state=ReceiptState.SENT, sent_at=now, **common)
            )
        if address := mailboxes.get(person.pk):
            receipts.append(_letter(actor.realm, address, common))
    Message.objects.bulk_create(messages)
    Receipt.objects.bulk_create(receipts)
    _tell(call_out, messages, receipts)
    return call_out


def _ways(people: Sequence[Person]) -> tuple[set[UUID | None], dict[UUID, str]]:
    """Who reads what stands on the screen, and who has a mailbox; two queries."""
    accounts = organization.accounts_of_people([one.pk for one in people])
    mailboxes: dict[UUID, str] = {}
    for point in queries.addresses(Channel.EMAIL, list(people)):
        if point.person_id:
            mailboxes.setdefault(point.person_id, point.address)
    return {one.person_id for one in accounts if one.is_open}, mailboxes


def _message(call_out: CallOut, post: Post, title: str, text: str, now: datetime) -> Message:
    return Message(
        realm=call_out.realm,
        audience=sorted({*call_out.audience, f"post:{post.pk}"}),
        to_post=post,
        title=title[:200],
        text=text,
        subject_kind=SUBJECT,
        subject_id=str(call_out.pk),
        incident=call_out.incident,
        is_urgent=True,
        link=call_out.link,
        sent_at=now,
        sender=call_out.started_by,
    )


def _letter(realm: str, address: str, common: Mapping[str, Any]) -> Receipt:
    trouble = rules.why_not_by_email(realm, address)
    state = ReceiptState.FAILED if trouble else ReceiptState.QUEUED
    return Receipt(
        channel=Channel.EMAIL, address=address, state=state, trouble=trouble, **common
    )


def _tell(call_out: CallOut, messages: Sequence[Message], receipts: Sequence[Receipt]) -> None:
    names: dict[UUID, list[str]] = defaultdict(list)
    for receipt in receipts:
        names[receipt.message_id].append(receipt.name)
    for message in messages:
        happened(
            MessageSent(
                subject_id=str(message.pk),
                to_post=str(message.to_post_id),
                post_title=str(message.to_post),
                title=message.title,
                text=message.text,
                urgent=True,
                subject_of_message=f"{SUBJECT}:{call_out.pk}",
                people=list(dict.fromkeys(names[message.pk])),
            ),
            incident=call_out.incident,
            audience=message.audience,
        )
    for receipt in receipts:
        if receipt.state == ReceiptState.QUEUED:
            tell_outcome(receipt)


@action(Permission.RECORD_ANSWER)
def answer_by_reading(
    actor: Actor, *, call_out: CallOut, person: UUID, idempotency_key: str = ""
) -> CallOut:
    """Take it for an answer that somebody signed the message as read. Publishes ``CalleeAnswered``."""
    held = Callee.objects.select_for_update(of=("self",)).select_related("call_out")
    callee = held.filter(call_out=call_out, person=person).first()
    if (
        callee is None
        or CalleeState.ANSWERED not in CALLEE_MOVES.table[CalleeState(callee.state)]
    ):
        return call_out
    now = clock.now(actor.realm)
    callee.state, callee.way = CalleeState.ANSWERED, AnswerWay.IN_APP
    callee.answered_at = callee.recorded_at = now
    callee.answered_by, callee.next_at = callee.name, None
    callee.version += 1
    settle_answers(actor, [callee])
    return call_out


@action(Permission.RECORD_ANSWER)
def tell_goers(actor: Actor, *, call_out: CallOut, idempotency_key: str = "") -> CallOut:
    """Tell whoever has to go to somebody: all of theirs in one message. Once each."""
    rows = Callee.objects.select_for_update(of=("self",)).filter(
        call_out=call_out, state=CalleeState.ASSIGNED, goer__isnull=False, goer_told_at=None
    )
    theirs: dict[Person, list[Callee]] = defaultdict(list)
    for callee in rows.select_related("goer").order_by("turn"):
        if callee.goer:
            theirs[callee.goer].append(callee)
    posts = organization.posts_held_by([one.pk for one in theirs])
    for goer, callees in theirs.items():
        post = posts.get(goer.pk)
        if post is None:
            continue
        lines = [f"{one.area_name} {one.name} {one.number_shown}" for one in callees]
        send_message(
            actor,
            to_post=post,
            title=_("请上门叫应 %(n)d 人：%(title)s")
            % {"n": len(callees), "title": call_out.title},
            text="\n".join([*lines, "", call_out.text]),
            subject_kind="messaging.callee",
            subject_id=str(call_out.pk),
            incident=call_out.incident,
            audience=call_out.audience,
            urgent=True,
            link=f"/messages/call-outs/{call_out.pk}/",
        )
    Callee.objects.filter(pk__in=[one.pk for some in theirs.values() for one in some]).update(
        goer_told_at=clock.now(actor.realm)
    )
    return call_out
