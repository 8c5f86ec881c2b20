"""Whom to call: the posts and bodies a plan names, who answers there, and by what telephones."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from liandong.kernel.actors import Actor
from liandong.messaging import queries as messaging
from liandong.organization.models import Post
from liandong.plans.language import Plan
from liandong.plans.language.linting.naming import named_in
from liandong.plans.queries.book import Book


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Somebody a plan names: the post or body, who answers there, by what telephones."""

    label: str
    people: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    withheld: bool = False  # there are telephones, and the reader may not see them


def contacts_of(plan: Plan, book: Book, actor: Actor) -> list[Contact]:
    """Everybody the plan names, with the telephones that the actor may see."""
    posts = {key: book.desk(key) for key in _keys(plan)}
    seats = {post.pk: post for post in posts.values() if post}
    phones, hidden = _phones(book, list(seats.values()), actor)
    found: dict[str, Contact] = {}
    for key, post in posts.items():
        label = book.names.get(key, key)
        if post is None:
            found.setdefault(label, Contact(label=label))
            continue
        desk = book.chair(key).label
        name = label if key in book.posts or desk == label else f"{label}（{desk}）"
        found[name] = Contact(
            label=name,
            people=tuple(one.person.name for one in book.seated(post)),
            phones=tuple(phones[post.pk]),
            withheld=post.pk in hidden and not phones[post.pk],
        )
    return list(found.values())


def contacts_blank(plan: Plan, names: Mapping[str, str]) -> list[Contact]:
    """Everybody the plan names, with nothing known of them."""
    labels = dict.fromkeys(names.get(key, key) for key in _keys(plan))
    return [Contact(label=label) for label in labels]


def _keys(plan: Plan) -> list[str]:
    return list(dict.fromkeys([plan.headquarters, *(one.key for one in named_in(plan))]))


def _phones(
    book: Book, posts: list[Post], actor: Actor
) -> tuple[dict[UUID, list[str]], set[UUID]]:
    """Numbers by post, the post's own first; and the posts that have any at all."""
    chairs = {post.pk: book.seated(post) for post in posts}
    people = {one.person_id: one.person for some in chairs.values() for one in some}
    points = messaging.telephones(posts, people.values())
    seen = {one.pk for one in messaging.seen_by(actor, points)}
    found: dict[UUID, list[str]] = defaultdict(list)
    having: set[UUID] = set()
    for post, some in chairs.items():
        holders = {one.person_id for one in some}
        own = [one for one in points if one.post_id == post]
        theirs = [one for one in points if one.person_id in holders]
        having |= {post} if own or theirs else set()
        found[post] = [one.address for one in (*own, *theirs) if one.pk in seen]
    return found, having
