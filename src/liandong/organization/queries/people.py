"""Who is where: people and the posts they hold."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL, Actor
from liandong.organization.models import Appointment, Leave, Person, Post


def holding(at: datetime | None = None) -> QuerySet[Appointment]:
    """Appointments in force at a moment; now, unless another is named."""
    at = at or clock.now(ACTUAL)
    return Appointment.objects.filter(Q(until_at=None) | Q(until_at__gt=at), from_at__lte=at)


def on_leave(at: datetime | None = None) -> QuerySet[Leave]:
    """Leaves that run at a moment; now, unless another is named."""
    at = at or clock.now(ACTUAL)
    return Leave.objects.filter(ended_at=None, from_at__lte=at, until_at__gt=at)


def answering(at: datetime | None = None) -> QuerySet[Appointment]:
    """Appointments in force at a moment whose people are not on leave then."""
    at = at or clock.now(ACTUAL)
    return holding(at).exclude(Exists(on_leave(at).filter(person=OuterRef("person"))))


def holders(post: Post, at: datetime | None = None) -> list[Person]:
    """Return who answers for a post: its holder first, then deputies; nobody who is on leave."""
    chairs = answering(at).filter(post=post).select_related("person")
    return [one.person for one in chairs.order_by("is_deputy", "from_at", "id")]


def is_vacant(post: Post, at: datetime | None = None) -> bool:
    """Say whether nobody answers for a post, not even a deputy; whoever is on leave does not."""
    return not answering(at).filter(post=post).exists()


def staffed(posts: Iterable[Post], at: datetime | None = None) -> dict[UUID, list[Appointment]]:
    """Return who answers at each of several posts, holder first, in one query."""
    return _by_post(answering(at), posts)


def chairs_at(posts: Iterable[Post]) -> dict[UUID, list[Appointment]]:
    """Return who holds each of several posts now, on leave or not, holder first, in one query."""
    return _by_post(holding(), posts)


def _by_post(
    chairs: QuerySet[Appointment], posts: Iterable[Post]
) -> dict[UUID, list[Appointment]]:
    found: dict[UUID, list[Appointment]] = defaultdict(list)
    rows = chairs.filter(post__in=[post.pk for post in posts]).select_related("person")
    for one in rows.order_by("is_deputy", "from_at", "id"):
        found[one.post_id].append(one)
    return found


def positions_of(person: Person, at: datetime | None = None) -> list[Appointment]:
    """Return the chairs a person holds, own ones first."""
    chairs = holding(at).filter(person=person).select_related("post__body")
    return list(chairs.order_by("is_deputy", "post__rank", "id"))


def bodies_of_people(people: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    """Return the bodies in which several people hold chairs now, in one query."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    rows = holding().filter(person__in=list(people)).values_list("person", "post__body")
    for person, body in rows:
        found[person].add(body)
    return dict(found)


def posts_held_by(people: Iterable[UUID]) -> dict[UUID, Post]:
    """Return the first post that each of several people holds now, own before deputized, in one query."""
    rows = holding().filter(person__in=list(people)).select_related("post__body")
    found: dict[UUID, Post] = {}
    for one in rows.order_by("is_deputy", "post__rank", "id"):
        found.setdefault(one.person_id, one.post)
    return found


def appointments_of(person: Person) -> list[Appointment]:
    """Return every chair a person holds or held, the latest first."""
    return list(person.appointments.select_related("post__body").order_by("-from_at", "-id"))


def people_here() -> QuerySet[Person]:
    """Everybody who has not left, in Chinese order."""
    return Person.objects.filter(left_at=None).order_by("sort_key", "id")


def all_people() -> QuerySet[Person]:
    """Everybody who has not left, in Chinese order, with the chairs they hold now as ``now_at``."""
    chairs = holding().select_related("post__body").order_by("is_deputy", "post__rank", "id")
    return people_here().prefetch_related(
        Prefetch("appointments", queryset=chairs, to_attr="now_at")
    )


def person_of(actor: Actor) -> Person | None:
    """Return the person an actor is; None for machines and the clock."""
    return Person.objects.filter(pk=actor.person).first() if actor.person else None


def people_at(body: UUID) -> list[UUID]:
    """Return whoever holds, held or will hold a post of a body, by their keys."""
    return list(Appointment.objects.filter(post__body=body).values_list("person", flat=True))


def find_people(text: str, *, limit: int = 20) -> list[Person]:
    """Return people whose name contains the text."""
    return list(people_here().filter(name__icontains=text.strip())[:limit])
