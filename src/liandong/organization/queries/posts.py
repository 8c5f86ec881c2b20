"""Posts: by key, by body, and the ladder above each."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from liandong.kernel.divisions import Division
from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _
from liandong.organization.models import Body, Person, Post, PostRole
from liandong.organization.queries.people import holding
from liandong.organization.queries.template import usual_bodies, usual_posts
from liandong.organization.states import BodyKind

HIGHEST = 20

# A ladder is short; its length is bounded in case somebody ties it into a ring past the rules.
LADDER = """
WITH RECURSIVE rung AS (
    SELECT superior_id AS id, 1 AS height FROM organization_post WHERE id = %s
    UNION ALL
    SELECT post.superior_id, height + 1
    FROM rung JOIN organization_post post ON post.id = rung.id WHERE height < %s
)
SELECT post.*, min(height) AS height FROM rung JOIN organization_post post USING (id)
GROUP BY post.id ORDER BY height
"""


def all_posts() -> QuerySet[Post]:
    """Every post, with its body."""
    listed = ("body__order", "body__sort_key", "rank", "id")
    return Post.objects.select_related("body").order_by(*listed)


def post_by_key(key: str) -> Post:
    """Return the post with a key such as ``flood-hq.commander``; raises ``Missing``."""
    post = Post.objects.select_related("body").filter(key=key).first()
    if post is None:
        raise Missing(_("没有这个岗位。"), place=key[:60], remedy=_("请核对岗位标识。"))
    return post


def posts_of_body(body: Body) -> list[Post]:
    """Return the posts of a body by rank."""
    return list(Post.objects.filter(body=body).select_related("body").order_by("rank", "id"))


def ladder(post: Post) -> list[Post]:
    """Return the posts above a post, the nearest first, for what nobody answers."""
    return list(Post.objects.raw(LADDER, [post.pk, HIGHEST]))


def find_posts(text: str, *, limit: int = 20) -> list[Post]:
    """Return posts whose title, body or present holder contains the text; for pickers."""
    text = text.strip()
    people = holding().filter(person__name__icontains=text).values("post")
    wanted = (
        Q(title__icontains=text)
        | Q(body__name__icontains=text)
        | Q(body__short_name__icontains=text)
        | Q(pk__in=people)
    )
    return list(all_posts().filter(wanted)[:limit])


def posts_without_usual_roles(place: Division) -> list[tuple[Post, tuple[str, ...]]]:
    """Return the posts of usual bodies that hold no role yet, each with what it usually holds."""
    usual = {post.full_key: post.roles for body in usual_bodies(place) for post in body.posts}
    for body in Body.objects.filter(
        kind__in=[BodyKind.TOWNSHIP, BodyKind.UNIT, BodyKind.PARTNER]
    ):
        for post in usual_posts(body.key, body.kind):
            usual.setdefault(post.full_key, post.roles)
    wanted = [key for key, roles in usual.items() if roles]
    rows = all_posts().filter(key__in=wanted, roles=None)
    return [(row, usual[row.key]) for row in rows]


def roles_of_post(post: Post | UUID) -> list[PostRole]:
    """Return the roles of a post."""
    key = post.pk if isinstance(post, Post) else post
    return list(PostRole.objects.filter(post=key).order_by("role", "body", "hazard"))


def roles_of_posts(posts: Iterable[UUID]) -> dict[UUID, frozenset[str]]:
    """Name the roles of several posts; every post asked for is in the answer."""
    named: dict[UUID, set[str]] = {post: set() for post in posts}
    rows = PostRole.objects.filter(post__in=named).values_list("post", "role")
    for post, role in rows:
        named[post].add(role)
    return {post: frozenset(roles) for post, roles in named.items()}


def roles_of_person(person: Person) -> frozenset[str]:
    """Name the roles a person draws on now, by all chairs."""
    return roles_of_people([person.pk])[person.pk]


def roles_of_people(people: Iterable[UUID]) -> dict[UUID, frozenset[str]]:
    """Name the roles several people draw on now; everybody asked for is in the answer."""
    named: dict[UUID, set[str]] = {person: set() for person in people}
    chairs = holding().filter(person__in=named, post__roles__role__isnull=False)
    for person, role in chairs.values_list("person", "post__roles__role"):
        named[person].add(role)
    return {person: frozenset(roles) for person, roles in named.items()}
