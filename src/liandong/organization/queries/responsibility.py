"""Who answers for what, and for what nobody does any more."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.organization.models import Person, Post, Responsibility
from liandong.organization.queries.people import holding


def responsibilities() -> QuerySet[Responsibility]:
    """Responsibilities in force now, with their people and posts, by object and part."""
    now = clock.now(ACTUAL)
    rows = Responsibility.objects.filter(Q(until_at=None) | Q(until_at__gt=now))
    return rows.select_related("person", "post__body").order_by(
        "object_kind", "object_name", "object_id", "role", "id"
    )


def responsibilities_of(kind: str, ids: Iterable[str]) -> dict[str, list[Responsibility]]:
    """Return who answers for each of several objects of a kind, in one query.

    An object for which nobody answers is not in the answer.
    """
    found: dict[str, list[Responsibility]] = defaultdict(list)
    wanted = [str(one) for one in ids]
    for row in responsibilities().filter(object_kind=kind, object_id__in=wanted):
        found[row.object_id].append(row)
    return dict(found)


def responsibilities_held_by(person: Person) -> list[Responsibility]:
    """Return everything for which a person answers by name."""
    return list(responsibilities().filter(person=person))


def responsibilities_at(post: Post) -> list[Responsibility]:
    """Return everything for which a post answers, whoever holds it."""
    return list(responsibilities().filter(post=post, person=None))


def orphaned_responsibilities() -> QuerySet[Responsibility]:
    """Responsibilities whose person left the post or the county, or whose post nobody holds.

    They stay so until they are handed on.
    """
    chairs = holding()
    left_post = Q(person__isnull=False, post__isnull=False) & ~Exists(
        chairs.filter(person=OuterRef("person"), post=OuterRef("post"))
    )
    vacant = Q(person=None) & ~Exists(chairs.filter(post=OuterRef("post")))
    return responsibilities().filter(left_post | vacant | Q(person__left_at__isnull=False))
