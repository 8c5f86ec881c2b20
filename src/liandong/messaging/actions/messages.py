"""Sending messages, and learning that they were shown and read."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Forbidden, Invalid, Missing
from liandong.kernel.wording import gettext as _
from liandong.messaging import queries, rules
from liandong.messaging.actions.receipts import tell_outcome
from liandong.messaging.events import MessageRead, MessageSent
from liandong.messaging.models import Message, Receipt
from liandong.messaging.permissions import Permission
from liandong.messaging.states import Channel, ReceiptState
from liandong.organization import queries as organization
from liandong.organization.models import Person, Post

LONGEST_TITLE = 200
LONGEST_TEXT = 20_000


@action(Permission.SEND_MESSAGE)
def send_message(
    actor: Actor,
    *,
    to_post: Post,
    title: str,
    text: str,
    subject_kind: str,
    subject_id: str,
    audience: Iterable[str],
    incident: str = "",
    urgent: bool = False,
    link: str = "",
    idempotency_key: str = "",
) -> Message:
    """Tell whoever holds a post now, deputies too, on every way known.

    Publishes ``MessageSent``, and ``EmailQueued`` or ``DeliveryFailed`` for each way outward.
    Refuses a vacant post, and text that is empty or too long.
    """
    now = clock.now(actor.realm)
    plain = _checked(title, text, link)
    people = organization.holders(to_post)
    if not people:
        raise _vacant(to_post)
    seen = frozenset(audience) | {f"post:{to_post.pk}"}
    message = Message.objects.create(
        realm=actor.realm,
        audience=sorted(seen),
        to_post=to_post,
        title=plain,
        text=text,
        subject_kind=subject_kind,
        subject_id=str(subject_id),
        incident=incident,
        is_urgent=urgent,
        link=link,
        sent_at=now,
        sender=actor.label[:200],
    )
    receipts = Receipt.objects.bulk_create(_receipts(message, people, now))
    happened(_sent(message, people), incident=incident, audience=seen)
    for receipt in receipts:
        if receipt.state != ReceiptState.SENT:
            tell_outcome(receipt)
    return message


@action(Permission.READ_MESSAGE)
def mark_delivered(actor: Actor, *, message: Message, idempotency_key: str = "") -> Receipt:
    """Keep that a message stood on this person's screen. Publishes ``MessageDelivered`` once.

    Refuses whoever it was not sent to.
    """
    receipt = _own_receipt(actor, message)
    if receipt.state in {ReceiptState.DELIVERED, ReceiptState.READ}:
        return receipt
    now = clock.now(actor.realm)
    receipt.change(
        expected_version=receipt.version,
        state=ReceiptState.DELIVERED,
        delivered_at=now,
        trouble="",
    )
    tell_outcome(receipt)
    return receipt


@action(Permission.READ_MESSAGE)
def mark_read(actor: Actor, *, message: Message, idempotency_key: str = "") -> Receipt:
    """Keep that this person has read a message. Publishes ``MessageRead`` once.

    Refuses whoever it was not sent to.
    """
    receipt = _own_receipt(actor, message)
    if receipt.state == ReceiptState.READ:
        return receipt
    now = clock.now(actor.realm)
    receipt.change(
        expected_version=receipt.version,
        state=ReceiptState.READ,
        delivered_at=receipt.delivered_at or now,
        read_at=now,
        trouble="",
    )
    fact = MessageRead(subject_id=str(message.pk), receipt=str(receipt.pk), person=receipt.name)
    happened(fact, incident=message.incident, audience=message.audience)
    return receipt


def _own_receipt(actor: Actor, message: Message) -> Receipt:
    """Lock the in-app receipt of this person; made for whoever took over the post since."""
    if not actor.person:
        raise Forbidden(_("只有收件人本人能签阅消息。"), remedy=_("请用本人账号登录。"))
    if not queries.addressed_to(actor).filter(pk=message.pk).exists():
        raise Missing(_("没有这条消息，或它不是发给您的。"), remedy=_("请从消息列表打开。"))
    receipt, made = Receipt.objects.select_for_update().get_or_create(
        message=message,
        person_id=UUID(actor.person),
        channel=Channel.IN_APP,
        address="",
        defaults={
            "state": ReceiptState.SENT,
            "name": actor.label[:100],
            "queued_at": message.sent_at,
            "sent_at": message.sent_at,
        },
    )
    if made and receipt.person:
        receipt.name = receipt.person.name
        receipt.save(update_fields=["name"])
    return receipt


def _receipts(message: Message, people: list[Person], now: datetime) -> list[Receipt]:
    """A receipt for each person and channel, and for the post's own mailboxes."""
    accounts = organization.accounts_of_people([person.pk for person in people])
    seeing = {account.person_id for account in accounts if account.is_open}
    made = [_in_app(message, one, now, has_account=one.pk in seeing) for one in people]
    names = {person.pk: person.name for person in people}
    done: set[object] = set()
    for point in queries.addresses(Channel.EMAIL, people):
        if point.person_id not in done and point.person_id is not None:
            done.add(point.person_id)
            made.append(
                _email(message, point.person_id, names[point.person_id], point.address, now)
            )
    used = {receipt.address.casefold() for receipt in made}
    made.extend(
        _email(message, None, str(message.to_post), point.address, now)
        for point in queries.addresses(Channel.EMAIL, message.to_post)
        if point.address.casefold() not in used
    )
    return made


def _in_app(message: Message, person: Person, now: datetime, *, has_account: bool) -> Receipt:
    made = Receipt(
        message=message,
        person=person,
        name=person.name,
        channel=Channel.IN_APP,
        queued_at=now,
    )
    if has_account:
        made.state, made.sent_at = ReceiptState.SENT, now
    else:
        made.state = ReceiptState.FAILED
        made.trouble = _("没有可用的账号。请电话通知，或请安全管理员开通账号。")
    return made


def _email(
    message: Message, person: UUID | None, name: str, address: str, now: datetime
) -> Receipt:
    trouble = rules.why_not_by_email(message.realm, address)
    return Receipt(
        message=message,
        person_id=person,
        name=name,
        channel=Channel.EMAIL,
        address=address,
        state=ReceiptState.FAILED if trouble else ReceiptState.QUEUED,
        trouble=trouble,
        queued_at=now,
    )


def _checked(title: str, text: str, link: str) -> str:
    plain = " ".join(title.split())
    wrong: dict[str, str] = {}
    if not 0 < len(plain) <= LONGEST_TITLE:
        wrong["title"] = _("标题请填 1 到 200 字。")
    if len(text) > LONGEST_TEXT:
        wrong["text"] = _("内容最多 2 万字，长文请作附件。")
    if link and not (link.startswith("/") and not link.startswith("//") and len(link) <= 300):
        wrong["link"] = _("链接只能指向本平台的页面，以 / 开头。")
    if wrong:
        raise Invalid(_("消息没有写好。"), remedy=_("请按提示改后再发。"), fields=wrong)
    return plain


def _vacant(post: Post) -> Invalid:
    place = f"{post.body} {post.title}"
    if post.superior_id:
        up = f"{post.superior.body} {post.superior.title}" if post.superior else ""
        remedy = _("请改发上级岗位“%(up)s”，或先为该岗位任命人员。") % {"up": up}
    else:
        remedy = _("请先为该岗位任命人员。")
    return Invalid(
        _("岗位“%(post)s”现在没有人，消息没有发出。") % {"post": place},
        place=place,
        remedy=remedy,
        fields={"to_post": remedy},
    )


def _sent(message: Message, people: list[Person]) -> MessageSent:
    return MessageSent(
        subject_id=str(message.pk),
        to_post=str(message.to_post_id),
        post_title=str(message.to_post),
        title=message.title,
        text=message.text,
        urgent=message.is_urgent,
        subject_of_message=f"{message.subject_kind}:{message.subject_id}",
        people=[person.name for person in people],
    )
