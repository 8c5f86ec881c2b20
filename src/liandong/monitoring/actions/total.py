"""Counting totals by hour and day: anew for every hour in which something changed."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction

from liandong.monitoring.models import Batch

Hours = Sequence[tuple[int, datetime]]

TURN = "SELECT pg_advisory_xact_lock(hashtext('monitoring.totals'))"
# What falls belongs to the hour and the day in which it fell: told is the end of them.
BEGUN = """date_trunc('hour', r.at - CASE WHEN s.quantity IN ('rain_mm', 'snow_mm')
    THEN interval '1 microsecond' ELSE interval '0' END)"""
TOUCHED = f"""
SELECT DISTINCT r.series_id, {BEGUN}
FROM monitoring_reading r JOIN monitoring_series s ON s.id = r.series_id
WHERE r.batch_id = %s AND r.at >= %s AND r.at <= %s
"""  # noqa: S608 -- built from our own constants
STALE = """
SELECT series_id, at FROM monitoring_hourtotal WHERE realm = %s AND is_stale LIMIT 10000
"""
HOURS = f"""
INSERT INTO monitoring_hourtotal
    (realm, series_id, at, count, low, high, total, first, last, first_at, is_stale)
SELECT %s, asked.series_id, asked.hour, count(r.value), min(r.value), max(r.value), sum(r.value),
    (array_agg(r.value ORDER BY r.at))[1], (array_agg(r.value ORDER BY r.at DESC))[1], min(r.at), false
FROM unnest(%s::bigint[], %s::timestamptz[]) AS asked (series_id, hour)
JOIN monitoring_series s ON s.id = asked.series_id
LEFT JOIN monitoring_reading r ON r.realm = %s AND r.series_id = asked.series_id
    AND r.at >= asked.hour AND r.at <= asked.hour + interval '1 hour' AND {BEGUN} = asked.hour
    AND r.at >= %s AND r.at <= %s AND r.quality IN ('good', 'confirmed')
GROUP BY 2, 3
ON CONFLICT (realm, series_id, at) DO UPDATE SET count = excluded.count, low = excluded.low,
    high = excluded.high, total = excluded.total, first = excluded.first, last = excluded.last,
    first_at = excluded.first_at, is_stale = false
"""  # noqa: S608 -- as above
# Rain's day is the UTC day; that of all else is eight hours ahead of it.
SHIFT = """CASE WHEN s.quantity IN ('rain_mm', 'snow_mm')
    THEN interval '0' ELSE interval '8 hours' END"""
DAYS = f"""
WITH asked AS (
    SELECT DISTINCT said.series_id, ((said.hour + {SHIFT}) AT TIME ZONE 'UTC')::date AS day
    FROM unnest(%s::bigint[], %s::timestamptz[]) AS said (series_id, hour)
    JOIN monitoring_series s ON s.id = said.series_id
)
INSERT INTO monitoring_daytotal (realm, series_id, "on", count, low, high, total, at_eight)
SELECT %s, asked.series_id, asked.day, sum(h.count), min(h.low), max(h.high), sum(h.total),
    max(h.first) FILTER (WHERE h.first_at = asked.day::timestamp AT TIME ZONE 'UTC')
FROM asked JOIN monitoring_series s ON s.id = asked.series_id
JOIN monitoring_hourtotal h ON h.realm = %s AND h.series_id = asked.series_id
    AND h.at >= (asked.day::timestamp AT TIME ZONE 'UTC') - {SHIFT}
    AND h.at < (asked.day::timestamp AT TIME ZONE 'UTC') - {SHIFT} + interval '1 day'
GROUP BY 2, 3
ON CONFLICT (realm, series_id, "on") DO UPDATE SET count = excluded.count, low = excluded.low,
    high = excluded.high, total = excluded.total, at_eight = excluded.at_eight
"""  # noqa: S608 -- as above
MARK = f"""
INSERT INTO monitoring_hourtotal (realm, series_id, at, count, is_stale)
SELECT DISTINCT %s, r.series_id, {BEGUN}, 0, true
FROM unnest(%s::bigint[], %s::timestamptz[]) AS r (series_id, at)
JOIN monitoring_series s ON s.id = r.series_id
ON CONFLICT (realm, series_id, at) DO UPDATE SET is_stale = true
"""  # noqa: S608 -- as above


def mark_stale(realm: str, series: Sequence[int], times: Sequence[object]) -> None:
    """Note that the totals of these times are to be counted anew: a reading is judged otherwise."""
    with connection.cursor() as cursor:
        cursor.execute(MARK, [realm, list(series), list(times)])


def count_totals(realm: str, batch_id: str = "") -> int:
    """Count anew the hours that a batch touched, and those marked; returns how many. One takes turns."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(TURN)
        cursor.execute(STALE, [realm])
        hours = {(pk, at) for pk, at in cursor.fetchall()}
        batch = Batch.objects.filter(pk=batch_id).first() if batch_id else None
        if batch and batch.first_at:
            cursor.execute(TOUCHED, [batch.pk, batch.first_at, batch.last_at])
            hours |= set(cursor.fetchall())
        if hours:
            _count(realm, sorted(hours))
    return len(hours)


def _count(realm: str, hours: Hours) -> None:
    ids, times = [pk for pk, _at in hours], [at for _pk, at in hours]
    span = [min(times), max(times) + timedelta(hours=1)]
    with connection.cursor() as cursor:
        cursor.execute(HOURS, [realm, ids, times, realm, *span])
        cursor.execute(DAYS, [ids, times, realm, realm])
