"""SVG on a sheet: from degrees to points of the drawing, shapes to paths, elements to text."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import asinh, atan, degrees, radians, sinh, tan

import numpy as np
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from shapely import clip_by_rect, get_coordinates, get_parts, make_valid, transform
from shapely.geometry.base import BaseGeometry

from liandong.kernel.geo.coordinates import Point
from liandong.kernel.geo.shapes import distance_m
from liandong.web.maps.extents import Box

OVERLAP = 8.0
FINE = 0.35
STEPS_M = (100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000)
LONGEST_BAR = 150


@dataclass(frozen=True)
class Frame:
    """A part of the world on a rectangle of the sheet, in Mercator's projection as in the browser."""

    box: Box
    width: float
    height: float

    @property
    def scale(self) -> float:
        """Points of the drawing for one radian of longitude."""
        west, south, east, north = self.box
        wide, high = radians(east - west), _mercator(north) - _mercator(south)
        return min(self.width / wide, self.height / high)

    def place(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a place is drawn."""
        west, south, east, north = self.box
        middle = (_mercator(north) + _mercator(south)) / 2
        x = self.width / 2 + (radians(lon - (west + east) / 2)) * self.scale
        return x, self.height / 2 - (_mercator(lat) - middle) * self.scale

    def drawn(self, shape: BaseGeometry) -> BaseGeometry:
        """The shape in points of the drawing, cut at the rectangle's edge."""
        flat = transform(shape, self._flat)
        if flat.geom_type.endswith("Polygon"):
            flat = make_valid(flat)
        edge = -OVERLAP, -OVERLAP, self.width + OVERLAP, self.height + OVERLAP
        return clip_by_rect(flat, *edge).simplify(FINE)

    def bar(self) -> tuple[int, float]:
        """A round length in meters, and how long it is on the sheet."""
        west, south, east, north = self.box
        lat = (south + north) / 2
        step = degrees(LONGEST_BAR / self.scale)
        middle = (west + east) / 2
        most = distance_m(Point(middle, lat), Point(middle + step, lat))
        length = max((one for one in STEPS_M if one <= most), default=STEPS_M[0])
        return length, LONGEST_BAR * length / most

    def _flat(self, points: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]") -> object:
        west, south, east, north = self.box
        middle = (_mercator(north) + _mercator(south)) / 2
        x = self.width / 2 + np.radians(points[:, 0] - (west + east) / 2) * self.scale
        y = np.arcsinh(np.tan(np.radians(points[:, 1])))
        return np.column_stack([x, self.height / 2 - (y - middle) * self.scale])


def _mercator(lat: float) -> float:
    return asinh(tan(radians(lat)))


def latitude(mercator: float) -> float:
    """Back from the projection's northing to degrees."""
    return degrees(atan(sinh(mercator)))


def full(box: Box, width: float, height: float) -> Frame:
    """A frame that holds the box and fills its rectangle."""
    west, south, east, north = box
    frame = Frame(box, width, height)
    half_x, half_y = width / frame.scale / 2, height / frame.scale / 2
    middle_x = radians((west + east) / 2)
    middle_y = (_mercator(south) + _mercator(north)) / 2
    wide = (
        degrees(middle_x - half_x),
        latitude(middle_y - half_y),
        degrees(middle_x + half_x),
        latitude(middle_y + half_y),
    )
    return Frame(wide, width, height)


def path_of(shape: BaseGeometry) -> str:
    """What an SVG path says of a shape already in points of the drawing."""
    said = []
    for part in get_parts(shape):
        rings = [part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part]
        for ring in rings:
            if ring.geom_type in {"Point", "GeometryCollection"} or ring.is_empty:
                continue
            points = get_coordinates(ring)
            said.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points))
            if part.geom_type == "Polygon":
                said.append("Z")
    return "".join(said)


def path(shape: BaseGeometry, kind: str, **attributes: object) -> SafeString:
    """A path of a class, with attributes that hold where there is no style sheet."""
    said = path_of(shape)
    if not said:
        return SafeString("")
    return format_html('<path class="m-{}" d="{}"{}/>', kind, said, spelled(attributes))


def spelled(attributes: dict[str, object]) -> SafeString:
    """Attributes as text: ``stroke_width`` is written stroke-width."""
    return format_html_join(
        "", ' {}="{}"', ((key.replace("_", "-"), value) for key, value in attributes.items())
    )


def plain(figure: float) -> str:
    """A figure as drawings write it: a tenth is fine enough."""
    return f"{figure:.1f}".removesuffix(".0")


def together(parts: Iterable[SafeString]) -> SafeString:
    """Elements one after another."""
    return format_html_join("", "{}", ((part,) for part in parts))
