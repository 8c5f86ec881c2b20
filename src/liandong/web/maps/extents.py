"""What part of the world a map shows at first: the county, or the neighborhood of an incident."""

from collections.abc import Iterable

from shapely import total_bounds

from liandong.kernel.basemaps import reading
from liandong.kernel.geo.coordinates import EAST, NORTH, SOUTH, WEST
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.web.maps.features import Feature

Box = tuple[float, float, float, float]
CHINA: Box = (73.5, 18.0, 135.1, 53.6)
NARROWEST = 0.02
MARGIN = 0.08
NEAR = 0.045


def county_box() -> Box | None:
    """The county as its base map draws it; None before one was loaded."""
    shape = reading.outline(reading.drawn())
    if shape is not None:
        return grown(tuple(shape.bounds))
    maps = reading.in_use()
    return maps[-1].bounds if maps else None


def box_around(features: Iterable[Feature]) -> Box | None:
    """What holds all features; None where none has a place."""
    shapes = [one.shape for one in features if one.shape is not None]
    return grown(tuple(map(float, total_bounds(shapes)))) if shapes else None


def box_near(lon: float, lat: float) -> Box:
    """A few kilometers around a place."""
    return lon - NEAR * 1.15, lat - NEAR, lon + NEAR * 1.15, lat + NEAR


def box_of(text: str) -> Box | None:
    """West, south, east, north as an address has them; None where nothing is said."""
    if not text:
        return None
    try:
        west, south, east, north = (float(one) for one in text.split(","))
    except ValueError:
        west = south = east = north = 0.0
    if not (WEST <= west < east <= EAST and SOUTH <= south < north <= NORTH):
        raise Invalid(_("地图范围写得不对。"), place=_("范围"), remedy=_("请从一张图进入。"))
    return west, south, east, north


def grown(box: tuple[float, ...]) -> Box:
    """A little more than the box, and never nothing."""
    west, south, east, north = box
    wide = max(east - west, NARROWEST) * MARGIN + max(0, NARROWEST - (east - west)) / 2
    high = max(north - south, NARROWEST) * MARGIN + max(0, NARROWEST - (north - south)) / 2
    return west - wide, south - high, east + wide, north + high
