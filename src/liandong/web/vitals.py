"""Figures of the node: how far the journal lags, what is owed, what is alive, how big it is."""

import platform
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import django
from django.conf import settings
from django.db import connection

from liandong.kernel import clock
from liandong.kernel.heartbeats import Heartbeat
from liandong.kernel.journal.checkpoints import NAME, last_line
from liandong.kernel.journal.models import Delivery, Link, Outbox
from liandong.kernel.journal.verifying import Head
from liandong.kernel.timers import Timer

LATE = timedelta(seconds=30)
LATE_CHECKPOINT = timedelta(hours=1)
STREAMS = "live"
PACKAGES = ("granian", "psycopg", "django-allauth", "servestatic")


@dataclass(frozen=True)
class Part:
    """A process that should be alive."""

    name: str
    process: str
    at: datetime
    late: bool


@dataclass(frozen=True)
class Checkpoint:
    """The head written down outside the database, and when."""

    head: Head
    at: datetime
    late: bool


@dataclass(frozen=True)
class Vitals:
    """What the operations page shows."""

    head: Link | None
    outbox: int
    lag: timedelta | None
    owed: int
    dead: int
    timers: int
    overdue: int
    dead_timers: int
    failed_timers: list[Timer]
    parts: list[Part]
    database_bytes: int
    database_version: str
    connections: int
    checkpoint: Checkpoint | None
    versions: list[tuple[str, str]]

    @property
    def lagging(self) -> bool:
        """The sequencer is not keeping up."""
        return self.lag is not None and self.lag > LATE

    @property
    def worker_missing(self) -> bool:
        """No worker has said lately that it lives."""
        return not any(part.name == "worker" and not part.late for part in self.parts)


def vitals() -> Vitals:
    """Ask everything once."""
    waiting = Outbox.objects.select_related("entry").order_by("entry").first()
    timers = Timer.objects.order_by("due_at")
    return Vitals(
        head=Link.objects.last(),
        outbox=Outbox.objects.count(),
        lag=clock.now(waiting.entry.realm) - waiting.entry.at if waiting else None,
        owed=Delivery.objects.count(),
        dead=Delivery.objects.filter(dead=True).count(),
        timers=timers.count(),
        overdue=sum(
            _overdue(realm)
            for realm in timers.order_by().values_list("realm", flat=True).distinct()
        ),
        dead_timers=timers.filter(dead=True).count(),
        failed_timers=list(timers.exclude(trouble="").order_by("-dead", "due_at")[:100]),
        parts=[_part(row) for row in Heartbeat.objects.order_by("part")],
        database_bytes=int(_ask("SELECT pg_database_size(current_database())")),
        database_version=_ask("SHOW server_version"),
        connections=int(
            _ask("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        ),
        checkpoint=checkpoint(settings.LIANDONG_HOME),
        versions=versions(),
    )


def checkpoint(home: Path | None) -> Checkpoint | None:
    """The last head outside the database; None when there is no such file."""
    folder = home / "checkpoints" if home else None
    head = last_line(folder) if folder else None
    if folder is None or head is None:
        return None
    at = datetime.fromtimestamp((folder / NAME).stat().st_mtime, tz=clock.real().tzinfo)
    behind = Link.objects.filter(position__gt=head.position).exists()
    return Checkpoint(head, at, late=behind and clock.real() - at > LATE_CHECKPOINT)


def versions() -> list[tuple[str, str]]:
    """What runs here."""
    found = [("Liandong", _version("liandong")), ("Python", platform.python_version())]
    found += [("Django", django.get_version())]
    return found + [(name, _version(name)) for name in PACKAGES]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "—"


def _part(row: Heartbeat) -> Part:
    return Part(row.part, row.process, row.at, late=clock.real() - row.at > LATE)


def _overdue(realm: str) -> int:
    return Timer.objects.filter(
        realm=realm, due_at__lt=clock.now(realm) - LATE, dead=False
    ).count()


def _ask(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        row = cursor.fetchone()
        return str(row[0]) if row else ""
