"""Who is where: people and the posts they hold."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.organization.models import Appointment, Person, Post


def holding(at: datetime | None = None) -> QuerySet[Appointment]:
    """Appointments in force at a moment; now, unless another is named."""
    at = at or clock.now(ACTUAL)
    return Appointment.objects.filter(Q(until_at=None) | Q(until_at__gt=at), from_at__lte=at)


def holders(post: Post, at: datetime | None = None) -> list[Person]:
    """Return who answers for a post: its holder first, then deputies in the order they came."""
    chairs = holding(at).filter(post=post).select_related("person")
    return [one.person for one in chairs.order_by("is_deputy", "from_at", "id")]


def is_vacant(post: Post, at: datetime | None = None) -> bool:
    """Say whether nobody answers for a post, not even a deputy."""
    return not holding(at).filter(post=post).exists()


def staffed(posts: Iterable[Post], at: datetime | None = None) -> dict[UUID, list[Appointment]]:
    """Return the appointments in force at each of several posts, holder first, in one query."""
    found: dict[UUID, list[Appointment]] = defaultdict(list)
    chairs = holding(at).filter(post__in=[post.pk for post in posts]).select_related("person")
    for one in chairs.order_by("is_deputy", "from_at", "id"):
        found[one.post_id].append(one)
    return found


def positions_of(person: Person, at: datetime | None = None) -> list[Appointment]:
    """Return the chairs a person holds, own ones first."""
    chairs = holding(at).filter(person=person).select_related("post__body")
    return list(chairs.order_by("is_deputy", "post__rank", "id"))


def appointments_of(person: Person) -> list[Appointment]:
    """Return every chair a person holds or held, the latest first."""
    return list(person.appointments.select_related("post__body").order_by("-from_at", "-id"))


def all_people() -> QuerySet[Person]:
    """Everybody in the book, in Chinese order, with the chairs they hold now as ``now_at``."""
    chairs = holding().select_related("post__body").order_by("is_deputy", "post__rank", "id")
    return Person.objects.order_by("sort_key", "id").prefetch_related(
        Prefetch("appointments", queryset=chairs, to_attr="now_at")
    )


def people_at(body: UUID) -> list[UUID]:
    """Return whoever holds, held or will hold a post of a body, by their keys."""
    return list(Appointment.objects.filter(post__body=body).values_list("person", flat=True))


def find_people(text: str, *, limit: int = 20) -> list[Person]:
    """Return people whose name contains the text."""
    named = Person.objects.filter(name__icontains=text.strip())
    return list(named.order_by("sort_key", "id")[:limit])
