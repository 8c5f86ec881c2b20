"""How the intake stands: who speaks, who is silent, what waits for a person."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import (
    Case,
    CharField,
    DurationField,
    ExpressionWrapper,
    F,
    Q,
    QuerySet,
    Value,
    When,
)  # fmt: skip

from liandong.kernel import clock
from liandong.monitoring.models import Batch, Latest, Reading, Series
from liandong.monitoring.queries.stations import latest_readings
from liandong.monitoring.states import Quality, SeriesStanding

# A series is silent when it has missed three of its turns, and an hour at least.
TURNS = 3
LEAST = timedelta(hours=1)
# Doubts older than this are history.
OPEN_FOR = timedelta(days=7)

PARTS = """
SELECT c.relname, greatest(c.reltuples, 0)::bigint
FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
WHERE i.inhparent = 'monitoring_reading'::regclass ORDER BY c.relname
"""


def silent_since(realm: str) -> QuerySet[Latest]:
    """What series said last that ought to have spoken since, the longest silence first."""
    now = clock.now(realm)
    turn = ExpressionWrapper(
        F("series__step_minutes") * Value(timedelta(minutes=TURNS)),
        output_field=DurationField(),
    )
    rows = Latest.objects.filter(realm=realm, said_at__lt=now - LEAST)
    rows = rows.filter(said_at__lt=now - turn).select_related("series__station")
    return rows.order_by("said_at", "series")


def standings(realm: str) -> QuerySet[Any]:
    """Every series with what it says, and its ``standing``."""
    now = clock.now(realm)
    turns = ExpressionWrapper(
        F("step_minutes") * Value(timedelta(minutes=TURNS)), output_field=DurationField()
    )
    rows: QuerySet[Any] = latest_readings(realm).annotate(
        silent_after=turns,
        standing=Case(
            When(said_at=None, then=Value(SeriesStanding.UNHEARD.value)),
            When(over__isnull=False, then=Value(SeriesStanding.OVER.value)),
            When(said_quality=Quality.SUSPECT, then=Value(SeriesStanding.DOUBTED.value)),
            When(
                Q(said_at__lt=now - LEAST) & Q(said_at__lt=Value(now) - F("silent_after")),
                then=Value(SeriesStanding.SILENT.value),
            ),
            default=Value(SeriesStanding.NORMAL.value),
            output_field=CharField(),
        ),
    )
    return rows


def is_silent(last_at: datetime | None, step_minutes: int, now: datetime) -> bool:
    """Whether a series ought to have spoken since."""
    if last_at is None:
        return False
    return last_at < now - max(LEAST, timedelta(minutes=step_minutes) * TURNS)


def doubted(realm: str) -> QuerySet[Reading]:
    """The readings of the last week that wait for somebody to judge them, newest first."""
    since = clock.now(realm) - OPEN_FOR
    rows = Reading.objects.filter(realm=realm, at__gte=since, quality=Quality.SUSPECT)
    return rows.select_related("series__station").order_by("-at", "series")


def intake_standing(realm: str) -> dict[str, Any]:
    """Figures of the intake for whoever keeps the node."""
    batch = Batch.objects.filter(realm=realm).order_by("-id").first()
    spoken = Latest.objects.filter(realm=realm)
    with connection.cursor() as cursor:
        cursor.execute(PARTS)
        parts = [{"name": name, "rows": rows} for name, rows in cursor.fetchall()]
    return {
        "series": Series.objects.count(),
        "spoken": spoken.count(),
        "silent": silent_since(realm).count(),
        "suspect": spoken.filter(said_quality=Quality.SUSPECT).count(),
        "last_received_at": batch.received_at.isoformat() if batch else "",
        "last_source": batch.source if batch else "",
        "parts": parts,
    }
