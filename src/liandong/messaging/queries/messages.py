"""Messages, receipts, and ways to people."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from liandong.kernel.actors import EVERYTHING, Actor
from liandong.kernel.counting import count_for
from liandong.kernel.visibility import scopes_of
from liandong.messaging.models import ContactCheck, ContactPoint, Message, Receipt
from liandong.messaging.permissions import Permission
from liandong.messaging.states import Channel, ReceiptState
from liandong.organization import queries as organization
from liandong.organization.models import Person, Post

DESK = 8
CHECKS = 10


def visible_to(actor: Actor) -> QuerySet[Message]:
    """The messages of the actor's realm that the actor may see, and those sent to this person."""
    mine = Message.objects.filter(realm=actor.realm).select_related("to_post__body")
    if EVERYTHING in actor.scopes:
        return mine
    seen = Q(audience__overlap=scopes_of(actor))
    if person := _uuid(actor.person):
        seen |= Q(pk__in=Receipt.objects.filter(person=person).values("message"))
    return mine.filter(seen)


def addressed_to(actor: Actor) -> QuerySet[Message]:
    """Messages to this person, and to the post held now; whoever takes over inherits its post."""
    person, post = _uuid(actor.person), _uuid(actor.post)
    mine = Q(pk__in=Receipt.objects.filter(person=person).values("message")) if person else Q()
    if post:
        mine |= Q(to_post=post)
    rows = Message.objects.filter(realm=actor.realm).select_related("to_post__body")
    return rows.filter(mine) if mine else rows.none()


def unread_for(actor: Actor) -> QuerySet[Message]:
    """What this person has still to read, the urgent first.

    What was sent to the post before this person held it counts until anybody has read it.
    """
    person, post = _uuid(actor.person), _uuid(actor.post)
    if not person:
        return Message.objects.none()
    in_app = Receipt.objects.filter(channel=Channel.IN_APP)
    mine = in_app.filter(person=person).exclude(state=ReceiptState.READ)
    unread = Q(pk__in=mine.values("message"))
    if post:
        here = in_app.filter(message=OuterRef("pk"))
        settled = here.filter(Q(person=person) | Q(state=ReceiptState.READ))
        unread |= Q(~Exists(settled), to_post=post)
    rows = Message.objects.filter(unread, realm=actor.realm).select_related("to_post__body")
    return rows.order_by("-is_urgent", "-sent_at", "-id")


def unread_count(actor: Actor) -> int:
    """How many messages wait for this person."""
    return count_for(actor, unread_for)


@dataclass(frozen=True)
class Unread:
    """An unread message as the desk shows it; ``fresh`` when it was not yet shown to anybody."""

    message: Message
    fresh: bool


def desk(actor: Actor) -> dict[str, Any]:
    """The desk's card: the first unread messages, and how many there are."""
    rows = list(unread_for(actor)[: DESK + 1])
    mine = Receipt.objects.filter(
        channel=Channel.IN_APP,
        person=_uuid(actor.person),
        message__in=rows,
        state=ReceiptState.DELIVERED,
    )
    seen = set(mine.values_list("message", flat=True)) if rows else set()
    shown = [Unread(one, one.pk not in seen) for one in rows[:DESK]]
    return {
        "unread": shown,
        "fresh": [one.message for one in shown if one.fresh],
        "more": unread_count(actor) if len(rows) > DESK else 0,
    }


@dataclass(frozen=True)
class ReadOf:
    """To which post a message went, when, and when somebody there read it first."""

    post: Post
    sent_at: datetime
    read_at: datetime | None


def read_of(subject_kind: str, subject_id: str) -> list[ReadOf]:
    """Who was sent something about a subject, and who has read it; two queries."""
    rows = Message.objects.filter(subject_kind=subject_kind, subject_id=subject_id)
    found = rows.select_related("to_post__body").prefetch_related("receipts")
    return [
        ReadOf(
            one.to_post,
            one.sent_at,
            min((each.read_at for each in one.receipts.all() if each.read_at), default=None),
        )
        for one in found.order_by("sent_at", "id")
    ]


def receipt(pk: str) -> Receipt | None:
    """One receipt with its message; None when there is none."""
    rows = Receipt.objects.select_related("message__to_post__body")
    return rows.filter(pk=pk).first()


def contact_points(owner: Person | Post) -> QuerySet[ContactPoint]:
    """Ways to a person or a post that are in use, in the order they are tried."""
    rows = ContactPoint.objects.filter(retired_at=None).select_related("person", "post__body")
    mine = rows.filter(person=owner) if isinstance(owner, Person) else rows.filter(post=owner)
    return mine.order_by("channel", "rank", "id")


def checks_of(owner: Person | Post) -> list[ContactCheck]:
    """Return the latest test calls of every way to a person or a post in use, newest first."""
    rows = ContactCheck.objects.filter(contact_point__in=contact_points(owner).values("pk"))
    return list(rows.select_related("contact_point").order_by("-at", "-id")[:CHECKS])


def contacts_to_check(before: datetime) -> QuerySet[ContactPoint]:
    """Ways of people who hold posts, and of posts, that are wrong or were not verified since.

    Those of nobody who has left. The wrong ones come first, then those never verified.
    """
    seated = organization.holding().values("person")
    rows = ContactPoint.objects.filter(
        Q(person__in=seated) | Q(post__isnull=False),
        Q(is_stale=True) | Q(verified_at=None) | Q(verified_at__lt=before),
        retired_at=None,
    )
    return rows.select_related("person", "post__body").order_by(
        "-is_stale", F("verified_at").asc(nulls_first=True), "id"
    )


def wrong_numbers(people: Iterable[UUID], posts: Iterable[UUID]) -> list[ContactPoint]:
    """Return the ways to some people and posts that are known to be wrong."""
    rows = ContactPoint.objects.filter(
        Q(person__in=list(people)) | Q(post__in=list(posts)), is_stale=True, retired_at=None
    )
    return list(rows.select_related("person", "post").order_by("id"))


def contact_point(pk: UUID) -> ContactPoint | None:
    """One way that is in use, with whom it leads to."""
    rows = ContactPoint.objects.filter(retired_at=None).select_related("person", "post__body")
    return rows.filter(pk=pk).first()


def addresses(channel: Channel, owners: list[Person] | Post) -> QuerySet[ContactPoint]:
    """Working addresses of some people, or of a post, the first to be tried first."""
    working = ContactPoint.objects.filter(channel=channel, retired_at=None, is_stale=False)
    if isinstance(owners, Post):
        return working.filter(post=owners).order_by("rank", "id")
    return working.filter(person__in=owners).order_by("rank", "id")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def telephones(posts: Iterable[Post], people: Iterable[Person]) -> list[ContactPoint]:
    """Working telephones of some posts and people, the first to be tried first. For whoever may see them."""
    rows = ContactPoint.objects.filter(
        Q(post__in=list(posts)) | Q(person__in=list(people)),
        channel__in=[Channel.PHONE, Channel.MOBILE],
        retired_at=None,
        is_stale=False,
    )
    return list(rows.order_by("rank", "id"))


@organization.telephone_book
def first_numbers(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the number to call first for each of some people and posts, in one query."""
    wanted = list(ids)
    rows = ContactPoint.objects.filter(
        Q(person__in=wanted) | Q(post__in=wanted),
        channel__in=[Channel.PHONE, Channel.MOBILE],
        retired_at=None,
        is_stale=False,
    )
    found: dict[UUID, str] = {}
    whose = Coalesce("person", "post")
    for owner, address in rows.order_by("rank", "id").values_list(whose, "address"):
        found.setdefault(owner, address)
    return found


def sees_every_number(actor: Actor) -> bool:
    """Whether the actor may see whole numbers of everybody: by office, or at the duty desk."""
    return actor.may(Permission.EDIT_ANY_CONTACT) or bool(actor.scopes & {"duty", EVERYTHING})


def seen_by(actor: Actor, points: Iterable[ContactPoint]) -> list[ContactPoint]:
    """Those of some contact points that the actor may see whole: one's own, or everybody's."""
    if sees_every_number(actor):
        return list(points)
    own = {actor.person, actor.post} - {""}
    return [one for one in points if own & {str(one.person_id), str(one.post_id)}]


def reached_by_phone() -> tuple[int, int]:
    """How many people hold posts, and how many of them have no telephone that is in use."""
    seated = set(organization.holding().values_list("person", flat=True))
    points = ContactPoint.objects.filter(
        person__in=seated,
        channel__in=[Channel.MOBILE, Channel.PHONE],
        retired_at=None,
        is_stale=False,
    )
    reached = set(points.values_list("person", flat=True))
    return len(seated), len(seated - reached)
