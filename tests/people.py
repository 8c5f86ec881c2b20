"""The same persons everywhere: who they are, what they may, what they see."""

from liandong.kernel.actors import ACTUAL, Actor, Grant
from liandong.kernel.permissions import Role, permissions_of

SEES = frozenset({"public", "county", "duty"})


def actor(role, *, realm=ACTUAL, post="", body="", scopes=SEES, label="", grants=()):
    """Somebody who holds a role everywhere; ``grants`` adds permissions by name."""
    names = permissions_of(role) | set(grants)
    return Actor(
        realm=realm,
        post=post or str(role),
        body=body,
        label=label or str(role),
        grants=frozenset(Grant(permission=name) for name in names),
        scopes=scopes,
    )


def chief(**more):
    """总指挥."""
    return actor(Role.COMMANDER, label="总指挥", **more)


def duty_officer(**more):
    """值班员."""
    return actor(Role.DUTY_OFFICER, label="值班员", **more)


def office(**more):
    """指挥部办公室."""
    return actor(Role.HEADQUARTERS_OFFICE, label="指挥部办公室", **more)


def auditor(**more):
    """审计管理员."""
    return actor(Role.AUDIT_ADMIN, label="审计管理员", scopes=SEES | {"audit"}, **more)


def visitor(**more):
    """游客: signed in nowhere, may nothing, sees what is public."""
    return Actor(label="游客", scopes=frozenset({"public"}), **more)


def allowed(*permissions, realm=ACTUAL, scopes=SEES, label="某人"):
    """Somebody who may exactly this."""
    grants = frozenset(Grant(permission=str(name)) for name in permissions)
    return Actor(realm=realm, post=label, label=label, grants=grants, scopes=scopes)
