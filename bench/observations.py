"""Readings in: a batch of a thousand over a hundred series with bounds, one entry a batch."""

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
from liandong.monitoring import queries  # noqa: E402 -- app ready
from liandong.monitoring.actions import (  # noqa: E402 -- app ready
    SeriesSpec,
    record_readings,
    register_station,
    set_threshold,
)
from liandong.monitoring.permissions import Permission  # noqa: E402 -- app ready
from liandong.monitoring.signals.observations import Observation  # noqa: E402 -- app ready
from liandong.monitoring.states import Quantity, SourceStatus, ThresholdKind  # noqa: E402 -- app ready

STATIONS, STEPS = 100, 100
DEVICE = system_actor("device", "bench", ACTUAL, *Permission)
START = clock.real().replace(second=0, microsecond=0) - timedelta(days=29)
# Reference and candidate write to series of their own, minute by minute, never the same twice.
_minutes = {"ours": itertools.count(step=STEPS), "reference": itertools.count(step=STEPS)}


def _code(side: str, number: int) -> str:
    return f"{'1' if side == 'ours' else '2'}{number:07d}"


def _series(side: str) -> list[int]:
    for number in range(STATIONS):
        station = register_station(
            DEVICE,
            code=_code(side, number),
            name=f"{side} {number}",
            kind="ZQ",
            lon=Decimal("112.4"),
            lat=Decimal("27.7"),
            river="r",
            series=[SeriesSpec(quantity=Quantity.FLOW, step_minutes=1)],
        )
        series = queries.latest_readings(ACTUAL).get(station=station)
        for kind, bound in ((ThresholdKind.WARNING, 900), (ThresholdKind.GUARANTEE, 950)):
            set_threshold(
                DEVICE,
                series=series,
                kind=kind,
                bound=Decimal(bound),
                status=SourceStatus.ASSUMED,
            )
    places = queries.series_by_place({_code(side, number) for number in range(STATIONS)})
    return [places[_code(side, number), Quantity.FLOW] for number in range(STATIONS)]


CODES = [_code("ours", number) for number in range(STATIONS)]
SERIES = {side: _series(side) for side in ("ours", "reference")}


def times_of(side: str) -> list[datetime]:
    first = next(_minutes[side])
    return [START + timedelta(minutes=first + step) for step in range(STEPS)]


def ours(seconds: float) -> float:
    """Readings a second through the action: checked, stored, chained to a root, held to bounds."""
    connections.close_all()
    end, count, began = time.monotonic() + seconds, 0, time.monotonic()
    while time.monotonic() < end:
        times = times_of("ours")
        readings = [
            Observation(code, Quantity.FLOW, at, Decimal("812.345"))
            for at in times
            for code in CODES
        ]
        record_readings(DEVICE, readings=readings, source="bench")
        count += len(readings)
    return count / (time.monotonic() - began)


def reference(seconds: float) -> float:
    """Readings a second by COPY."""
    place, pid = connection.settings_dict, os.getpid()
    address = f"postgresql://{place['USER']}@/{place['NAME']}?host={place['HOST']}"
    end, count, began = time.monotonic() + seconds, 0, time.monotonic()
    with psycopg.connect(address, autocommit=True, application_name=f"bench {pid}") as plain:
        while time.monotonic() < end:
            now, batch = datetime.now(tz=UTC), str(uuid7())  # noqa: TID251 -- beside the program
            rows = [
                (ACTUAL, series, batch, at, Decimal("812.345"), now, "good")
                for at in times_of("reference")
                for series in SERIES["reference"]
            ]
            copy_in(plain, rows)
            count += len(rows)
    return count / (time.monotonic() - began)
