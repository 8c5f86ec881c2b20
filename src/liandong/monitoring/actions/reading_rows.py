"""Rows of readings: copied in, and where another value stands there already, corrected or passed over."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import connection, transaction
from psycopg.errors import UniqueViolation

from liandong.kernel.problems import Stale
from liandong.kernel.wording import gettext as _
from liandong.monitoring import rules
from liandong.monitoring.signals.observations import Column, Observation, at_text
from liandong.monitoring.signals.quality import DOUBTS, Flag, Limits
from liandong.monitoring.states import Quality

ATTEMPTS = 5
LINES = 4000

ROOM = "SELECT monitoring_make_room(%s::date[])"
COPY = """
COPY monitoring_reading (realm, series_id, at, value, received_at, batch_id, quality, flags)
FROM STDIN
"""
# The bounds once more as constants: only they let the planner leave out the other days.
KNOWN = """
SELECT r.series_id, r.at, r.value, b.source
FROM unnest(%s::bigint[], %s::timestamptz[]) AS said (series_id, at)
JOIN monitoring_reading r ON r.realm = %s AND r.series_id = said.series_id AND r.at = said.at
    AND r.at >= %s AND r.at <= %s
JOIN monitoring_batch b ON b.id = r.batch_id
"""
FORMER = """
SELECT v.series_id, v.at, v.value
FROM unnest(%s::bigint[], %s::timestamptz[]) AS said (series_id, at)
JOIN monitoring_readingversion v
    ON v.realm = %s AND v.series_id = said.series_id AND v.at = said.at
"""
KEEP_FORMER = """
INSERT INTO monitoring_readingversion
    (realm, series_id, at, value, received_at, quality, flags, batch_id, replaced_at, replaced_by_id)
SELECT r.realm, r.series_id, r.at, r.value, r.received_at, r.quality, r.flags, r.batch_id, %s, %s
FROM unnest(%s::bigint[], %s::timestamptz[]) AS said (series_id, at)
JOIN monitoring_reading r ON r.realm = %s AND r.series_id = said.series_id AND r.at = said.at
    AND r.at >= %s AND r.at <= %s
FOR UPDATE OF r
"""
CORRECT = """
UPDATE monitoring_reading r SET value = said.value, received_at = %s, batch_id = %s,
    quality = said.quality, flags = said.flags
FROM unnest(%s::bigint[], %s::timestamptz[], %s::numeric[], %s::text[], %s::smallint[])
    AS said (series_id, at, value, quality, flags)
WHERE r.realm = %s AND r.series_id = said.series_id AND r.at = said.at
    AND r.at >= %s AND r.at <= %s
"""


@dataclass(frozen=True)
class Arrival:
    """A batch on its way into the database."""

    id: UUID
    realm: str
    at: datetime
    source: str
    may_correct: bool


@dataclass(frozen=True, slots=True)
class _Correction:
    """A value that takes the place of another."""

    column: Column
    at: str
    value: str


def store(
    arrival: Arrival,
    readings: Sequence[Observation],
    sifted: rules.Sifted,
    limits: Mapping[int, Limits],
) -> list[Column]:
    """Copy the new values in; those that stand there already come out, and it is tried again.

    Returns the columns with what was stored of them, corrections included.
    """
    corrections: list[_Correction] = []
    _flag_range(sifted.columns.values(), limits)
    _make_room(sifted.columns.values())
    for _attempt in range(ATTEMPTS):
        columns = [column for column in sifted.columns.values() if column.values]
        try:
            with transaction.atomic():
                _copy(arrival, columns)
        except UniqueViolation:
            corrections += _part_known(arrival, columns, readings, sifted)
        else:
            break
    else:
        raise Stale(
            _("同一批读数正由别处同时送入。"),
            place=_("读数"),
            remedy=_("请稍后重送，重复的会自动跳过。"),
        )
    if corrections:
        _correct(arrival, corrections)
        sifted.corrected = len(corrections)
    return [column for column in sifted.columns.values() if column.values]


def _flag_range(columns: Iterable[Column], limits: Mapping[int, Limits]) -> None:
    """Flag what cannot be; a look at the ends of each column is enough where all can."""
    for column in columns:
        if not column.values:
            continue
        limit, values = limits[column.series], [float(one) for one in column.values.values()]
        if limit.low <= min(values) and max(values) <= limit.high:
            continue
        for at, value in column.values.items():
            if not limit.holds(float(value)):
                column.flags[at] = column.flags.get(at, 0) | Flag.RANGE


def _make_room(columns: Iterable[Column]) -> None:
    """Have the parts of the table for the days at hand; made ahead, so there is seldom anything to do."""
    days = sorted({at[:10] for column in columns for at in column.values})
    if days:
        with connection.cursor() as cursor:
            cursor.execute(ROOM, [days])


def _copy(arrival: Arrival, columns: Iterable[Column]) -> None:
    """Send rows as text, series by series: the server works while the next are written."""
    realm = arrival.realm.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")
    came = f"\t{arrival.at.isoformat()}\t{arrival.id}\t"
    plain = f"{came}{Quality.GOOD.value}\t0\n"
    with connection.cursor() as cursor, cursor.copy(COPY) as copy:
        waiting: list[str] = []
        for column in columns:
            head, values, flags = f"{realm}\t{column.series}\t", column.values, column.flags
            # Everybody writes in one order, so that nobody waits for each other in a circle.
            if flags:
                waiting += [
                    f"{head}{at}\t{values[at]}{came}{_quality(flags.get(at, 0))}\t{flags.get(at, 0)}\n"
                    for at in sorted(values)
                ]
            else:
                waiting += [f"{head}{at}\t{values[at]}{plain}" for at in sorted(values)]
            if len(waiting) > LINES:
                copy.write("".join(waiting))
                waiting.clear()
        copy.write("".join(waiting))


def _quality(flags: int) -> str:
    return Quality.SUSPECT.value if flags & DOUBTS else Quality.GOOD.value


def _part_known(
    arrival: Arrival,
    columns: Sequence[Column],
    readings: Sequence[Observation],
    sifted: rules.Sifted,
) -> list[_Correction]:
    """Take out what is stored already: the same is counted; what differs corrects it or is refused."""
    asked = [(column.series, at) for column in columns for at in column.values]
    known = _known(arrival.realm, asked)
    differing: list[_Correction] = []
    for column in columns:
        for at in [at for at in column.values if (column.series, at) in known]:
            value = column.values.pop(at)
            if value == known[column.series, at][0]:
                sifted.duplicates += 1
                column.flags.pop(at, None)
            else:
                differing.append(_Correction(column, at, value))
    former = _former(arrival.realm, differing)
    corrections: list[_Correction] = []
    refused: dict[tuple[tuple[str, str], str], str] = {}
    for one in differing:
        place = one.column.series, one.at
        before, source = known[place]
        versions = former.get(place, [])
        if not arrival.may_correct and source != arrival.source:
            refused[one.column.place, one.at] = before
        elif len(versions) >= rules.MOST_VERSIONS:
            refused[one.column.place, one.at] = ""
        else:
            if one.value in versions:
                one.column.flags[one.at] = one.column.flags.get(one.at, 0) | Flag.FLAPPING
            corrections.append(one)
    _refuse(readings, refused, sifted)
    return corrections


def _refuse(
    readings: Sequence[Observation],
    refused: dict[tuple[tuple[str, str], str], str],
    sifted: rules.Sifted,
) -> None:
    """Say of each row whose value may not stand why, in its place."""
    for number, said in enumerate(readings, 1) if refused else ():
        place = (said.station_code, said.quantity)
        if not said.at.tzinfo or (place, at_text(said.at)) not in refused:
            continue
        before = refused.pop((place, at_text(said.at)))
        row = said.row or number
        sifted.refusals.append(
            rules.other_value(row, before) if before else rules.too_often(row)
        )
        sifted.columns[place].flags.pop(at_text(said.at), None)


def _known(
    realm: str, asked: Sequence[tuple[int, str]]
) -> dict[tuple[int, str], tuple[str, str]]:
    """What stands at these times, and who sent it."""
    ids, times = [pk for pk, _at in asked], [at for _pk, at in asked]
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [ids, times, realm, min(times), max(times)])
        return {
            (pk, at_text(at)): (f"{value:.3f}", source)
            for pk, at, value, source in cursor.fetchall()
        }


def _former(realm: str, differing: Sequence[_Correction]) -> dict[tuple[int, str], list[str]]:
    """What stood at these times before."""
    found: dict[tuple[int, str], list[str]] = {}
    if differing:
        ids, times = [one.column.series for one in differing], [one.at for one in differing]
        with connection.cursor() as cursor:
            cursor.execute(FORMER, [ids, times, realm])
            for pk, at, value in cursor.fetchall():
                found.setdefault((pk, at_text(at)), []).append(f"{value:.3f}")
    return found


def _correct(arrival: Arrival, corrections: Sequence[_Correction]) -> None:
    """Put the new values in the place of the old, and the old among the former ones."""
    ids, times = [one.column.series for one in corrections], [one.at for one in corrections]
    span = [arrival.realm, min(times), max(times)]
    flags = [int(one.column.flags.get(one.at, 0)) for one in corrections]
    values = [Decimal(one.value) for one in corrections]
    with connection.cursor() as cursor:
        cursor.execute(KEEP_FORMER, [arrival.at, arrival.id, ids, times, *span])
        qualities = [_quality(flag) for flag in flags]
        cursor.execute(
            CORRECT, [arrival.at, arrival.id, ids, times, values, qualities, flags, *span]
        )
    for one in corrections:
        one.column.values[one.at] = one.value
        one.column.is_patched = True
