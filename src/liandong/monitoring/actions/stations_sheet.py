"""Taking stations and their bounds in from a spreadsheet, all or nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from liandong.documents.sheets import (
    CHANGED,
    NEW,
    SAME,
    Change,
    Draft,
    Finding,
    draft,
    refuse_findings,
)
from liandong.kernel.actions import action
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Stale
from liandong.kernel.wording import gettext as _
from liandong.monitoring.actions.station import SeriesSpec, StationSpec, enter_stations
from liandong.monitoring.actions.threshold import put_bounds, rainstorm_bound
from liandong.monitoring.models import Series, Station, Threshold
from liandong.monitoring.permissions import Permission
from liandong.monitoring.signals import rainstorm
from liandong.monitoring.signals.observations import plain
from liandong.monitoring.states import Quantity, SourceStatus, ThresholdKind
from liandong.organization import actions as organization
from liandong.organization.models import Intake
from liandong.organization.states import IntakeKind


@dataclass(frozen=True, kw_only=True)
class StationRow:
    """One station with what it measures, and the bounds that stand beside it: quantity, kind, value."""

    row: int
    code: str
    name: str
    kind: str
    river: str
    lon: Decimal
    lat: Decimal
    datum: str
    township_code: str
    quantities: tuple[str, ...]
    is_main: bool
    bounds: tuple[tuple[str, str, Decimal], ...]
    rainstorm: bool
    cite: str


@dataclass(frozen=True)
class _There:
    """What the county has registered, for comparing with."""

    stations: dict[str, Station]
    quantities: dict[str, set[str]]
    bounds: dict[tuple[str, str, str], tuple[Decimal, str]]
    rainstorm: set[str]


def plan_stations(rows: Sequence[StationRow], findings: Sequence[Finding] = ()) -> Draft:
    """Say which stations and bounds would be new, and which would change."""
    there = _there()
    changes = []
    for one in rows:
        notes = _differences(one, there)
        kind = SAME if not notes else CHANGED if one.code in there.stations else NEW
        changes.append(Change(one.row, kind, f"{one.code} {one.name}", "；".join(notes)))
    return draft(changes, findings)


@action(Permission.REGISTER_STATION)
def take_stations(
    actor: Actor,
    *,
    rows: Sequence[StationRow],
    seen: str,
    name: str,
    digest: str,
    idempotency_key: str = "",
) -> Intake:
    """Register the stations of a spreadsheet and set their bounds. Publishes what those deeds do.

    And ``SheetTaken``. Refuses whoever saw another draft than ``seen``. Bounds that the sheet
    leaves blank stay as they are. Clause 二(一)2.
    """
    planned = plan_stations(rows)
    refuse_findings(planned.findings)
    if seen != planned.fingerprint:
        raise Stale(
            _("核对之后，登记的测站又有变动。"),
            remedy=_("请按页面上最新的逐行结果再确认一次。"),
        )
    same = {change.row for change in planned.changes if change.kind == SAME}
    _enter(actor, [one for one in rows if one.row not in same])
    return organization.record_intake(
        actor,
        kind=IntakeKind.STATIONS,
        name=name,
        digest=digest,
        new=planned.new,
        changed=planned.changed,
        unchanged=planned.same,
    )


def _enter(actor: Actor, rows: Sequence[StationRow]) -> None:
    """Enter the stations, then every bound of theirs that the sheet names."""
    stations = enter_stations([_spec(one) for one in rows])
    kept = Series.objects.filter(station__in=stations.values()).select_related("station")
    series = {(one.station.code, one.quantity): one for one in kept}
    bounds = [bound for one in rows for bound in _bounds(one, series)]
    if bounds:
        actor.demand(Permission.SET_THRESHOLD)
        put_bounds(bounds)


def _spec(one: StationRow) -> StationSpec:
    return StationSpec(
        code=one.code,
        name=one.name,
        kind=one.kind,
        lon=one.lon,
        lat=one.lat,
        river=one.river,
        datum=one.datum,
        township_code=one.township_code,
        series=tuple(
            SeriesSpec(quantity=quantity, is_main_river=one.is_main)
            for quantity in one.quantities
        ),
    )


def _bounds(one: StationRow, series: Mapping[tuple[str, str], Series]) -> Iterator[Threshold]:
    status = SourceStatus.RECORDED if one.cite else SourceStatus.ASSUMED
    for quantity, kind, bound in one.bounds:
        yield Threshold(
            series=series[one.code, quantity],
            kind=kind,
            bound=bound,
            clear_margin=Decimal(),
            status=status,
            cite=one.cite,
        )
    rain = series.get((one.code, Quantity.RAIN))
    if one.rainstorm and rain:
        for signal in rainstorm.table().signals:
            yield rainstorm_bound(rain, signal)


def _differences(one: StationRow, there: _There) -> list[str]:
    """What taking a row would change, in words; nothing for one that says what is known."""
    station = there.stations.get(one.code)
    notes: list[str] = []
    if station is None:
        notes.append(_("新站"))
    else:
        said = (one.name, one.kind, one.river, one.lon, one.lat, one.datum, one.township_code)
        kept = (
            station.name, station.kind, station.river, station.lon, station.lat, station.datum,
            station.township_code,
        )  # fmt: skip
        if said != kept:
            notes.append(_("基本信息变更"))
    added = set(one.quantities) - there.quantities.get(one.code, set())
    notes += [_("增加%(what)s") % {"what": Quantity(what).label} for what in sorted(added)]
    status = SourceStatus.RECORDED if one.cite else SourceStatus.ASSUMED
    for quantity, kind, bound in one.bounds:
        if there.bounds.get((one.code, quantity, kind)) != (bound, status):
            label = f"{ThresholdKind(kind).label}{Quantity(quantity).label}"
            notes.append(f"{label} {plain(bound)}")
    if one.rainstorm and one.code not in there.rainstorm:
        notes.append(_("设国家暴雨信号"))
    return [str(note) for note in notes]


def _there() -> _There:
    quantities: dict[str, set[str]] = {}
    for code, quantity in Series.objects.values_list("station__code", "quantity"):
        quantities.setdefault(code, set()).add(quantity)
    bounds = {}
    rainstorm = set()
    for row in Threshold.objects.filter(is_active=True).select_related("series__station"):
        if row.kind == ThresholdKind.RAINSTORM:
            rainstorm.add(row.series.station.code)
        else:
            key = (row.series.station.code, row.series.quantity, row.kind)
            bounds[key] = (row.bound, row.status)
    stations = {station.code: station for station in Station.objects.all()}
    return _There(stations, quantities, bounds, rainstorm)
