"""Who is in an incident: those who command, those who were ordered, and how they are reached."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from liandong.command.models import Incident
from liandong.command.queries.address import name_of
from liandong.command.queries.incident import goes_on, within
from liandong.command.queries.order import visible_orders
from liandong.command.queries.response import decisions_of
from liandong.command.states import DONE, LIVE
from liandong.kernel.actors import EVERYTHING, Actor
from liandong.messaging import queries as messaging
from liandong.organization import queries as organization
from liandong.organization.models import Appointment, Post


@dataclass(frozen=True)
class Sitting:
    """Somebody at a post: its holder, its deputy, or who stands in ``until`` a moment, for whom.

    ``stands_for`` is blank where nobody holds the chair that is stood in for.
    """

    name: str
    is_deputy: bool = False
    until: datetime | None = None
    stands_for: str = ""


@dataclass
class Participant:
    """A post, who sits there, what it has done of what it was told, and its telephones.

    ``elsewhere``: how many orders of other incidents that go on its body still owes.
    """

    post: str
    name: str
    commands: bool
    sitting: list[Sitting] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    orders: int = 0
    done: int = 0
    elsewhere: int = 0

    @property
    def is_staffed(self) -> bool:
        """Whether anybody answers there."""
        return bool(self.sitting)


def people_of(actor: Actor, incident: Incident) -> list[Participant]:
    """Everybody who signed for it or was ordered in it; a fixed number of queries.

    Telephones only for the duty desk: to others they are veiled, as everywhere.
    """
    wanted: dict[str, Participant] = {}
    for decision in decisions_of(actor, incident):
        for one in decision.signatures:
            wanted.setdefault(one["post"], Participant(one["post"], "", commands=True))
    given = visible_orders(actor).filter(within(incident)).order_by().values("to_post")
    counts = given.annotate(
        given=Count("pk"), finished=Count("pk", filter=Q(state__in=sorted(DONE)))
    )
    for chair, orders, finished in counts.values_list("to_post", "given", "finished"):
        row = wanted.setdefault(str(chair), Participant(str(chair), "", commands=False))
        row.orders, row.done = orders, finished
    busy = _owed_elsewhere(actor, incident)
    posts = {str(one.pk): one for one in organization.all_posts().filter(pk__in=list(wanted))}
    chairs = organization.staffed(posts.values())
    reach = _phones(chairs, list(posts.values())) if actor.scopes & {"duty", EVERYTHING} else {}
    for key, row in wanted.items():
        post = posts.get(key)
        if post is None:
            continue
        row.name = name_of(post)
        row.sitting = _sitting(chairs[post.pk])
        row.phones = reach.get(post.pk, [])
        row.elsewhere = busy[post.body_id] if row.orders else 0
    found = [row for row in wanted.values() if row.name]
    return sorted(found, key=lambda one: (not one.commands, one.name))


def _owed_elsewhere(actor: Actor, incident: Incident) -> Counter[UUID]:
    """How many orders of other incidents each body still owes, as far as the actor sees them."""
    others = visible_orders(actor).filter(goes_on(), state__in=sorted(LIVE))
    bodies = others.exclude(within(incident)).order_by().values_list("to_body", flat=True)
    return Counter(bodies)


def _sitting(chairs: list[Appointment]) -> list[Sitting]:
    """Holder first, as they come; who stands in for a time names whose chair it is."""
    holder = next((one.person.name for one in chairs if not one.is_deputy), "")
    return [
        Sitting(
            one.person.name,
            one.is_deputy,
            one.until_at if one.is_deputy else None,
            holder if one.is_deputy and one.until_at else "",
        )
        for one in chairs
    ]


def _phones(chairs: dict[UUID, list[Appointment]], posts: list[Post]) -> dict[UUID, list[str]]:
    """The post's own telephones first, then those of who stands in tonight, then its holders'."""
    people = {one.person_id: one.person for rows in chairs.values() for one in rows}
    own: dict[UUID | None, list[str]] = defaultdict(list)
    theirs: dict[UUID | None, list[str]] = defaultdict(list)
    for point in messaging.telephones(posts, people.values()):
        (own[point.post_id] if point.post_id else theirs[point.person_id]).append(point.address)
    return {
        post.pk: [
            *own[post.pk],
            *(
                number
                for one in sorted(chairs[post.pk], key=lambda one: not one.until_at)
                for number in theirs[one.person_id]
            ),
        ][:2]
        for post in posts
    }
