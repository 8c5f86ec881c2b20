"""Rules over a hundred thousand stations: one batch with a reading of each, beside COPY of the same rows."""

import itertools
import os
import time
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import django
import psycopg
from django.db import connection, connections

django.setup()

from bench.reference.observations import copy_in  # noqa: E402 -- app ready
from liandong.kernel import clock  # noqa: E402 -- app ready
from liandong.kernel.actors import ACTUAL, system_actor  # noqa: E402 -- app ready
from liandong.kernel.ids import uuid7  # noqa: E402 -- app ready
from liandong.monitoring.actions import Observation, record_readings  # noqa: E402 -- app ready
from liandong.monitoring.permissions import Permission  # noqa: E402 -- app ready
from liandong.monitoring.states import Quantity  # noqa: E402 -- app ready

STATIONS = 100_000
EVERY = 1000  # one station in so many is over its bound: a bad day
CALM, HIGH = Decimal("812.345"), Decimal("999.5")
DEVICE = system_actor("device", "bench rules", ACTUAL, *Permission)
START = clock.real().replace(second=0, microsecond=0) - timedelta(days=20)
# What a station's bound is about, by turns.
KINDS: tuple[dict[str, object], ...] = (
    {"kind": "warning", "bound": 900, "comparison": "at_least", "statistic": "value"},
    {"kind": "drought", "bound": 100, "comparison": "below", "statistic": "value"},
    {"kind": "guarantee", "bound": 950, "comparison": "at_least", "statistic": "value", "lasting_minutes": 10},
    {"kind": "rate", "bound": 100, "comparison": "at_least", "statistic": "rise", "window_minutes": 60},
)  # fmt: skip
FILL = """
INSERT INTO monitoring_station (id, code, name, kind, river, lon, lat, cell, datum, township_code)
SELECT gen_random_uuid(), %(letter)s || lpad(n::text, 7, '0'), 'r', 'ZQ', 'r', 112, 27, 1, '', ''
FROM generate_series(0, %(last)s) AS n;
INSERT INTO monitoring_series
    (station_id, quantity, own_label, own_unit, step_minutes, is_areal, is_main_river, is_trunk)
SELECT id, 'flow_m3s', '', '', 1, false, false, false FROM monitoring_station
WHERE code LIKE %(letter)s || '%%' ORDER BY code;
"""
BOUND = """
INSERT INTO monitoring_threshold (id, series_id, kind, level, hazard, name, comparison, statistic,
    window_minutes, bound, lasting_minutes, clear_margin, hold_minutes, season_from, season_to, place,
    "group", areas, status, cite, is_active)
SELECT gen_random_uuid(), s.id, %(kind)s, '黄', '11A01', '', %(comparison)s, %(statistic)s,
    %(window_minutes)s::int, %(bound)s, %(lasting_minutes)s, 0, 0, '', '', '', '', '{}', 'assumed', '', true
FROM monitoring_series s JOIN monitoring_station g ON g.id = s.station_id
WHERE g.code LIKE %(letter)s || '%%' AND substr(g.code, 2)::int %% %(turns)s = %(turn)s
"""
KEYS = """
SELECT s.id FROM monitoring_series s JOIN monitoring_station g ON g.id = s.station_id
WHERE g.code LIKE %s ORDER BY g.code
"""
_minutes = {"ours": itertools.count(), "reference": itertools.count()}


def _code(side: str, number: int) -> str:
    return f"{'R' if side == 'ours' else 'S'}{number:07d}"


def _series(side: str) -> list[int]:
    """Stations, a series each and a bound each, entered in a few statements."""
    letter = _code(side, 0)[0]
    with connection.cursor() as cursor:
        cursor.execute(FILL, {"letter": letter, "last": STATIONS - 1})
        if side == "ours":
            for turn, one in enumerate(KINDS):
                said = {"window_minutes": None, "lasting_minutes": 0, **one}
                cursor.execute(
                    BOUND, {"turn": turn, "turns": len(KINDS), "letter": letter, **said}
                )
        cursor.execute(KEYS, [f"{letter}%"])
        return [pk for (pk,) in cursor.fetchall()]


SERIES = {side: _series(side) for side in ("ours", "reference")}
CODES = [_code("ours", number) for number in range(STATIONS)]
with connection.cursor() as _cursor:
    _cursor.execute("ANALYZE monitoring_station, monitoring_series, monitoring_threshold")


def _values() -> list[Decimal]:
    return [HIGH if number % EVERY == 0 else CALM for number in range(STATIONS)]


def ours(seconds: float) -> float:
    """Readings a second through the action: a batch of one reading of every station, held to its bound."""
    connections.close_all()
    end, count, spent = time.monotonic() + seconds, 0, 0.0
    while True:
        at = START + timedelta(minutes=next(_minutes["ours"]))
        readings = [
            Observation(code, Quantity.FLOW, at, value)
            for code, value in zip(CODES, _values(), strict=True)
        ]
        began = time.monotonic()
        record_readings(DEVICE, readings=readings, source="bench")
        spent += time.monotonic() - began
        count += len(readings)
        if time.monotonic() > end:
            return count / spent


def reference(seconds: float) -> float:
    """Readings a second by COPY."""
    place, pid = connection.settings_dict, os.getpid()
    address = f"postgresql://{place['USER']}@/{place['NAME']}?host={place['HOST']}"
    end, count, spent = time.monotonic() + seconds, 0, 0.0
    with psycopg.connect(address, autocommit=True, application_name=f"bench {pid}") as plain:
        while True:
            now, batch = datetime.now(tz=UTC), str(uuid7())  # noqa: TID251 -- beside the program
            at = START + timedelta(minutes=next(_minutes["reference"]))
            rows = [
                (ACTUAL, series, batch, at, value, now, "good")
                for series, value in zip(SERIES["reference"], _values(), strict=True)
            ]
            began = time.monotonic()
            copy_in(plain, rows)
            spent += time.monotonic() - began
            count += len(rows)
            if time.monotonic() > end:
                return count / spent
