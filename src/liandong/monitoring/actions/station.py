"""Registering stations."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from decimal import Decimal

from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.geo.cells import cell_at
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed
from liandong.monitoring import rules
from liandong.monitoring.events import StationRegistered
from liandong.monitoring.models import Series, Station
from liandong.monitoring.models.station import CODE
from liandong.monitoring.permissions import Permission
from liandong.monitoring.states import Quantity, StationKind

PARTICULARS = ["name", "kind", "river", "lon", "lat", "cell", "datum", "township_code"]


@dataclass(frozen=True, kw_only=True)
class SeriesSpec:
    """What a station measures, and of which river it speaks."""

    quantity: str
    step_minutes: int = 60
    is_areal: bool = False
    is_main_river: bool = False
    is_trunk: bool = False


@dataclass(frozen=True, kw_only=True)
class StationSpec:
    """A station as it is to be entered, with what it measures."""

    code: str
    name: str
    kind: str
    lon: Decimal
    lat: Decimal
    series: tuple[SeriesSpec, ...]
    river: str = ""
    datum: str = ""
    township_code: str = ""


@action(Permission.REGISTER_STATION)
def register_station(
    actor: Actor,
    *,
    code: str,
    name: str,
    kind: str,
    lon: Decimal,
    lat: Decimal,
    series: Sequence[SeriesSpec],
    river: str = "",
    datum: str = "",
    township_code: str = "",
    idempotency_key: str = "",
) -> Station:
    """Enter a station and what it measures, or its new particulars. Publishes ``StationRegistered``.

    Refuses codes that are not 4 to 12 digits or letters, places off the earth (WGS-84 is meant), unknown kinds and
    quantities, and a level without its datum. Series that are not named again stay as they are. Not for drills.
    """
    rules.demand_actual(actor)
    spec = StationSpec(
        code=code,
        name=name,
        kind=kind,
        lon=lon,
        lat=lat,
        series=tuple(series),
        river=river,
        datum=datum,
        township_code=township_code,
    )
    return enter_stations([spec])[code]


def enter_stations(specs: Sequence[StationSpec]) -> dict[str, Station]:
    """Enter stations and their series, or their new particulars, in as few statements as one.

    Tells of each: ``StationRegistered``. Returns them by code.
    """
    for spec in specs:
        _check(spec)
    # Refuses a place off the earth.
    rows = {spec.code: _row(spec) for spec in specs}
    Station.objects.bulk_create(
        rows.values(), update_conflicts=True, unique_fields=["code"], update_fields=PARTICULARS
    )
    stations = Station.objects.in_bulk(rows, field_name="code")
    series = {
        (spec.code, one.quantity): Series(station=stations[spec.code], **vars(one))
        for spec in specs
        for one in spec.series
    }
    Series.objects.bulk_create(
        series.values(),
        update_conflicts=True,
        unique_fields=["station", "quantity"],
        update_fields=[field.name for field in fields(SeriesSpec) if field.name != "quantity"],
    )
    for spec in specs:
        station = stations[spec.code]
        happened(
            StationRegistered(
                subject_id=str(station.pk),
                code=spec.code,
                station=station.name,
                kind=spec.kind,
                quantities=[str(one.quantity) for one in spec.series],
            ),
            audience={"county"},
        )
    return stations


def _row(spec: StationSpec) -> Station:
    return Station(
        code=spec.code,
        name=spec.name.strip(),
        kind=spec.kind,
        river=spec.river.strip(),
        lon=spec.lon,
        lat=spec.lat,
        cell=cell_at(float(spec.lon), float(spec.lat)),
        datum=spec.datum.strip(),
        township_code=spec.township_code,
    )


def _check(spec: StationSpec) -> None:
    code, kind, datum, series = spec.code, spec.kind, spec.datum, spec.series
    wrong = {}
    if not re.fullmatch(CODE, code):
        wrong["code"] = _("站码应为 4 到 12 位数字或字母")
    if not spec.name.strip():
        wrong["name"] = _("请填写站名")
    if kind not in StationKind.values:
        wrong["kind"] = _("站类应为 %(kinds)s 之一") % {"kinds": listed(StationKind.values)}
    if not series or any(spec.quantity not in Quantity.values for spec in series):
        wrong["series"] = _("测项应为 %(all)s 中的一项或几项") % {
            "all": listed(Quantity.values)
        }
    if any(spec.step_minutes < 1 for spec in series):
        wrong["step_minutes"] = _("报送间隔至少 1 分钟")
    if any(spec.quantity == Quantity.LEVEL for spec in series) and not datum.strip():
        wrong["datum"] = _("测水位的站必须写明基面，不同基面的水位不能比较")
    if wrong:
        place = _("测站 %(code)s") % {"code": code[:40]}
        raise Invalid(
            _("测站信息不完整或有误。"), place=place, remedy=_("请按提示改正。"), fields=wrong
        )
