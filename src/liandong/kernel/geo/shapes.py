"""Shapes on the ground: what lies in them, and how far away things are, in meters."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_noop
from pyproj import Geod, Transformer
from shapely import from_geojson, get_coordinates, transform
from shapely.errors import ShapelyError
from shapely.geometry import Point as ShapelyPoint
from shapely.geometry import shape as shapely_shape
from shapely.geometry.base import BaseGeometry
from shapely.validation import explain_validity

from liandong.kernel.geo.coordinates import Point, point
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _

GROUND = Geod(ellps="WGS84")
AILMENTS = {
    "Self-intersection": gettext_noop("边线自相交"),
    "Hole lies outside": gettext_noop("里面的洞跑到了外面"),
    "Nested": gettext_noop("几块重叠在一起"),
    "Interior is disconnected": gettext_noop("图形被切成了几块"),
    "Too few points": gettext_noop("点太少，围不成图形"),
}
SPOT = re.compile(r"\[(-?[\d.]+(?:e-?\d+)?) (-?[\d.]+(?:e-?\d+)?)")


def shape_of(geojson: Mapping[str, Any] | str) -> BaseGeometry:
    """Read a GeoJSON geometry, or refuse what is no shape on the ground and say why."""
    try:
        shape = (
            from_geojson(geojson) if isinstance(geojson, str) else shapely_shape(dict(geojson))
        )
    except (ShapelyError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise _unreadable(_("不是 GeoJSON 图形")) from error
    if shape.is_empty:
        raise _unreadable(_("图形是空的"))
    for lon, lat in get_coordinates(shape):
        point(lon, lat, place=_("图形的顶点"))
    if not shape.is_valid:
        raise _unreadable(what_ails(shape))
    return shape


def what_ails(shape: BaseGeometry) -> str:
    """Say in words what is wrong with a shape, and where; the geometry library says it in English."""
    told = explain_validity(shape)
    why = next((_(words) for sign, words in AILMENTS.items() if sign in told), _("图形无效"))
    place = SPOT.search(told)
    if place is None:
        return why
    return _("%(why)s（东经 %(lon).5f°，北纬 %(lat).5f°处）") % {
        "why": why,
        "lon": float(place[1]),
        "lat": float(place[2]),
    }


def is_within(lon: float, lat: float, shape: BaseGeometry) -> bool:
    """Say whether a place lies in a shape; its border belongs to it."""
    return bool(shape.covers(ShapelyPoint(*point(lon, lat))))


def distance_m(one: Point, other: Point) -> float:
    """Return the shortest way over the ellipsoid between two places."""
    start, end = point(*one), point(*other)
    _azimuth, _back, meters = GROUND.inv(start.lon, start.lat, end.lon, end.lat)
    return float(meters)


def line_length_m(points: Sequence[Sequence[float]]) -> float:
    """Return the length over the ellipsoid of a line through places, longitude first."""
    lons, lats = [lon for lon, _lat in points], [lat for _lon, lat in points]
    return float(GROUND.line_length(lons, lats))


def box_around(here: Point, meters: float) -> tuple[float, float, float, float]:
    """Return west, south, east, north of all that lies so near; its corners are farther.

    For a query to leave out by what is far; not meant for the poles and the date line.
    """
    middle = point(*here)
    turned = [
        GROUND.fwd(middle.lon, middle.lat, azimuth, meters) for azimuth in (270, 180, 90, 0)
    ]
    (west, *_w), (_s, south, _sb), (east, *_e), (_n, north, _nb) = turned
    return float(west), float(south), float(east), float(north)


def distance_to_m(lon: float, lat: float, shape: BaseGeometry) -> float:
    """Return how far a shape is from a place, zero inside: true near the place, good for a county."""
    here = point(lon, lat)
    flat = Transformer.from_crs(
        "EPSG:4326",
        f"+proj=aeqd +lon_0={here.lon} +lat_0={here.lat} +datum=WGS84 +units=m",
        always_xy=True,
    )
    spread = transform(shape, flat.transform, interleaved=False)
    return float(spread.distance(ShapelyPoint(0, 0)))


def area_m2(shape: BaseGeometry) -> float:
    """Return the area of a shape on the ellipsoid."""
    area, _perimeter = GROUND.geometry_area_perimeter(shape)
    return abs(float(area))


def _unreadable(why: str) -> Invalid:
    return Invalid(
        _("读不出这个图形：%(why)s。") % {"why": why},
        place=_("图形"),
        remedy=_("请在地图上重新画一遍，边线不要自相交叉。"),
    )
