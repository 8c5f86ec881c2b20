"""What one may be allowed to do with the base map."""

from enum import StrEnum

from liandong.kernel.permissions import Role, permitted


class Permission(StrEnum):
    """Whoever has signed in may look at the base map; only loading one asks for a permission."""

    LOAD_BASEMAP = "kernel:basemap:load"


permitted(Role.SYSTEM_ADMIN, Permission.LOAD_BASEMAP)
