"""The people on the stage: each acts as the account of whoever holds the post just now."""

from liandong.kernel.actors import Actor
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
