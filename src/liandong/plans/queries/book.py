"""The posts and bodies that plans name: what they are called, and who answers there now."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from liandong.organization import queries as organization
from liandong.organization.models import Appointment, Body, Post
from liandong.organization.states import BodyKind


@dataclass(frozen=True, kw_only=True)
class Chair:
    """Where something named by a plan arrives: the post, who holds it; nobody where it is vacant or there is none."""

    label: str
    people: tuple[str, ...] = ()
    is_missing: bool = False

    @property
    def is_vacant(self) -> bool:
        return not self.people and not self.is_missing


class Book:
    """Every post and body of the county, read once. Three queries."""

    def __init__(self, at: datetime | None = None) -> None:
        self.posts: dict[str, Post] = {post.key: post for post in organization.all_posts()}
        self.bodies: dict[str, Body] = {body.key: body for body in organization.all_bodies()}
        self.at = at

    @property
    def names(self) -> dict[str, str]:
        """What each key is called on pages."""
        posts = {key: f"{one.body.short_name}{one.title}" for key, one in self.posts.items()}
        return posts | {key: one.short_name for key, one in self.bodies.items()}

    @property
    def called(self) -> dict[str, tuple[str, ...]]:
        """Everything each key is called: in short, in full, of old. Plans name no villages."""
        names = {
            post.key: (f"{post.body.short_name}{post.title}",)
            for post in self.posts.values()
            if post.body.kind != BodyKind.VILLAGE
        }
        return names | {
            key: (body.short_name, body.name, *body.aliases)
            for key, body in self.bodies.items()
            if body.kind != BodyKind.VILLAGE
        }

    def chair(self, key: str) -> Chair:
        """Where what goes to a post or a body arrives, as orders find it, and who is there."""
        post = self.desk(key)
        if post is None:
            return Chair(label=self.names.get(key, key), is_missing=True)
        seated = self.seated(post)
        return Chair(
            label=f"{post.body.short_name}{post.title}",
            people=tuple(one.person.name for one in seated),
        )

    def desk(self, key: str) -> Post | None:
        """The post at which what goes to a post or a body arrives."""
        return self.posts.get(key) or self._desk_of(self.bodies.get(key))

    def seated(self, post: Post) -> list[Appointment]:
        """Who sits at a post."""
        return self._seated.get(post.pk, [])

    @cached_property
    def _seated(self) -> dict[UUID, list[Appointment]]:
        return organization.staffed(self.posts.values(), self.at)

    def _desk_of(self, body: Body | None) -> Post | None:
        """The liaison of a body, else a post of its office, else its first, as ``liaison_of`` has it."""
        if body is None:
            return None
        own = self._by_body.get(body.pk, [])
        if own and own[0].is_liaison:
            return own[0]
        offices = (
            one.pk
            for one in self.bodies.values()
            if one.parent_id == body.pk and one.kind == BodyKind.HEADQUARTERS_OFFICE
        )
        office = [post for pk in offices for post in self._by_body.get(pk, [])]
        return next(iter([*sorted(office, key=_first), *own]), None)

    @cached_property
    def _by_body(self) -> dict[UUID, list[Post]]:
        found: dict[UUID, list[Post]] = {}
        for post in sorted(self.posts.values(), key=_first):
            found.setdefault(post.body_id, []).append(post)
        return found


def _first(post: Post) -> tuple[bool, int, str]:
    return not post.is_liaison, post.rank, str(post.pk)
