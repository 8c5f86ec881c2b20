"""What the bounds are held against: which of them new readings may touch, and the readings for it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from uuid import UUID

from django.db import connection

from liandong.monitoring.models import Threshold
from liandong.monitoring.signals.crossings import Sample
from liandong.monitoring.signals.observations import Column
from liandong.monitoring.signals.statistics import Told

# Calm weather is cheap: bounds that nothing new comes near, and that were not crossed then or since,
# are left out before a row of them is fetched. No window with something new in it holds more than what
# lies a window before and after, and no way in it is longer than from its lowest to its highest.
TOUCHED = """
WITH new AS MATERIALIZED (
    SELECT * FROM unnest(%(series)s::bigint[], %(first)s::timestamptz[], %(last)s::timestamptz[],
        %(low)s::numeric[], %(high)s::numeric[]) AS t (series_id, first_at, last_at, low, high)
), wide AS (
    SELECT t.series_id, new.first_at, new.last_at, make_interval(mins => max(t.window_minutes
        + CASE t.statistic WHEN 'min_fall' THEN 1440 ELSE 0 END)) AS width
    FROM new JOIN monitoring_threshold t USING (series_id)
    WHERE t.is_active AND t.window_minutes IS NOT NULL
    GROUP BY t.series_id, new.first_at, new.last_at
), reached AS (
    SELECT wide.series_id, sum(greatest(r.value, 0)) AS total, min(r.value) AS low, max(r.value) AS high
    FROM wide JOIN monitoring_reading r ON r.realm = %(realm)s AND r.series_id = wide.series_id
        AND r.at >= wide.first_at - wide.width AND r.at <= wide.last_at + wide.width
    WHERE r.quality <> 'rejected'
    GROUP BY wide.series_id
)
SELECT t.id FROM new JOIN monitoring_threshold t USING (series_id) LEFT JOIN reached USING (series_id)
WHERE t.is_active AND CASE
    WHEN t.statistic = 'count' THEN false
    WHEN t.statistic = 'value' AND t.comparison = 'at_least' THEN new.high >= t.bound
    WHEN t.statistic = 'value' THEN new.low <= t.bound
    WHEN t.statistic = 'sum' THEN t.comparison <> 'at_least' OR reached.total >= t.bound
    WHEN t.statistic IN ('mean', 'max', 'min', 'daily_max') AND t.comparison = 'at_least' THEN reached.high >= t.bound
    WHEN t.statistic IN ('mean', 'max', 'min', 'daily_max') THEN reached.low <= t.bound
    ELSE t.comparison <> 'at_least' OR reached.high - reached.low >= t.bound
END
UNION
SELECT t.id FROM monitoring_crossing c JOIN monitoring_threshold t ON t.id = c.threshold_id
JOIN new USING (series_id)
WHERE c.realm = %(realm)s AND NOT c.is_void AND t.is_active AND t.statistic <> 'count'
    AND (c.ended_at IS NULL OR (c.ended_at >= %(earliest)s::timestamptz AND c.ended_at >= new.first_at))
"""

# A reading in doubt is borne out by another station of the same river or township that was above a
# bound on the same quantity about then, by readings that are not in doubt themselves.
READINGS = """
SELECT r.series_id, r.at, r.value, r.quality <> 'suspect', r.quality = 'suspect' AND EXISTS (
    SELECT FROM monitoring_series mine JOIN monitoring_station here ON here.id = mine.station_id
    JOIN monitoring_station there ON there.id <> here.id
        AND ((here.river <> '' AND there.river = here.river)
            OR (here.township_code <> '' AND there.township_code = here.township_code))
    JOIN monitoring_series other ON other.station_id = there.id AND other.quantity = mine.quantity
    JOIN monitoring_threshold t ON t.series_id = other.id AND t.comparison = 'at_least'
    JOIN monitoring_crossing c ON c.threshold_id = t.id
    WHERE mine.id = r.series_id AND c.realm = r.realm AND NOT c.is_void AND c.doubted = 0
        AND c.began_at <= r.at + interval '3 hours'
        AND (c.ended_at IS NULL OR c.ended_at >= r.at - interval '3 hours'))
FROM unnest(%s::bigint[], %s::timestamptz[]) AS asked (series_id, from_at)
JOIN monitoring_reading r ON r.realm = %s AND r.series_id = asked.series_id AND r.at >= asked.from_at
WHERE r.at >= %s AND r.quality <> 'rejected'
ORDER BY r.series_id, r.at
"""
# A batch holds one of these until it is done: of two for one series the later sees the earlier's rows.
TURNS = 64
TURN = "SELECT pg_advisory_xact_lock(%s, turn) FROM unnest(%s::int[]) AS turn"
OURS = 0x7EAD  # parts these turns from other advisory locks of the node

Asked = tuple[Threshold, datetime]


def await_turn(series: Iterable[int]) -> None:
    """Wait for whoever evaluates one of these series just now."""
    with connection.cursor() as cursor:
        cursor.execute(TURN, [OURS, sorted({pk % TURNS for pk in series})])


def touched(realm: str, columns: Sequence[Column]) -> set[UUID]:
    """The bounds that new values may have crossed, or whose crossings they may move; one statement."""
    # Arrays as text: a hundred thousand values are written out the quicker for it.
    said = {
        "realm": realm,
        "series": _array(column.series for column in columns),
        "first": _array(min(column.values) for column in columns),
        "last": _array(max(column.values) for column in columns),
        "low": _array(_least(column) for column in columns),
        "high": _array(_most(column) for column in columns),
        "earliest": min(min(column.values) for column in columns),
    }
    with connection.cursor() as cursor:
        cursor.execute(TOUCHED, said)
        return {pk for (pk,) in cursor.fetchall()}


def _array(values: Iterable[object]) -> str:
    return f"{{{','.join(map(str, values))}}}"


def _least(column: Column) -> str:
    return min(column.values.values(), key=Decimal) if len(column.values) > 1 else _only(column)


def _most(column: Column) -> str:
    return max(column.values.values(), key=Decimal) if len(column.values) > 1 else _only(column)


def _only(column: Column) -> str:
    return next(iter(column.values.values()))


def samples(realm: str, asks: Sequence[Asked]) -> dict[UUID, list[Sample]]:
    """What each bound is held against from a moment on, and as far before it as that depends on."""
    told = _readings(realm, asks)
    found = {}
    for threshold, from_at in asks:
        since = from_at - threshold.line.reach
        all_of = threshold.measure.samples(told.get(threshold.series_id, ()))
        found[threshold.pk] = [sample for sample in all_of if sample.at >= since]
    return found


def told_since(realm: str, series: Iterable[int], since: datetime) -> Mapping[int, list[Told]]:
    """What some series told from a moment on, in order of time, without what was rejected."""
    return _fetched(realm, dict.fromkeys(series, since))


def _readings(realm: str, asks: Sequence[Asked]) -> Mapping[int, list[Told]]:
    """The readings of the series, as far back as any of their bounds reaches; one statement."""
    since: dict[int, datetime] = {}
    for threshold, from_at in asks:
        begin = from_at - threshold.line.reach - threshold.measure.reach
        since[threshold.series_id] = min(begin, since.get(threshold.series_id, begin))
    return _fetched(realm, since)


def _fetched(realm: str, since: Mapping[int, datetime]) -> Mapping[int, list[Told]]:
    with connection.cursor() as cursor:
        cursor.execute(
            READINGS, [list(since), list(since.values()), realm, min(since.values())]
        )
        rows: list[tuple[int, datetime, Decimal, bool, bool]] = cursor.fetchall()
    return {
        series: [Told(*row[1:]) for row in some]
        for series, some in groupby(rows, key=itemgetter(0))
    }
