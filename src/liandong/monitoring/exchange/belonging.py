"""Whether a warning is about a county: by codes, by ground, by names; unknown where none of them says."""

import math
import re
from collections.abc import Iterable

from shapely import Point, Polygon
from shapely.affinity import scale
from shapely.geometry.base import BaseGeometry

from liandong.monitoring.exchange.alerts import Alert, Area, Circle

CODE = re.compile(r"[1-8]\d{5}(\d{6}(\d\d)?)?")
DEGREE_KM = 111.32


def is_about(
    alert: Alert, *, code: str, names: Iterable[str], ground: BaseGeometry | None
) -> bool | None:
    """Yes, no, or None where nobody can tell. ``names``: county, city and province, in this order."""
    found = [
        *_by_codes(alert, code),
        *_by_ground(alert, ground),
        *_by_names(alert, list(names)),
    ]
    return True if True in found else (False if False in found else None)


def shape_of(area: Area) -> BaseGeometry | None:
    """The ground of an area as one shape; None where it has none that can be drawn."""
    shapes: list[BaseGeometry] = [Polygon(ring).buffer(0) for ring in area.polygons]
    shapes += [_round(one) for one in area.circles]
    whole: BaseGeometry | None = None
    for shape in shapes:
        whole = shape if whole is None else whole.union(shape)
    return whole if whole is not None and not whole.is_empty else None


def _round(circle: Circle) -> BaseGeometry:
    """A circle on the ground: away from the equator a degree of longitude is shorter."""
    spot = Point(circle.lon, circle.lat).buffer(max(circle.radius_km, 0.1) / DEGREE_KM)
    narrow = max(math.cos(math.radians(circle.lat)), 0.01)
    return scale(spot, xfact=1 / narrow, origin=(circle.lon, circle.lat))


def _by_codes(alert: Alert, county: str) -> Iterable[bool]:
    codes = [value for area in alert.areas for _name, value in area.geocodes]
    # A bureau warns for its own division, unless the message says for which.
    known = [one for one in codes if CODE.fullmatch(one)] or [alert.sender_code[:6]]
    return [_covers(one, county) for one in known if CODE.fullmatch(one) and county]


def _covers(code: str, county: str) -> bool:
    if code[2:6] == "0000":
        return code[:2] == county[:2]
    if code[4:6] == "00":
        return code[:4] == county[:4]
    return code[:6] == county[:6]


def _by_ground(alert: Alert, ground: BaseGeometry | None) -> Iterable[bool]:
    if ground is None:
        return []
    shapes = [shape for area in alert.areas if (shape := shape_of(area)) is not None]
    return [any(ground.intersects(shape) for shape in shapes)] if shapes else []


def _by_names(alert: Alert, names: list[str]) -> Iterable[bool]:
    county, above = (names[0], names[1:]) if names else ("", [])
    said = [area.description for area in alert.areas] + [alert.sender, alert.info.headline]
    if county and any(county in one for one in said):
        return [True]
    wide = {one for area in alert.areas for one in re.split(r"[、,，;；]", area.description)}
    return [True] if wide & {one for one in above if one} else []
