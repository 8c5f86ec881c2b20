"""Where the database is: the node's own, or the cluster that ``DATABASE_URL`` points at."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from liandong.kernel.database import OWNER_ROLE, RUNNING_ROLE, socket_folder

NAME = "liandong"
# Without a number Django has psycopg prepare nothing at all, not even what asks for it (ADR 0011).
PREPARES = {"prepare_threshold": 5}
POOL = {"min_size": 1, "max_size": 8, "timeout": 5}


def databases(home: Path | None) -> dict[str, dict[str, Any]]:
    """Django's DATABASES. ``LIANDONG_ROLE=owner`` (migrations only) connects as the owner."""
    owner = os.environ.get("LIANDONG_ROLE") == "owner"
    url = os.environ.get("DATABASE_OWNER_URL") if owner else None
    url = url or os.environ.get("DATABASE_URL")
    place = _from_url(url) if url else _own(home, OWNER_ROLE if owner else RUNNING_ROLE)
    pool = {"pool": POOL} if os.environ.get("LIANDONG_POOL") == "1" else {}
    return {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "CONN_MAX_AGE": 0,
            "CONN_HEALTH_CHECKS": True,
            **place,
            "OPTIONS": PREPARES | place.get("OPTIONS", {}) | pool,
        }
    }


def _own(home: Path | None, role: str) -> dict[str, Any]:
    host = str(socket_folder(home)) if home else ""
    return {"NAME": os.environ.get("LIANDONG_DATABASE", NAME), "USER": role, "HOST": host}


def _from_url(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    options = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }
