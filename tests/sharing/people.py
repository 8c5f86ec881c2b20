"""Those who keep the registers."""

from liandong.kernel.actors import ACTUAL
from liandong.kernel.permissions import Role
from tests.people import actor


def keeper_of(body, realm=ACTUAL, role=Role.UNIT_LIAISON):
    """A unit's liaison: keeps that unit's records."""
    return actor(
        role,
        realm=realm,
        body=str(body.pk),
        label=f"{body}联络员",
        scopes=frozenset({"public", "county", f"body:{body.pk}"}),
    )


def neighbor(realm=ACTUAL):
    """Somebody of another unit: sees the county's, keeps nothing of it."""
    return actor(
        Role.UNIT_LIAISON,
        realm=realm,
        label="旁人",
        scopes=frozenset({"public", "county", "body:none"}),
    )
