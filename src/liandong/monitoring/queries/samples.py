"""The values that a bound is held against: readings as they are, or rain summed over hours."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from itertools import groupby
from operator import itemgetter
from uuid import UUID

from django.db import connection

from liandong.monitoring.models import Threshold
from liandong.monitoring.signals.crossings import Sample
from liandong.monitoring.signals.observations import Column
from liandong.monitoring.signals.rain import steps_in

Found = tuple[UUID, datetime, object, bool]

# Thresholds that nothing reaches and that are not crossed give no rows: calm weather is cheap.
AS_THEY_ARE = """
SELECT threshold_id, at, value, true FROM (
    SELECT asked.threshold_id, asked.is_open, r.at, r.value,
        bool_or(r.value >= asked.bound) OVER (PARTITION BY asked.threshold_id) AS is_hot
    FROM unnest(%s::uuid[], %s::bigint[], %s::timestamptz[], %s::numeric[], %s::boolean[])
        AS asked (threshold_id, series_id, from_at, bound, is_open)
    JOIN monitoring_reading r
        ON r.realm = %s AND r.series_id = asked.series_id AND r.at >= asked.from_at
) AS found
WHERE is_open OR is_hot ORDER BY threshold_id, at
"""


@cache
def summed_over(hours: tuple[int, ...]) -> str:
    """The statement that sums rain over some widths. They are ours (a constraint), nobody's input.

    A window leaves out its beginning: (at − hours, at].
    """
    columns = ", ".join(
        f"sum(r.value) OVER w{n} AS mm{n}, count(*) OVER w{n} AS n{n}" for n in hours
    )
    windows = ", ".join(
        f"w{n} AS (PARTITION BY r.series_id ORDER BY r.at RANGE BETWEEN"
        f" '{n} hours'::interval - '1 microsecond'::interval PRECEDING AND CURRENT ROW)"
        for n in hours
    )
    choices = ", ".join(f"({n}, mm{n}, n{n})" for n in hours)
    return f"""
WITH asked AS (
    SELECT * FROM unnest(%s::uuid[], %s::bigint[], %s::timestamptz[], %s::numeric[],
        %s::boolean[], %s::int[], %s::int[])
        AS t (threshold_id, series_id, from_at, bound, is_open, hours, steps)
), span AS (
    SELECT series_id, min(from_at) AS from_at, max(hours) * '1 hour'::interval AS before
    FROM asked GROUP BY series_id
), sums AS (
    SELECT r.series_id, r.at, {columns}
    FROM span JOIN monitoring_reading r
        ON r.realm = %s AND r.series_id = span.series_id AND r.at > span.from_at - span.before
    WINDOW {windows}
)
SELECT threshold_id, at, mm, n >= steps FROM (
    SELECT asked.threshold_id, asked.is_open, asked.steps, sums.at, width.mm, width.n,
        bool_or(width.mm >= asked.bound) OVER (PARTITION BY asked.threshold_id) AS is_hot
    FROM asked JOIN sums USING (series_id)
    CROSS JOIN LATERAL (VALUES {choices}) AS width (hours, mm, n)
    WHERE width.hours = asked.hours AND sums.at >= asked.from_at
) AS found
WHERE is_open OR is_hot ORDER BY threshold_id, at
"""  # noqa: S608 -- built from our own constants


TOTALS = """
SELECT r.series_id, sum(r.value)
FROM unnest(%s::bigint[], %s::timestamptz[], %s::timestamptz[]) AS asked (series_id, since, until)
JOIN monitoring_reading r ON r.realm = %s AND r.series_id = asked.series_id
    AND r.at > asked.since AND r.at < asked.until
GROUP BY r.series_id
"""


@dataclass(frozen=True)
class Ask:
    """A threshold, from when on it is to be looked at, and whether it is known to be crossed."""

    threshold: Threshold
    from_at: datetime
    is_open: bool


def totals(
    realm: str, thresholds: Iterable[Threshold], new: Mapping[int, Column]
) -> dict[int, Decimal]:
    """Sum all rain that any window with something new in it can hold; one statement.

    No window holds more: whose total is below a bound needs no closer look.
    """
    widest: dict[int, timedelta] = {}
    for row in thresholds:
        width = timedelta(hours=row.window_hours or 0)
        widest[row.series_id] = max(width, widest.get(row.series_id, width))
    if not widest:
        return {}
    since = [new[series].first_at - width for series, width in widest.items()]
    until = [new[series].last_at + width for series, width in widest.items()]
    with connection.cursor() as cursor:
        cursor.execute(TOTALS, [list(widest), since, until, realm])
        return dict(cursor.fetchall())


def samples(realm: str, asks: Iterable[Ask]) -> dict[UUID, list[Sample]]:
    """Fetch in two statements what the thresholds are held against, in order of time."""
    raw: list[Ask] = []
    summed: list[Ask] = []
    for ask in asks:
        (summed if ask.threshold.window_hours else raw).append(ask)
    found: list[Found] = []
    with connection.cursor() as cursor:
        if raw:
            cursor.execute(AS_THEY_ARE, [*_arrays(raw), realm])
            found += cursor.fetchall()
        if summed:
            hours = [ask.threshold.window_hours or 0 for ask in summed]
            cursor.execute(
                summed_over(tuple(sorted(set(hours)))),
                [*_arrays(summed), hours, _steps(summed), realm],
            )
            found += cursor.fetchall()
    return {
        threshold: [Sample(at, value, full) for _id, at, value, full in rows]  # type: ignore[arg-type]
        for threshold, rows in groupby(found, key=itemgetter(0))
    }


def _arrays(asks: Sequence[Ask]) -> list[list[object]]:
    return [
        [ask.threshold.pk for ask in asks],
        [ask.threshold.series_id for ask in asks],
        [ask.from_at for ask in asks],
        [ask.threshold.bound for ask in asks],
        [ask.is_open for ask in asks],
    ]


def _steps(asks: Sequence[Ask]) -> list[int]:
    return [
        steps_in(
            ask.threshold.window_hours or 0,
            timedelta(minutes=ask.threshold.series.step_minutes),
        )
        for ask in asks
    ]
