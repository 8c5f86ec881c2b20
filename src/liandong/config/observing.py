"""Readings from files, by whoever keeps the node; and how the intake stands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path
from typing import Any

from liandong.kernel.actors import ACTUAL, Actor, system_actor
from liandong.kernel.problems import Invalid

ROWS = 20_000  # in one batch
MOST_TOLD = 200
SOURCE = "文件导入"
Step = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which file, and what it does not say itself: the station, the series, units of its columns."""

    file: Path
    station: str = ""
    series: str = ""
    units: Mapping[str, str] = field(default_factory=dict)


@dataclass(kw_only=True)
class Told:
    """What became of the rows of a file."""

    read: int = 0
    stored: int = 0
    corrected: int = 0
    suspect: int = 0
    duplicates: int = 0
    missing: int = 0
    refused: int = 0
    refusals: list[dict[str, Any]] = field(default_factory=list)
    stations: list[str] = field(default_factory=list)
    first_at: str = ""
    last_at: str = ""
    notes: list[str] = field(default_factory=list)
    batches: list[str] = field(default_factory=list)


def load(asked: Asked, *, dry_run: bool = False, step: Step | None = None) -> Told:
    """Take a file's readings in, a batch of rows at a time; raises ``Problem`` for what is no such file.

    The same file again changes nothing: its rows are known. One with other values corrects them.
    """
    from liandong.monitoring import queries  # noqa: PLC0415 -- Django woke up only now
    from liandong.monitoring.actions import record_readings  # noqa: PLC0415 -- as above
    from liandong.monitoring.adapters.files import LARGEST, read_file  # noqa: PLC0415 -- as above
    from liandong.monitoring.adapters.foreign import Given  # noqa: PLC0415 -- as above
    from liandong.monitoring.adapters.quantities import named  # noqa: PLC0415 -- as above

    if asked.station:
        queries.station_by_code(asked.station)
    given = Given(
        station=asked.station,
        series=named(asked.series)[0] or asked.series,
        units=asked.units,
        streams=queries.places_of_datastreams(),
    )
    with asked.file.open("rb") as opened:
        read = read_file(opened.read(LARGEST + 1), given)
    rows = sorted(read.observations, key=attrgetter("at", "station_code", "quantity"))
    told = Told(
        read=len(rows) + len(read.refusals),
        missing=read.missing,
        stations=sorted({row.station_code for row in rows}),
        first_at=rows[0].at.isoformat() if rows else "",
        last_at=rows[-1].at.isoformat() if rows else "",
        notes=read.notes,
    )
    if not rows and not read.refusals:
        raise Invalid(
            "文件里没有可导入的读数。",
            place=str(asked.file),
            remedy="；".join(read.notes[:3]) or "请核对文件内容。",
        )
    if dry_run:
        told.refused, told.refusals = len(read.refusals), _told(read.refusals)
        return told
    keeper = _keeper()
    for start in range(0, max(len(rows), 1), ROWS):
        part = rows[start : start + ROWS]
        refused = [] if start else read.refusals
        batch = record_readings(keeper, readings=part, refused=refused, source=SOURCE)
        _add(told, batch)
        if step:
            step(min(start + ROWS, len(rows)), len(rows))
    return told


def map_stream(name: str, station: str, series: str) -> str:
    """Say which series a Datastream is; returns what the series is called."""
    from liandong.monitoring import queries  # noqa: PLC0415 -- as above
    from liandong.monitoring.actions import map_datastream  # noqa: PLC0415 -- as above
    from liandong.monitoring.adapters.quantities import named  # noqa: PLC0415 -- as above

    quantity = named(series)[0] or series
    place = queries.station_by_code(station)
    row = queries.latest_readings(ACTUAL).filter(station=place, quantity=quantity).first()
    if row is None:
        raise Invalid(
            f"测站 {place} 没有“{series}”测项。",
            place="--series",
            remedy="请核对测项，或先登记该测项。",
        )
    return str(map_datastream(_keeper(), name=name, series=row).series)


def standing() -> dict[str, Any]:
    """How the intake stands: what came last, who is silent, what waits to be judged, where rows lie."""
    from liandong.monitoring import queries  # noqa: PLC0415 -- as above

    return queries.intake_standing(ACTUAL)


def _add(told: Told, batch: Any) -> None:
    told.stored += batch.count
    told.corrected += batch.corrected
    told.suspect += batch.suspect
    told.duplicates += batch.duplicates
    told.refused += batch.rejected
    told.refusals += batch.refusals[: MOST_TOLD - len(told.refusals)]
    told.batches.append(str(batch.pk))


def _told(refusals: Any) -> list[dict[str, Any]]:
    names = ("row", "field", "problem", "remedy")
    return [{name: getattr(one, name) for name in names} for one in refusals[:MOST_TOLD]]


def _keeper() -> Actor:
    from liandong.monitoring.permissions import Permission  # noqa: PLC0415 -- as above

    return system_actor(
        "node",
        "命令行导入读数",
        ACTUAL,
        Permission.RECORD_READINGS,
        Permission.CORRECT_READINGS,
        Permission.REGISTER_STATION,
    )
