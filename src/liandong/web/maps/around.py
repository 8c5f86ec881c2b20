"""What lies around a place, how far and in which direction: reckoned on the ellipsoid."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import atan2, degrees

from pyproj import Transformer
from shapely.geometry import Point as Spot
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from liandong.kernel.basemaps import reading
from liandong.kernel.geo.coordinates import Point, point
from liandong.kernel.geo.regions import flat_at, onto
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.web.maps.features import Feature
from liandong.web.maps.registry import Layer

LEAST_M, MOST_M = 100.0, 50_000.0
HERE_M = 1.0
MOST_ROWS = 200
Gathered = Iterable[tuple[Layer, list[Feature]]]


@dataclass(frozen=True)
class Near:
    """A feature, the shortest way to it in meters, and where it lies; 0 is inside."""

    layer: Layer
    feature: Feature
    distance_m: float
    direction: str


@dataclass(frozen=True)
class Around:
    """What a circle holds: rows from near to far, townships that it touches."""

    center: Point
    radius_m: float
    rows: list[Near]
    townships: list[str]
    more: int


def around(center: Point, radius_m: float, gathered: Gathered) -> Around:
    """Find what lies within so many meters of a place. Refuses radii nobody could mean."""
    here = point(*center)
    demand_radius(radius_m)
    flat = flat_at(here)
    rows = [
        near
        for layer, features in gathered
        for one in features
        if one.shape is not None
        and (near := _near(layer, one, one.shape, flat)).distance_m <= radius_m
    ]
    rows.sort(key=lambda one: (one.distance_m, one.feature.label))
    circle = Spot(0, 0).buffer(radius_m, 32)
    touched = [
        one.name
        for one in reading.townships(reading.drawn())
        if onto(one.shape, flat).intersects(circle)
    ]
    return Around(here, radius_m, rows[:MOST_ROWS], touched, max(0, len(rows) - MOST_ROWS))


def demand_radius(radius_m: float) -> None:
    """Refuse a radius that nobody could mean."""
    if not LEAST_M <= radius_m <= MOST_M:
        raise Invalid(
            _("半径 %(km)s 公里不合适。") % {"km": f"{radius_m / 1000:g}"},
            place=_("半径"),
            remedy=_("请填 0.1 到 50 公里。"),
            fields={"radius": _("应在 0.1 到 50 公里之间")},
        )


def direction_of(east: float, north: float) -> str:
    """The eighth of the compass in which a place lies, seen from the middle."""
    names = (
        _("北"),
        _("东北"),
        _("东"),
        _("东南"),
        _("南"),
        _("西南"),
        _("西"),
        _("西北"),
    )
    return names[round(degrees(atan2(east, north)) / 45) % 8]


def _near(layer: Layer, feature: Feature, placed: BaseGeometry, flat: Transformer) -> Near:
    shape = onto(placed, flat)
    closest = nearest_points(shape, Spot(0, 0))[0]
    distance = float(shape.distance(Spot(0, 0)))
    inside = shape.area > 0 and distance < HERE_M
    where = _("在范围内") if inside else direction_of(closest.x, closest.y)
    return Near(layer, feature, distance, where if distance >= HERE_M or inside else "")
