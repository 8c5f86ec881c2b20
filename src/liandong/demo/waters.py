"""The fictional county's rivers: stations, what they measure, and the bounds on it."""

from decimal import Decimal
from typing import Any

from liandong.demo.county import County
from liandong.demo.facts import facts
from liandong.kernel.actors import ACTUAL
from liandong.monitoring import actions as monitoring
from liandong.monitoring.actions import SeriesSpec
from liandong.monitoring.models import Station
from liandong.monitoring.queries import latest_readings
from liandong.monitoring.states import Quantity, SourceStatus, ThresholdKind

CITE = "示例县虚构"
RISING_TOWNSHIPS = ["城关镇", "河口镇", "新安镇"]


def build_waters(county: County) -> None:
    """Enter the stations; put bounds on those that the record of a flood feeds."""
    for one in facts()["stations"]:
        station = monitoring.register_station(
            county.builder,
            code=one["code"],
            name=one["name"],
            kind=one["kind"],
            lon=Decimal(one["lon"]),
            lat=Decimal(one["lat"]),
            river=one["river"],
            datum=one["datum"],
            township_code=one["township"],
            series=_measures(one),
        )
        if one.get("flow") == "main":
            _bound_flow(county, station)
        if one.get("rain") == "basin":
            _bound_rain(county, station)


def _measures(one: dict[str, Any]) -> list[SeriesSpec]:
    fed = one.get("flow") == "main"
    kinds = {
        "flow": SeriesSpec(quantity=Quantity.FLOW, is_main_river=fed),
        "level": SeriesSpec(quantity=Quantity.LEVEL),
        "rain": SeriesSpec(quantity=Quantity.RAIN, is_areal=one.get("rain") == "basin"),
    }
    return [spec for name, spec in kinds.items() if name in one]


def _bound_flow(county: County, station: Station) -> None:
    series = latest_readings(ACTUAL).get(station=station)
    bounds = facts()["thresholds"]
    for kind in (ThresholdKind.WARNING, ThresholdKind.GUARANTEE):
        monitoring.set_threshold(
            county.builder,
            series=series,
            kind=kind,
            bound=Decimal(bounds[kind.value]),
            clear_margin=Decimal(100),
            hold_minutes=60,
            status=SourceStatus.ASSUMED,
            cite=CITE,
            issuer=county.bodies["water"],
            areas=RISING_TOWNSHIPS,
        )


def _bound_rain(county: County, station: Station) -> None:
    series = latest_readings(ACTUAL).get(station=station)
    monitoring.set_rainstorm_signals(
        county.builder,
        series=series,
        issuer=county.bodies["meteorology"],
        areas=[one["name"] for one in facts()["townships"]],
    )
