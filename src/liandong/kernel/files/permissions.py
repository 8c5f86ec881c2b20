"""What one may be allowed to do with files."""

from enum import StrEnum

from liandong.kernel.permissions import Role, ordinary, permitted


class Permission(StrEnum):
    """Whoever sees a file's subject may read it; only handing in asks for a permission."""

    STORE_FILE = "kernel:file:store"


MACHINES = {Role.DEVICE, Role.PEER_NODE, Role.PUBLIC}

for role in Role:
    if role not in MACHINES:
        permitted(role, Permission.STORE_FILE)

ordinary(Permission.STORE_FILE)
