"""What monitoring shows on the map: stations with their last values, and where warnings are in force."""

from collections.abc import Iterator, Sequence

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from shapely.geometry.base import BaseGeometry

from liandong.kernel.basemaps.reading import Drawn, area_of, drawn, outline, townships
from liandong.monitoring import queries
from liandong.monitoring.models import Series, Station, Warning  # noqa: A004 -- the county's word
from liandong.monitoring.states import WarningState
from liandong.web.maps.features import Feature, Sign, spot, tone_of
from liandong.web.maps.registry import Asked, layer
from liandong.web.requests import actor_of

EVERYWHERE = ("全县", "我县", "县域")
GRAVITY = "蓝黄橙红"


@layer(
    "warnings",
    _("预警范围"),
    group=_("正在发生"),
    sign=Sign.AREA,
    order=10,
    live=("monitoring.warning",),
)
def warnings(request: HttpRequest, asked: Asked) -> Iterator[Feature]:
    """The warnings in force; their ground is that of the townships they name."""
    lying = drawn()
    rows = queries.warnings_for(actor_of(request)).filter(state=WarningState.ISSUED)
    for row in rows.order_by("level", "pk"):
        yield Feature(
            key=str(row.pk),
            shape=_ground(row, lying),
            label=str(row),
            note=row.scope,
            tone=tone_of(row.level),
            url=reverse("monitoring:warning", args=[row.pk]),
            at=row.published_at,
        )


@layer(
    "stations",
    _("水位、雨量站"),
    group=_("监测"),
    sign=Sign.STATION,
    order=30,
    live=("monitoring.",),
)
def stations(request: HttpRequest, asked: Asked) -> list[Feature]:
    """Every station with what it measured last; the tone is that of the gravest bound it is over."""
    found: dict[str, tuple[Station, list[Series]]] = {}
    rows = queries.latest_readings(actor_of(request).realm)
    for series in rows.order_by("station__code", "quantity"):
        station = series.station
        found.setdefault(station.code, (station, []))[1].append(series)
    return [_station(station, measured) for station, measured in found.values()]


def _station(station: Station, measured: list[Series]) -> Feature:
    # The query annotates what it read: the last value and its moment, the bound that is exceeded.
    over = [str(one.over) for one in measured if one.over]  # type: ignore[attr-defined]
    read = [one for one in measured if one.last_at]  # type: ignore[attr-defined]
    values = [queries.shown(one.last_value, one.unit) for one in read]  # type: ignore[attr-defined]
    return Feature(
        key=station.code,
        shape=spot(station.lon, station.lat),
        label=station.name.removeprefix(station.river) or station.name,
        note="，".join(values),
        tone=tone_of(max(over, key=GRAVITY.find, default="")),
        url=reverse("monitoring:station", args=[station.code]),
        at=max((one.last_at for one in read), default=None),  # type: ignore[attr-defined]
    )


def _ground(row: Warning, lying: Sequence[Drawn]) -> BaseGeometry | None:
    """The townships it names; those its words name; the county where it says so; else nobody knows."""
    named = row.areas or [one.name for one in townships(lying) if one.name in row.scope]
    if (shape := area_of(lying, named)) is not None:
        return shape
    return outline(lying) if any(word in row.scope for word in EVERYWHERE) else None
