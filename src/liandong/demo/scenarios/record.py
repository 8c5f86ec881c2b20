"""The record of the flood of August 2012, hour by hour, in the scenario's own time."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from importlib.resources import files
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")
PLACES = Decimal("0.001")


@dataclass(frozen=True)
class Hour:
    """What was measured in the hour that ended at ``at``: areal rain, and flow at its end."""

    at: datetime
    rain_mm: Decimal
    flow_m3s: Decimal


def hours(*, shift: timedelta, rain_factor: Decimal) -> list[Hour]:
    """Read the record, moved in time, its rain scaled.

    Less rain, less water: what the river carries beyond its first flow is scaled alike, as a
    linear unit hydrograph would have it.
    """
    rows = list(_rows())
    base = Decimal(rows[0]["flow_m3s"])
    read = []
    for row in rows:
        rain, flow = Decimal(row["rain_mm"]), Decimal(row["flow_m3s"])
        risen = max(flow - base, Decimal())
        read.append(
            Hour(
                at=datetime.fromisoformat(row["time"]).replace(tzinfo=CHINA) + shift,
                rain_mm=(rain * rain_factor).quantize(PLACES),
                flow_m3s=(flow - risen + risen * rain_factor).quantize(PLACES),
            )
        )
    return read


def _rows() -> Iterator[dict[str, str]]:
    path = files("liandong.demo.scenarios").joinpath("upstream_flood.csv")
    lines = path.read_text(encoding="utf-8").splitlines()
    yield from csv.DictReader(line for line in lines if not line.startswith("#"))
