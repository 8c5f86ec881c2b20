"""The people on the stage: each acts as the account of whoever holds the post just now."""

from functools import cache

from liandong.command import queries
from liandong.demo.stage import WITNESS, Habit, Reaction
from liandong.kernel.actors import Actor
from liandong.kernel.journal.reading import Told
from liandong.organization import queries as organization
from liandong.organization.models import Body, Post


def at_post(key: str) -> Actor:
    """Whoever holds the post with this key, e.g. ``flood-hq.commander``."""
    return holder_of(organization.post_by_key(key))


def holder_of(post: Post) -> Actor:
    """Whoever holds this post. Raises ``LookupError`` when nobody with an account does."""
    for person in organization.holders(post):
        account = organization.account_of(person)
        if account:
            return organization.actor_for(account, post=post)
    raise LookupError(f"nobody acts at {post.key}")


def liaison(body: Body) -> Actor:
    """Whoever is the liaison of this body."""
    post = organization.liaison_of(body)
    if post is None:
        raise LookupError(f"{body} has no liaison")
    return holder_of(post)


def of_hazard(hazard: str, habit: Habit) -> Habit:
    """Let a habit answer only what is told of incidents of a class; other fires are not theirs."""

    def ours(told: Told) -> Reaction | None:
        return habit(told) if told.incident and is_of(told, hazard) else None

    return ours


def is_of(told: Told, hazard: str) -> bool:
    """Whether an entry is of no incident, or of one of a class."""
    return not told.incident or _hazard_of(told.incident).startswith(hazard)


@cache
def _hazard_of(incident: str) -> str:
    """The class of an incident, which never changes."""
    return queries.incident_for(WITNESS, incident).hazard
