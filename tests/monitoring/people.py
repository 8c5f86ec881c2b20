"""Those who measure, and those who warn."""

from liandong.kernel.actors import ACTUAL, Actor, Grant
from liandong.kernel.permissions import Role, permissions_of
from liandong.monitoring.permissions import Permission
from tests.people import actor, allowed


def gauge(realm=ACTUAL):
    """遥测站."""
    return actor(Role.DEVICE, label="遥测站", realm=realm)


def keeper(realm=ACTUAL):
    """测站管理单位."""
    return allowed(
        Permission.REGISTER_STATION, Permission.SET_THRESHOLD, label="测站管理", realm=realm
    )


def forecaster(body, realm=ACTUAL):
    """A unit's liaison: may warn for that unit alone."""
    names = permissions_of(Role.UNIT_LIAISON)
    return Actor(
        realm=realm,
        post=f"{body.key}.liaison",
        body=str(body.pk),
        label=f"{body}联络员",
        grants=frozenset(Grant(permission=name, body=str(body.pk)) for name in names),
        scopes=frozenset({"county", f"body:{body.pk}"}),
    )
