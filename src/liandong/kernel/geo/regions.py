"""Regions people draw: a circle, a polygon, a corridor along a line. Each one ring in degrees of WGS-84."""

from collections.abc import Sequence

from pyproj import Transformer
from shapely import transform
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from liandong.kernel.geo.coordinates import Point, point
from liandong.kernel.geo.shapes import GROUND, shape_of
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _

# So many corners keep a circle true to a seven-thousandth of its radius.
CORNERS = 180
MOST_POINTS = 500
QUARTER = 16


def circle(center: Point, meters: float) -> Polygon:
    """Everything within so many meters of a place, over the ellipsoid."""
    here = point(*center)
    turns = [360 * step / CORNERS for step in range(CORNERS)]
    lons, lats, _back = GROUND.fwd(
        [here.lon] * CORNERS, [here.lat] * CORNERS, turns, [meters] * CORNERS
    )
    return Polygon(zip(lons, lats, strict=True))


def polygon(points: Sequence[Point]) -> Polygon:
    """What a line through places encloses. Refuses fewer than three, and lines that cross themselves."""
    if not 3 <= len(points) <= MOST_POINTS:
        raise Invalid(
            _("%(n)d 个点围不成一块地方。") % {"n": len(points)},
            place=_("范围"),
            remedy=_("请依次点选 3 到 500 个点。"),
            fields={"points": _("至少三个点")},
        )
    ring = [list(point(*one)) for one in points]
    shape = shape_of({"type": "Polygon", "coordinates": [[*ring, ring[0]]]})
    return Polygon(shape.exterior)


def corridor(line: LineString, meters: float) -> Polygon:
    """What lies within so many meters of a line in degrees; islands inside it belong to it."""
    flat = flat_at(Point(*line.coords[0]))
    spread = onto(line, flat).buffer(meters, QUARTER)
    return Polygon(onto(spread, flat, back=True).exterior)


def flat_at(here: Point) -> Transformer:
    """Meters east and north of a place; distances from it are true, others nearly so within a county."""
    return Transformer.from_crs(
        "EPSG:4326",
        f"+proj=aeqd +lon_0={here.lon} +lat_0={here.lat} +datum=WGS84 +units=m",
        always_xy=True,
    )


def onto(shape: BaseGeometry, flat: Transformer, *, back: bool = False) -> BaseGeometry:
    """Bring a shape from degrees to meters, or back."""

    def turned(x: object, y: object) -> object:
        return flat.transform(x, y, direction="INVERSE" if back else "FORWARD")

    return transform(shape, turned, interleaved=False)
