"""What the county's townships are called."""

from liandong.organization import queries as organization
from liandong.organization.states import BodyKind


def township_names() -> list[str]:
    """What the county's townships are called for short."""
    return [body.short_name for body in organization.bodies_by_kind(BodyKind.TOWNSHIP)]
