"""Where an account stands: the actor it is now, by the posts its person holds at this moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL, Actor, Grant
from liandong.kernel.permissions import Role, permissions_of
from liandong.organization.models import Account, Appointment, Body, Post, PostRole
from liandong.organization.permissions import OWN
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


@dataclass(frozen=True)
class Standing:
    """An actor, with the roles it draws on and the chairs it may sign from."""

    actor: Actor
    roles: frozenset[str]
    appointments: tuple[Appointment, ...]


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
) -> Standing:
    """Find the chairs, roles and actor of an account, in two queries. A shut account has none."""
    if not account.is_open:
        actor = Actor(account=str(account.pk), realm=realm, scopes=frozenset({"public"}))
        return Standing(actor, frozenset(), ())
    if account.kind == AccountKind.DEVICE:
        return Standing(_device(account, realm), frozenset({Role.DEVICE}), ())
    now = clock.now(ACTUAL)
    held = holding(now).filter(person_id=account.person_id) if account.person_id else None
    chairs = list(held.select_related("post__body", "person")) if held is not None else []
    wanted = str(post.pk if isinstance(post, Post) else post or "")
    # Stable: the chosen chair first, then own chairs by rank, then those of a deputy.
    chairs.sort(key=lambda one: (str(one.post_id) != wanted, one.is_deputy, one.post.rank))
    roles = list(PostRole.objects.filter(post__in=[one.post_id for one in chairs]))
    actor = _person(account, realm, device, chairs, roles)
    return Standing(actor, frozenset(one.role for one in roles), tuple(chairs))


def _person(
    account: Account, realm: str, device: str, chairs: list[Appointment], roles: list[PostRole]
) -> Actor:
    first = chairs[0] if chairs else None
    return Actor(
        account=str(account.pk),
        person=str(account.person_id or ""),
        post=str(first.post_id) if first else "",
        body=str(first.post.body_id) if first else "",
        acting_for=str(first.post_id) if first and first.is_deputy else "",
        device=device,
        realm=realm,
        label=_label(first) if first else account.username,
        grants=_grants(roles) | {Grant(permission=str(one)) for one in OWN},
        scopes=frozenset(_scopes(account, chairs, {one.role for one in roles})),
    )


def _label(chair: Appointment) -> str:
    deputy = "（B角）" if chair.is_deputy else ""
    return f"{chair.post.body.short_name} {chair.post.title}{deputy} {chair.person.name}"


def _grants(roles: Iterable[PostRole]) -> frozenset[Grant]:
    return frozenset(
        Grant(permission=permission, body=one.body, hazard=one.hazard)
        for one in roles
        for permission in permissions_of(one.role)
    )


def _scopes(account: Account, chairs: list[Appointment], roles: set[str]) -> Iterable[str]:
    yield from ("public", "county", f"account:{account.pk}")
    for chair in chairs:
        yield f"post:{chair.post_id}"
        yield from body_scopes(chair.post.body)
    for scope, who in WIDER.items():
        if who & roles:
            yield scope


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
