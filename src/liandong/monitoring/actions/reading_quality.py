"""Looking at readings among their neighbours, and keeping what each series said last."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection

from liandong.kernel.statements import execute
from liandong.monitoring import rules
from liandong.monitoring.actions.reading_rows import Arrival
from liandong.monitoring.actions.total import mark_stale
from liandong.monitoring.signals.observations import Column, at_text
from liandong.monitoring.signals.quality import (
    DOUBTS,
    Before,
    Limits,
    Point,
    is_calm,
    judge,
    run_at_end,
)
from liandong.monitoring.states import TRUSTED, Quality

# How far back and ahead of new readings their neighbours are looked for, and how many of them.
REACH = timedelta(days=30)
MOST_BACK = 48
MOST_AHEAD = 200

# 33: beyond the range, or ahead of the clock; such readings are nobody's neighbours.
AROUND = """
SELECT asked.series_id, found.at, found.value, found.quality, found.flags
FROM unnest(%s::bigint[], %s::timestamptz[], %s::timestamptz[], %s::int[])
    AS asked (series_id, first_at, last_at, back)
CROSS JOIN LATERAL (
    (SELECT r.at, r.value, r.quality, r.flags FROM monitoring_reading r
     WHERE r.realm = %s AND r.series_id = asked.series_id AND r.at < asked.first_at
         AND r.at >= %s AND r.at <= %s AND r.quality IN ('good', 'confirmed')
     ORDER BY r.at DESC LIMIT 1)
    UNION
    (SELECT r.at, r.value, r.quality, r.flags FROM monitoring_reading r
     WHERE r.realm = %s AND r.series_id = asked.series_id AND r.at < asked.first_at
         AND r.at >= %s AND r.at <= %s AND r.quality <> 'rejected' AND r.flags & 33 = 0
     ORDER BY r.at DESC LIMIT asked.back)
    UNION
    (SELECT r.at, r.value, r.quality, r.flags FROM monitoring_reading r
     WHERE r.realm = %s AND r.series_id = asked.series_id
         AND r.at >= asked.first_at AND r.at <= asked.last_at AND r.at >= %s AND r.at <= %s)
    UNION
    (SELECT r.at, r.value, r.quality, r.flags FROM monitoring_reading r
     WHERE r.realm = %s AND r.series_id = asked.series_id AND r.at > asked.last_at
         AND r.at >= %s AND r.at <= %s
     ORDER BY r.at LIMIT %s)
) AS found
ORDER BY asked.series_id, found.at
"""
DRY = """
SELECT asked.series_id
FROM unnest(%s::bigint[], %s::timestamptz[], %s::timestamptz[]) AS asked (series_id, first_at, last_at)
JOIN monitoring_series s ON s.id = asked.series_id
JOIN monitoring_station own ON own.id = s.station_id
JOIN monitoring_station near ON near.id = own.id OR (own.river <> '' AND near.river = own.river)
JOIN monitoring_series rain ON rain.station_id = near.id AND rain.quantity = 'rain_mm'
JOIN monitoring_reading r ON r.realm = %s AND r.series_id = rain.id
    AND r.at > asked.first_at - interval '24 hours' AND r.at <= asked.last_at
    AND r.at >= %s AND r.at <= %s AND r.quality IN ('good', 'confirmed')
GROUP BY 1 HAVING sum(r.value) = 0
"""
FLAG = """
UPDATE monitoring_reading r SET quality = told.quality, flags = told.flags
FROM unnest(%s::bigint[], %s::timestamptz[], %s::text[], %s::smallint[])
    AS told (series_id, at, quality, flags)
WHERE r.realm = %s AND r.series_id = told.series_id AND r.at = told.at
    AND r.at >= %s AND r.at <= %s
"""
SAID = """
SELECT series_id, at, value, said_at, said_value, said_quality, run FROM monitoring_latest
WHERE realm = %s AND series_id = ANY(%s) ORDER BY series_id FOR UPDATE
"""
NEWER = """
INSERT INTO monitoring_latest
    (realm, series_id, said_at, said_value, said_quality, said_flags, at, value, run)
SELECT %s, series_id, at, value, 'good', flags, at, value, run
FROM unnest(%s::bigint[], %s::timestamptz[], %s::numeric[], %s::smallint[], %s::int[])
    AS told (series_id, at, value, flags, run)
ON CONFLICT (realm, series_id) DO UPDATE SET said_at = excluded.said_at,
    said_value = excluded.said_value, said_quality = excluded.said_quality,
    said_flags = excluded.said_flags, at = excluded.at, value = excluded.value, run = excluded.run
"""
# Nothing is said of a time that our clock has not come to.
ANEW = """
INSERT INTO monitoring_latest
    (realm, series_id, said_at, said_value, said_quality, said_flags, at, value, run)
SELECT %s, asked.series_id, said.at, said.value, said.quality, said.flags,
    trusted.at, trusted.value, asked.run
FROM unnest(%s::bigint[], %s::int[]) AS asked (series_id, run)
CROSS JOIN LATERAL (
    SELECT r.at, r.value, r.quality, r.flags FROM monitoring_reading r
    WHERE r.realm = %s AND r.series_id = asked.series_id AND r.at >= %s AND r.at <= %s
    ORDER BY r.at DESC LIMIT 1) AS said
LEFT JOIN LATERAL (
    SELECT r.at, r.value FROM monitoring_reading r
    WHERE r.realm = %s AND r.series_id = asked.series_id AND r.at >= %s AND r.at <= %s
        AND r.quality IN ('good', 'confirmed')
    ORDER BY r.at DESC LIMIT 1) AS trusted ON true
ON CONFLICT (realm, series_id) DO UPDATE SET said_at = excluded.said_at,
    said_value = excluded.said_value, said_quality = excluded.said_quality,
    said_flags = excluded.said_flags, run = excluded.run,
    at = coalesce(excluded.at, CASE WHEN monitoring_latest.at < %s THEN monitoring_latest.at END),
    value = coalesce(excluded.value,
        CASE WHEN monitoring_latest.at < %s THEN monitoring_latest.value END)
"""


# Series, time, value, flags, and how many equal readings it ends.
_Newest = tuple[int, str, Decimal, int, int]


class Said(NamedTuple):
    """What a series said last, and the last of it that is trusted."""

    at: datetime | None
    value: Decimal | None
    said_at: datetime
    said_value: Decimal
    said_quality: str
    run: int


@dataclass(frozen=True)
class _Among:
    """A reading among its neighbours, and how it stands in the table."""

    point: Point
    value: Decimal
    quality: str


def hold(realm: str, columns: Iterable[Column]) -> dict[int, Said]:
    """What the series said last; locked, so that of two batches for one the later sees the earlier."""
    asked = sorted(column.series for column in columns if column.values)
    return {pk: Said(*said) for pk, *said in execute(SAID, [realm, asked]).fetchall()}


def review(
    arrival: Arrival,
    columns: Sequence[Column],
    limits: Mapping[int, Limits],
    latest: Mapping[int, Said],
) -> list[Column]:
    """Flag what its neighbours do not bear out, and keep what was said last.

    New readings in order and without anything strange, nearly all, cost no look at the table. Returns
    the columns together with the older readings that are judged otherwise since.
    """
    calm: list[Column] = []
    closer: list[Column] = []
    newest: list[_Newest] = []
    for column in columns:
        numbers, last = column.numbers(), latest.get(column.series)
        if _is_plain(column, numbers, limits[column.series], last):
            calm.append(column)
            newest.append(_newest(column, numbers, last))
        else:
            closer.append(column)
    _keep_newest(arrival.realm, newest)
    return [*calm, *look_closer(arrival.realm, closer, limits, latest, now=arrival.at)]


def _is_plain(
    column: Column, numbers: Sequence[float], limits: Limits, last: Said | None
) -> bool:
    """In order after a trusted reading, and calm."""
    if column.is_patched or any(flag & DOUBTS for flag in column.flags.values()):
        return False
    before = None
    if last:
        is_trusted = last.said_quality in TRUSTED and (last.run or not limits.stuck)
        if not is_trusted or last.said_at >= column.first_at:
            return False
        before = Before(float(last.said_value), last.run)
    return is_calm(numbers, before, limits)


def _newest(column: Column, numbers: Sequence[float], last: Said | None) -> _Newest:
    """What a calm series said last is the last of its new values."""
    at = max(column.values)
    before = Before(float(last.said_value), last.run) if last else None
    run = run_at_end(numbers, before)
    return column.series, at, Decimal(column.values[at]), int(column.flags.get(at, 0)), run


def _keep_newest(realm: str, newest: Sequence[_Newest]) -> None:
    if newest:
        with connection.cursor() as cursor:
            rows: list[Any] = [list(one) for one in zip(*sorted(newest), strict=True)]
            cursor.execute(NEWER, [realm, *rows])


def look_closer(
    realm: str,
    columns: Sequence[Column],
    limits: Mapping[int, Limits],
    latest: Mapping[int, Said],
    *,
    now: datetime,
) -> list[Column]:
    """Judge readings anew together with those around them."""
    if not columns:
        return []
    around = _around(realm, columns, limits)
    dry = _dry(realm, [one for one in columns if limits[one.series].dry_jump is not None])
    changed: list[Column] = []
    stale: dict[int, int] = {}
    told: list[tuple[int, str, str, int]] = []
    for column in columns:
        rows, limit = around[column.series], limits[column.series]
        given = max(0, sum(one.point.at < column.first_at for one in rows) - 1)
        points = [one.point for one in rows]
        flags = judge(points, limit, given=given, is_dry=column.series in dry)
        moved = _moved(rows, flags)
        told += [
            (column.series, at, quality, flag) for at, (quality, flag, _v) in moved.items()
        ]
        column.doubted = sum(
            bool(flag & DOUBTS)
            for one, flag in zip(rows, flags, strict=True)
            if at_text(one.point.at) in column.values
        )
        values = {at: value for at, (_q, _f, value) in moved.items()} | column.values
        changed.append(Column(column.code, column.quantity, column.series, values))
        last = latest.get(column.series)
        if last is None or _may_move(last, values):
            values_now = [one.value for one in points if one.at <= now + rules.AHEAD]
            stale[column.series] = run_at_end(values_now, None) if values_now else 0
    _flag(realm, told)
    _find_newest(realm, stale, min(column.first_at for column in columns), now)
    return changed


def _may_move(last: Said, values: Mapping[str, str]) -> bool:
    """Whether what was judged may change what the series said last."""
    if last.at is None or at_text(last.at) <= max(values):
        return True
    return at_text(last.said_at) in values


def _moved(rows: Sequence[_Among], flags: Sequence[int]) -> dict[str, tuple[str, int, str]]:
    """Those that are to stand otherwise than they do: quality, flags and value by time."""
    found = {}
    for one, flag in zip(rows, flags, strict=True):
        quality = one.quality
        if not one.point.is_confirmed and not one.point.is_rejected:
            quality = str((Quality.SUSPECT if flag & DOUBTS else Quality.GOOD).value)
        if (quality, flag) != (one.quality, one.point.flags):
            found[at_text(one.point.at)] = quality, flag, f"{one.value:.3f}"
    return found


def _around(
    realm: str, columns: Sequence[Column], limits: Mapping[int, Limits]
) -> dict[int, list[_Among]]:
    """The readings of each column with their neighbours, in order of time."""
    firsts, lasts = [one.first_at for one in columns], [one.last_at for one in columns]
    span: list[Any] = [min(firsts) - REACH, max(lasts) + REACH]
    back = [min(max(limits[one.series].stuck, 2), MOST_BACK) for one in columns]
    found: dict[int, list[_Among]] = defaultdict(list)
    with connection.cursor() as cursor:
        asked: list[Any] = [[one.series for one in columns], firsts, lasts, back]
        cursor.execute(AROUND, [*asked, *[realm, *span] * 4, MOST_AHEAD])
        for series, at, value, quality, flags in cursor.fetchall():
            is_confirmed = quality == Quality.CONFIRMED
            is_rejected = quality == Quality.REJECTED
            point = Point(at, float(value), flags, is_confirmed, is_rejected)
            found[series].append(_Among(point, value, quality))
    return found


def _dry(realm: str, columns: Sequence[Column]) -> set[int]:
    """Those whose river has told of its rain for a day, and there was none."""
    if not columns:
        return set()
    firsts, lasts = [one.first_at for one in columns], [one.last_at for one in columns]
    span = [min(firsts) - timedelta(hours=24), max(lasts)]
    with connection.cursor() as cursor:
        asked: list[Any] = [[one.series for one in columns], firsts, lasts]
        cursor.execute(DRY, [*asked, realm, *span])
        return {pk for (pk,) in cursor.fetchall()}


def _flag(realm: str, told: Sequence[tuple[int, str, str, int]]) -> None:
    if not told:
        return
    times = [at for _pk, at, _quality, _flags in told]
    with connection.cursor() as cursor:
        columns: list[Any] = [list(one) for one in zip(*told, strict=True)]
        cursor.execute(FLAG, [*columns, realm, min(times), max(times)])
    mark_stale(realm, columns[0], columns[1])


def _find_newest(
    realm: str, stale: Mapping[int, int], first_at: datetime, now: datetime
) -> None:
    """Look up what series said last where new readings alone do not tell."""
    if not stale:
        return
    since = first_at - REACH
    span: list[Any] = [realm, since, now + rules.AHEAD]
    ids = sorted(stale)
    with connection.cursor() as cursor:
        runs = [stale[pk] for pk in ids]
        cursor.execute(ANEW, [realm, ids, runs, *span, *span, since, since])
