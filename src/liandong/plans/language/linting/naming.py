"""The posts and bodies that a plan names, where, and for what."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import Final, NamedTuple

from liandong.plans.language.document import Level, Plan
from liandong.plans.language.linting.once import once_a_plan
from liandong.plans.language.problems import Path

SIGNING: Final = frozenset({"decides", "ends", "consent"})


class Named(NamedTuple):
    """A post or body in a plan. ``role`` is the word it stands under; at a step what is asked of it."""

    path: Path
    key: str
    role: str


@once_a_plan
def named_in(plan: Plan) -> list[Named]:
    """Everybody a plan names, the highest level first."""
    return [*_at_levels(plan), *_of_groups(plan)]


@once_a_plan
def keys_in(plan: Plan) -> frozenset[str]:
    """The keys of everybody a plan names."""
    return frozenset(one.key for one in named_in(plan))


@once_a_plan
def signing_in(plan: Plan) -> list[Named]:
    """Everybody whose signature a plan asks for."""
    return [one for one in named_in(plan) if one.role in SIGNING]


def named_among(plan: Plan, keys: AbstractSet[str]) -> list[Named]:
    """Everybody of some keys whom a plan names; looked for only where it names one of them."""
    if keys.isdisjoint(keys_in(plan)):
        return []
    return [one for one in named_in(plan) if one.key in keys]


def _at_levels(plan: Plan) -> Iterator[Named]:
    for key, level in plan.highest_first():
        yield from _of_level(level, ("levels", key))


def _of_groups(plan: Plan) -> Iterator[Named]:
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
