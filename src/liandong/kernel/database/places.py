"""Where the cluster lives and by which address it is reached; pure but for reading the environment."""

import hashlib
import os
from pathlib import Path
from urllib.parse import quote

from liandong.kernel.database.roles import OWNER_ROLE, RUNNING_ROLE

DATABASE = "liandong"
SOCKET_FOLDER_BYTES = 93  # sockaddr_un holds 107, "/.s.PGSQL.5432" takes 14
SHORT_PLACE = Path("/tmp")  # noqa: S108 -- every process must find the same one, whatever its TMPDIR; checked by lstat


def data_folder(home: Path) -> Path:
    """The PostgreSQL data directory."""
    return home / "postgres"


def log_folder(home: Path) -> Path:
    """Where the server writes its log."""
    return home / "log" / "postgres"


def socket_folder(home: Path) -> Path:
    """The private folder of the server's socket: in the home, or a short one where the path would not fit."""
    home = Path(os.path.abspath(home))  # noqa: PTH100 -- resolve() would follow links and need the folder
    inside = home / "run"
    if len(os.fsencode(inside)) <= SOCKET_FOLDER_BYTES:
        return inside
    digest = hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
    return SHORT_PLACE / f"liandong-{digest}"


def database_url(home: Path, database: str, role: str) -> str:
    """The address of a database of the home's own cluster, for one role."""
    return f"postgresql://{quote(role)}@/{quote(database)}?host={quote(str(socket_folder(home)), safe='')}"


def running_url(home: Path, database: str = DATABASE) -> str:
    """The address for the role the program runs as; DATABASE_URL names a cluster elsewhere."""
    return os.environ.get("DATABASE_URL") or database_url(home, database, RUNNING_ROLE)


def owner_url(home: Path, database: str = DATABASE) -> str:
    """The address for the role that migrates; DATABASE_OWNER_URL where the cluster is elsewhere."""
    elsewhere = os.environ.get("DATABASE_OWNER_URL") or os.environ.get("DATABASE_URL")
    return elsewhere or database_url(home, database, OWNER_ROLE)


def is_elsewhere() -> bool:
    """Whether the environment points at a cluster that somebody else runs."""
    return bool(os.environ.get("DATABASE_URL"))
