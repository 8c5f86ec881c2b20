"""Where an account stands: the actor it is now, by the posts its person holds at this moment."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from itertools import islice
from typing import Any, cast
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model

from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL, Actor, Grant
from liandong.kernel.permissions import Role, permissions_of, to_be_signed
from liandong.kernel.statements import execute
from liandong.organization.models import (
    Account,
    Appointment,
    Attendance,
    Body,
    Person,
    Post,
    PostRole,
)
from liandong.organization.permissions import OWN, SECOND_FACTOR_ROLES, Permission
from liandong.organization.queries.bodies import body_scopes
from liandong.organization.queries.people import holding
from liandong.organization.states import AccountKind

DUTY_DESK = frozenset(
    {Role.DUTY_OFFICER, Role.DUTY_LEADER, Role.COMMANDER, Role.HEADQUARTERS_OFFICE}
)
# What a role sees besides its own bodies and posts.
WIDER = {
    "duty": DUTY_DESK,
    "audit": frozenset({Role.AUDIT_ADMIN}),
    "security": frozenset({Role.SECURITY_ADMIN}),
}
# What a standing needs of each row, in the model's own order; the rest is read when it is asked for.
USED: list[tuple[str, type[Model], tuple[str, ...]]] = [
    ("held", Appointment, ("id", "post_id", "person_id", "is_deputy")),
    ("post", Post, ("id", "body_id", "title", "rank")),
    ("body", Body, ("id", "short_name", "kind", "parent_id")),
    ("person", Person, ("id", "name")),
]
COLUMNS = ", ".join(f"{table}.{name}" for table, _model, names in USED for name in names)
# Asked with every request: one statement, which the server plans once.
CHAIRS = f"""
SELECT coalesce((SELECT json_agg(json_build_array(role, body, hazard))
                 FROM organization_postrole WHERE post_id = post.id), '[]'),
       (SELECT second_factor_roles FROM organization_signinpolicy), {COLUMNS}
FROM organization_appointment AS held
JOIN organization_post AS post ON post.id = held.post_id
JOIN organization_body AS body ON body.id = post.body_id
JOIN organization_person AS person ON person.id = held.person_id
WHERE held.person_id = %s AND held.from_at <= %s
  AND (held.until_at IS NULL OR held.until_at > %s)
"""  # noqa: S608 -- our own names


@dataclass(frozen=True)
class Standing:
    """An actor, with the roles it draws on and the chairs it may sign from.

    ``asks_twice``: some of its roles ask for a second factor.
    """

    actor: Actor
    roles: frozenset[str]
    appointments: tuple[Appointment, ...]
    asks_twice: bool = False


def actor_for(
    account: Account,
    *,
    realm: str = ACTUAL,
    post: Post | UUID | str | None = None,
    device: str = "",
) -> Actor:
    """Make the actor an account is now; ``post`` chooses the chair to sign from, if it is held."""
    return standing_of(account, realm=realm, post=post, device=device).actor


def standing_of(
    account: Account,
    *,
    realm: str = ACTUAL,
    post: Post | UUID | str | None = None,
    device: str = "",
    operator: str = "",
) -> Standing:
    """Find the chairs, roles and actor of an account, in one query. A shut account has none.

    ``operator`` names, for a shared machine, who of the shift sits at it.
    """
    if not account.is_open:
        actor = Actor(account=str(account.pk), realm=realm, scopes=frozenset({"public"}))
        return Standing(actor, frozenset(), ())
    if account.kind == AccountKind.DEVICE:
        return Standing(_device(account, realm), frozenset({Role.DEVICE}), ())
    if account.kind == AccountKind.DESK:
        return _desk(account, realm, operator)
    now = clock.now(ACTUAL)
    chairs, roles, twice = (
        _chairs(account.person_id, now) if account.person_id else ([], [], SECOND_FACTOR_ROLES)
    )
    wanted = str(post.pk if isinstance(post, Post) else post or "")
    # Stable: the chosen chair first, then own chairs by rank, then those of a deputy.
    chairs.sort(key=lambda one: (str(one.post_id) != wanted, one.is_deputy, one.post.rank))
    actor = _person(account, realm, device, chairs, roles)
    held = frozenset(one.role for one in roles)
    return Standing(actor, held, tuple(chairs), asks_twice=bool(held & twice))


def _chairs(
    person: UUID, at: datetime
) -> tuple[list[Appointment], list[PostRole], frozenset[str]]:
    """The chairs somebody holds, the roles they give, and which roles ask for a second factor."""
    chairs: list[Appointment] = []
    roles: list[PostRole] = []
    twice = frozenset(map(str, SECOND_FACTOR_ROLES))
    for given, asked, *row in execute(CHAIRS, [person, at, at]):
        roles += (PostRole(role=role, body=body, hazard=hazard) for role, body, hazard in given)
        chairs.append(_chair(row))
        twice |= frozenset(asked or ())
    return chairs, roles, twice


def _chair(row: Iterable[Any]) -> Appointment:
    values = iter(row)
    made = {
        table: model.from_db(DEFAULT_DB_ALIAS, names, list(islice(values, len(names))))
        for table, model, names in USED
    }
    held, post = cast("Appointment", made["held"]), cast("Post", made["post"])
    post.body, held.post, held.person = (
        cast("Body", made["body"]),
        post,
        cast("Person", made["person"]),
    )
    return held


def seated_at(actor: Actor, posts: Collection[Post]) -> Actor:
    """Give the same person in the chair they hold among these posts; as they sit, if in none.

    What is signed for a post is that post's, whichever chair its holder came in by.
    """
    if not actor.person or actor.post in {str(post.pk) for post in posts}:
        return actor
    held = holding(clock.now(ACTUAL)).filter(person_id=actor.person, post__in=posts)
    chairs = held.select_related("post__body", "person").order_by("is_deputy", "post__rank")
    chair = chairs.first()
    return _seated(actor, chair) if chair else actor


def _seated(actor: Actor, chair: Appointment) -> Actor:
    return replace(
        actor,
        post=str(chair.post_id),
        body=str(chair.post.body_id),
        acting_for=str(chair.post_id) if chair.is_deputy else "",
        label=_label(chair),
    )


def _person(
    account: Account, realm: str, device: str, chairs: list[Appointment], roles: list[PostRole]
) -> Actor:
    actor = Actor(
        account=str(account.pk),
        person=str(account.person_id or ""),
        device=device,
        realm=realm,
        label=account.username,
        grants=_with_own(_grants(roles)),
        scopes=frozenset(_scopes(account, chairs, {one.role for one in roles})),
    )
    return _seated(actor, chairs[0]) if chairs else actor


def _label(chair: Appointment) -> str:
    deputy = "（B角）" if chair.is_deputy else ""
    return f"{chair.post.body.short_name} {chair.post.title}{deputy} {chair.person.name}"


@lru_cache(maxsize=512)
def _with_own(grants: frozenset[Grant]) -> frozenset[Grant]:
    """With what everybody may do about their own account."""
    return grants | {Grant(permission=str(one)) for one in OWN}


def _grants(roles: Iterable[PostRole]) -> frozenset[Grant]:
    return _grants_of(frozenset((one.role, one.body, one.hazard) for one in roles))


@lru_cache(maxsize=512)
def _grants_of(roles: frozenset[tuple[str, str, str]]) -> frozenset[Grant]:
    return frozenset(
        Grant(permission=permission, body=body, hazard=hazard)
        for role, body, hazard in roles
        for permission in permissions_of(role)
    )


def _scopes(account: Account, chairs: list[Appointment], roles: set[str]) -> Iterable[str]:
    yield from ("public", "county", f"account:{account.pk}")
    yield from _at_posts(chair.post for chair in chairs)
    for scope, who in WIDER.items():
        if who & roles:
            yield scope


def _at_posts(posts: Iterable[Post]) -> Iterable[str]:
    for post in posts:
        yield f"post:{post.pk}"
        yield from body_scopes(post.body)


def _desk(account: Account, realm: str, operator: str) -> Standing:
    """A duty-room machine: it sees what its post sees, and does unsigned what is ordinary.

    It shows the forms of what those on duty may do besides; each of that they sign. While nobody
    is on duty at it, it only shows.
    """
    post = Post.objects.select_related("body").get(pk=cast("UUID", account.desk_post_id))
    roles = list(PostRole.objects.filter(post=post))
    rows = Attendance.objects.filter(desk=account, until=None).select_related("person")
    shift = list(rows.order_by("since", "id"))
    grants, more = _grants(roles), _grants(_roles_on_duty(shift))
    can = frozenset(grant.permission for grant in grants)
    signed = to_be_signed(can) if shift else can
    held = {one.role for one in roles}
    wider = (scope for scope, who in WIDER.items() if who & held)
    actor = Actor(
        kind="desk",
        account=str(account.pk),
        post=str(post.pk),
        body=str(post.body_id),
        device=str(account.pk),
        realm=realm,
        label=_desk_label(account, shift, operator),
        grants=grants | more | {Grant(permission=Permission.KEEP_DESK)},
        scopes=frozenset(
            {"public", "county", f"account:{account.pk}", *_at_posts([post]), *wider}
        ),
        must_sign=signed | {grant.permission for grant in more - grants},
    )
    return Standing(actor, frozenset(held), ())


def _roles_on_duty(shift: list[Attendance]) -> list[PostRole]:
    """What those on duty are trusted with at a duty desk; no administrator's pages open there."""
    if not shift:
        return []
    chairs = holding().filter(person__in=[one.person_id for one in shift]).values("post")
    return list(PostRole.objects.filter(post__in=chairs, role__in=DUTY_DESK))


def _desk_label(account: Account, shift: list[Attendance], operator: str) -> str:
    """Who did it, as far as is known: the one who sits there, else those on duty."""
    sits = [one.person.name for one in shift if str(one.pk) == operator]
    who = "、".join(sits or [one.person.name for one in shift[:3]])
    return f"{account.title}（{who}）" if who else account.title


def _device(account: Account, realm: str) -> Actor:
    grants = frozenset(Grant(permission=one) for one in permissions_of(Role.DEVICE))
    body: Body | None = account.body
    return Actor(
        kind="device",
        account=str(account.pk),
        body=str(body.pk) if body else "",
        device=str(account.pk),
        realm=realm,
        label=account.title or account.username,
        grants=grants,
        scopes=frozenset({"public", f"account:{account.pk}"}),
    )
