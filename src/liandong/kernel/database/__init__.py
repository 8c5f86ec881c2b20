"""The county's own PostgreSQL: binaries from a wheel, kept, started and stopped by us. Knows nothing of Django."""

from liandong.kernel.database.cluster import Cluster
from liandong.kernel.database.holding import hold
from liandong.kernel.database.places import database_url, owner_url, running_url, socket_folder
from liandong.kernel.database.roles import OWNER_ROLE, RUNNING_ROLE, grant_running_role
from liandong.kernel.database.troubles import DatabaseTrouble

__all__ = [
    "OWNER_ROLE",
    "RUNNING_ROLE",
    "Cluster",
    "DatabaseTrouble",
    "database_url",
    "grant_running_role",
    "hold",
    "owner_url",
    "running_url",
    "socket_folder",
]
