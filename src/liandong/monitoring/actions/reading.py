"""Taking readings in: telemetry, a batch at a time, with one entry for all of it."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _
from psycopg.errors import UniqueViolation

from liandong.kernel import clock, merkle
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.ids import uuid7
from liandong.kernel.problems import Invalid, Stale
from liandong.monitoring import queries, rules
from liandong.monitoring.actions.crossing import Span, evaluate
from liandong.monitoring.events import ReadingsReceived
from liandong.monitoring.models import Batch
from liandong.monitoring.permissions import Permission
from liandong.monitoring.signals.observations import Observation, Refusal, Row
from liandong.monitoring.states import Quality

MOST_REFUSALS = 1000
ATTEMPTS = 5
LINES = 4000

COPY = """
COPY monitoring_reading (realm, series_id, at, value, received_at, batch_id, quality) FROM STDIN
"""
KNOWN = """
SELECT r.series_id, said.place, r.value
FROM unnest(%s::int[], %s::bigint[], %s::timestamptz[]) AS said (place, series_id, at)
JOIN monitoring_reading r ON r.realm = %s AND r.series_id = said.series_id AND r.at = said.at
"""


@dataclass(frozen=True)
class _Arrival:
    """A batch on its way into the database."""

    id: UUID
    realm: str
    at: datetime


@action(Permission.RECORD_READINGS)
def record_readings(
    actor: Actor,
    *,
    readings: Sequence[Observation],
    source: str,
    refused: Sequence[Refusal] = (),
    idempotency_key: str = "",
) -> Batch:
    """Store readings and hold them against the thresholds. Publishes ``ReadingsReceived`` once.

    The batch tells what became of each row. Taken row by row: late and out of order is fine;
    the same again is counted and passed over; another value for the same time is refused and the
    first one stands; unknown stations and series, times ahead of the clock or over 30 days old, and
    values out of range are refused. ``refused`` are rows that could not even be read. Publishes
    ``ThresholdCrossed`` and ``ThresholdCleared``. Refuses a batch without any row.
    """
    if not readings and not refused:
        raise Invalid(
            _("没有读数。"),
            place="readings",
            remedy=_("请至少送一条读数;没有新读数时不必报送。"),
        )
    now = clock.now(actor.realm)
    series = queries.series_by_place({said.station_code for said in readings})
    sifted = rules.sift(readings, series, now)
    sifted.refusals += refused
    arrival = _Arrival(uuid7(), actor.realm, now)
    rows = _store(arrival, sifted)
    batch = _keep(arrival, source, rows, sifted)
    evaluate(actor, _spans(rows))
    return batch


def _store(arrival: _Arrival, sifted: rules.Sifted) -> list[Row]:
    """Copy the rows in; those that stand there already come out, and it is tried again."""
    rows = sifted.rows
    for _attempt in range(ATTEMPTS):
        if not rows:
            return rows
        try:
            with transaction.atomic():
                _copy(arrival, rows)
        except UniqueViolation:
            rows = _news(arrival, rows, sifted)
        else:
            return rows
    raise Stale(
        _("同一批读数正由别处同时送入。"),
        place=_("读数"),
        remedy=_("请稍后重送,重复的会自动跳过。"),
    )


def _copy(arrival: _Arrival, rows: list[Row]) -> None:
    """Send rows as text, some thousands at a time: the server works while the next are written."""
    realm = arrival.realm.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")
    tail = f"\t{arrival.at.isoformat()}\t{arrival.id}\t{Quality.GOOD.value}\n"
    with connection.cursor() as cursor, cursor.copy(COPY) as copy:
        for start in range(0, len(rows), LINES):
            copy.write(
                "".join(
                    [
                        f"{realm}\t{row[4]}\t{row[2]}\t{row[3]}{tail}"
                        for row in rows[start : start + LINES]
                    ]
                )
            )


def _news(arrival: _Arrival, rows: list[Row], sifted: rules.Sifted) -> list[Row]:
    """Keep the rows nobody has sent before; count the same ones, refuse the contradicting ones."""
    places = list(range(len(rows)))
    asked = [places, [row.series for row in rows], [row.at for row in rows], arrival.realm]
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, asked)
        known = {place: value for _series, place, value in cursor.fetchall()}
    for place, value in known.items():
        if value == rows[place].number:
            sifted.duplicates += 1
        else:
            sifted.refusals.append(rules.other_value(rows[place].row, f"{value:.3f}"))
    return [row for place, row in enumerate(rows) if place not in known]


def _keep(arrival: _Arrival, source: str, rows: list[Row], sifted: rules.Sifted) -> Batch:
    """Write the batch and its entry: the root vouches for every row that was stored."""
    algorithm = settings.JOURNAL_ALGORITHM
    sifted.refusals.sort(key=attrgetter("row"))
    batch = Batch.objects.create(
        id=arrival.id,
        realm=arrival.realm,
        source=source[:100],
        received_at=arrival.at,
        count=len(rows),
        duplicates=sifted.duplicates,
        rejected=len(sifted.refusals),
        refusals=[asdict(refusal) for refusal in sifted.refusals[:MOST_REFUSALS]],
        algorithm=algorithm,
        root=merkle.root([row.leaf() for row in rows], algorithm=algorithm),
    )
    times = [row.at for row in rows]
    happened(
        ReadingsReceived(
            subject_id=str(batch.pk),
            source=batch.source,
            count=batch.count,
            duplicates=batch.duplicates,
            rejected=batch.rejected,
            algorithm=algorithm,
            root=batch.root,
            first_at=min(times, default=""),
            last_at=max(times, default=""),
        ),
        audience={"county"},
    )
    return batch


def _spans(rows: Iterable[Row]) -> list[Span]:
    """Of each series the first new time and the highest new value; rows come series by series."""
    spans = []
    for series, some in groupby(rows, key=attrgetter("series")):
        new = list(some)
        highest = max(row.number for row in new)
        spans.append(Span(series, datetime.fromisoformat(new[0].at), highest))
    return spans
