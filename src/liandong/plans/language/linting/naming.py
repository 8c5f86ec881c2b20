"""The posts and bodies that a plan names, where, and for what."""

from collections.abc import Iterator
from dataclasses import dataclass

from liandong.plans.language.document import Level, Plan
from liandong.plans.language.problems import Path


@dataclass(frozen=True)
class Named:
    """A post or body in a plan. ``role`` is the word it stands under; at a step what is asked of it."""

    path: Path
    key: str
    role: str


def named_in(plan: Plan) -> Iterator[Named]:
    """Everybody a plan names, the highest level first."""
    for key, level in plan.highest_first():
        yield from _of_level(level, ("levels", key))
    for at, group in enumerate(plan.field_post.groups):
        path = ("field_post", "groups", at)
        if group.leads:
            yield Named((*path, "leads"), group.leads, "leads")
        for place, member in enumerate(group.members):
            yield Named((*path, "members", place), member, "members")


def _of_level(level: Level, path: Path) -> Iterator[Named]:
    for word, post in (("proposes", level.proposes), ("consent", level.consent)):
        if post:
            yield Named((*path, word), post, word)
    for word, deciders in (("decides", level.decides), ("ends", level.ends)):
        for post in deciders.posts if deciders else ():
            yield Named((*path, word), post, word)
    for at, one in enumerate(level.informs):
        yield Named((*path, "informs", at), one.post, "informs")
    for at, step in enumerate(level.steps):
        yield Named((*path, "steps", at), step.to, step.do)
