"""Setting up posts and saying what they are trusted with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from liandong.kernel.actions import action, happened
from liandong.kernel.actors import EVERYTHING, Actor
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed
from liandong.organization import queries, rules
from liandong.organization.actions.keeping import keep_all
from liandong.organization.events import PostCreated, RightsChanged, RolesSet
from liandong.organization.models import Body, Post, PostRole
from liandong.organization.permissions import Permission


@dataclass(frozen=True)
class RoleScope:
    """A role, and for which body and hazard it is held; ``*`` for all."""

    role: str
    body: str = EVERYTHING
    hazard: str = EVERYTHING

    def __str__(self) -> str:
        return f"{self.role}/{self.body}/{self.hazard}"


@action(Permission.CREATE_POST)
def create_post(
    actor: Actor,
    *,
    body: Body,
    key: str,
    title: str,
    superior: Post | None = None,
    rank: int = 0,
    is_liaison: bool = False,
    idempotency_key: str = "",
) -> Post:
    """Set up a post; its key is ``<body>.<key>``. Publishes ``PostCreated``.

    Refuses keys in use. The post holds no role yet: that is for the security administrator.
    """
    actor.demand(Permission.CREATE_POST, body=str(body.pk))
    rules.demand_actual(actor)
    post = Post(
        key=f"{body.key}.{key}",
        body=body,
        title=title,
        superior=superior,
        rank=rank,
        is_liaison=is_liaison,
    )
    add_posts([post])
    return post


def add_posts(posts: Sequence[Post]) -> None:
    """Insert new posts, each after its superior, and tell of each: ``PostCreated``."""
    keep_all(posts)
    for post in posts:
        happened(
            PostCreated(
                subject_id=str(post.pk),
                key=post.key,
                body_id=str(post.body_id),
                title=post.title,
                superior_id=str(post.superior_id or ""),
            ),
            audience={"county"},
        )


@action(Permission.SET_ROLES)
def set_roles(
    actor: Actor,
    *,
    post: Post,
    roles: Sequence[RoleScope],
    expected_version: int,
    idempotency_key: str = "",
) -> Post:
    """Settle which roles a post holds. Publishes ``RolesSet``, and cuts the streams it changes.

    Refuses unknown roles, two of the three administrators at one post, an administrator of a
    part of the county, and one's own post.
    """
    rules.demand_actual(actor)
    _refuse_unknown(roles)
    _refuse_narrow(roles)
    rules.demand_separation((one.role for one in roles), place=str(post))
    chairs = queries.chairs_at([post]).get(post.pk, [])
    for chair in chairs:
        rules.demand_another(actor, chair.person_id)
        others = queries.roles_of_person(chair.person) - _names(queries.roles_of_post(post))
        rules.demand_separation({*others, *_names(roles)}, place=str(chair.person))
    before = [
        str(RoleScope(one.role, one.body, one.hazard)) for one in queries.roles_of_post(post)
    ]
    post.change(expected_version=expected_version)
    PostRole.objects.filter(post=post).delete()
    PostRole.objects.bulk_create(
        PostRole(post=post, role=one.role, body=one.body, hazard=one.hazard)
        for one in dict.fromkeys(roles)
    )
    happened(
        RolesSet(
            subject_id=str(post.pk),
            title=str(post),
            before=before,
            roles=sorted(str(one) for one in set(roles)),
        ),
        audience={"audit", "security"},
    )
    cut_streams(chair.person_id for chair in chairs)
    return post


def cut_streams(people: Iterable[UUID]) -> None:
    """Say that rights changed, so that open pages ask anew what they may see."""
    for account in queries.accounts_of_people(people):
        happened(
            RightsChanged(subject_id=str(account.pk), username=account.username),
            audience={"audit", "security", f"account:{account.pk}"},
        )


def _names(roles: Iterable[RoleScope | PostRole]) -> set[str]:
    return {str(one.role) for one in roles}


def _refuse_unknown(roles: Sequence[RoleScope]) -> None:
    unknown = sorted(_names(roles) - rules.FOR_POSTS)
    if unknown:
        raise Invalid(
            _("岗位不能有这种角色：%(names)s") % {"names": listed(unknown)},
            remedy=_("请从列出的角色中选择。"),
            fields={"roles": _("岗位不能有这种角色")},
        )


def _refuse_narrow(roles: Sequence[RoleScope]) -> None:
    """People, rights and accounts are one book for the whole node: nobody keeps a part of it."""
    wide = (EVERYTHING, EVERYTHING)
    if any(
        one.role in rules.ADMINISTRATORS and (one.body, one.hazard) != wide for one in roles
    ):
        raise Invalid(
            _("管理员的权限不能只限一个机构或灾种。"),
            remedy=_("请去掉“只限本机构的事项”，或不授予管理员角色。"),
            fields={"own_body": _("管理员管理整个平台")},
        )
