"""Taking readings in: telemetry, a batch at a time, with one entry for all of it."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from operator import attrgetter
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from psycopg.errors import UniqueViolation

from liandong.kernel import clock, merkle
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.ids import uuid7
from liandong.kernel.problems import Invalid, Stale
from liandong.kernel.wording import gettext as _
from liandong.monitoring import queries, rules
from liandong.monitoring.actions.crossing import evaluate
from liandong.monitoring.events import ReadingsReceived
from liandong.monitoring.models import Batch
from liandong.monitoring.permissions import Permission
from liandong.monitoring.signals.observations import Column, Observation, Refusal, at_text
from liandong.monitoring.states import Quality

MOST_REFUSALS = 1000
ATTEMPTS = 5
LINES = 4000

COPY = """
COPY monitoring_reading (realm, series_id, at, value, received_at, batch_id, quality) FROM STDIN
"""
KNOWN = """
SELECT r.series_id, r.at, r.value
FROM unnest(%s::bigint[], %s::timestamptz[]) AS said (series_id, at)
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
            remedy=_("请至少送一条读数；没有新读数时不必报送。"),
        )
    now = clock.now(actor.realm)
    series = queries.series_by_place({said.station_code for said in readings})
    sifted = rules.sift(readings, series, now)
    sifted.refusals += refused
    arrival = _Arrival(uuid7(), actor.realm, now)
    columns = _store(arrival, readings, sifted)
    batch = _keep(arrival, source, columns, sifted)
    evaluate(actor, columns)
    return batch


def _store(
    arrival: _Arrival, readings: Sequence[Observation], sifted: rules.Sifted
) -> list[Column]:
    """Copy the new values in; those that stand there already come out, and it is tried again."""
    for _attempt in range(ATTEMPTS):
        columns = [column for column in sifted.columns.values() if column.values]
        if not columns:
            return []
        try:
            with transaction.atomic():
                _copy(arrival, columns)
        except UniqueViolation:
            _drop_known(arrival, columns, readings, sifted)
        else:
            return columns
    raise Stale(
        _("同一批读数正由别处同时送入。"),
        place=_("读数"),
        remedy=_("请稍后重送，重复的会自动跳过。"),
    )


def _copy(arrival: _Arrival, columns: Iterable[Column]) -> None:
    """Send rows as text, series by series: the server works while the next are written."""
    realm = arrival.realm.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")
    tail = f"\t{arrival.at.isoformat()}\t{arrival.id}\t{Quality.GOOD.value}\n"
    with connection.cursor() as cursor, cursor.copy(COPY) as copy:
        waiting: list[str] = []
        for column in columns:
            head, values = f"{realm}\t{column.series}\t", column.values
            # Everybody writes in one order, so that nobody waits for each other in a circle.
            waiting += [f"{head}{at}\t{values[at]}{tail}" for at in sorted(values)]
            if len(waiting) > LINES:
                copy.write("".join(waiting))
                waiting.clear()
        copy.write("".join(waiting))


def _drop_known(
    arrival: _Arrival,
    columns: Sequence[Column],
    readings: Sequence[Observation],
    sifted: rules.Sifted,
) -> None:
    """Take out what is stored already: the same is counted, the contradicting refused."""
    asked = [(column.series, at) for column in columns for at in column.values]
    ids, times = [pk for pk, _at in asked], [at for _pk, at in asked]
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [ids, times, arrival.realm])
        known = {(pk, at_text(at)): f"{value:.3f}" for pk, at, value in cursor.fetchall()}
    refused = {}
    for column in columns:
        for at in [at for at in column.values if (column.series, at) in known]:
            before = known[column.series, at]
            if column.values.pop(at) == before:
                sifted.duplicates += 1
            else:
                refused[column.place, at] = before
    for number, said in enumerate(readings, 1) if refused else ():
        place = (said.station_code, said.quantity)
        if said.at.tzinfo and (before := refused.pop((place, at_text(said.at)), "")):
            sifted.refusals.append(rules.other_value(said.row or number, before))


def _keep(
    arrival: _Arrival, source: str, columns: Sequence[Column], sifted: rules.Sifted
) -> Batch:
    """Write the batch and its entry: the root vouches for every row that was stored."""
    algorithm = settings.JOURNAL_ALGORITHM
    leaves = [leaf for column in columns for leaf in column.leaves()]
    sifted.refusals.sort(key=attrgetter("row"))
    batch = Batch.objects.create(
        id=arrival.id,
        realm=arrival.realm,
        source=source[:100],
        received_at=arrival.at,
        count=len(leaves),
        duplicates=sifted.duplicates,
        rejected=len(sifted.refusals),
        refusals=[asdict(refusal) for refusal in sifted.refusals[:MOST_REFUSALS]],
        algorithm=algorithm,
        root=merkle.root(leaves, algorithm=algorithm),
    )
    happened(
        ReadingsReceived(
            subject_id=str(batch.pk),
            source=batch.source,
            count=batch.count,
            duplicates=batch.duplicates,
            rejected=batch.rejected,
            algorithm=algorithm,
            root=batch.root,
            first_at=min((min(column.values) for column in columns), default=""),
            last_at=max((max(column.values) for column in columns), default=""),
        ),
        audience={"county"},
    )
    return batch
