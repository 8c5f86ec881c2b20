"""Which roles ask for a second factor."""

from liandong.organization.models import SignInPolicy
from liandong.organization.permissions import SECOND_FACTOR_ROLES


def sign_in_policy() -> SignInPolicy | None:
    """What the county asks besides; None where it never settled it."""
    return SignInPolicy.objects.first()


def second_factor_roles() -> frozenset[str]:
    """Roles whose holders prove themselves twice: those that always do, and the county's own choice."""
    row = sign_in_policy()
    return frozenset(SECOND_FACTOR_ROLES) | frozenset(row.second_factor_roles if row else ())
