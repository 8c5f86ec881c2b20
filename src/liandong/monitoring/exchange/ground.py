"""Polygons and circles as messages write them; what cannot be drawn is told and left to the words."""

import math
from collections.abc import Callable

from liandong.monitoring.exchange.alerts import Circle, Ring

Tell = Callable[..., None]
FEWEST, FARTHEST_KM = 4, 20_040
LONGEST_QUICK = 4_000_000
# Where China lies: a first number this large beside a second this small is a longitude in front.
EAST, NORTH = range(73, 137), range(3, 55)


def ring_of(text: str, tell: Tell) -> Ring:
    """A closed ring of (lon, lat) from ``lat,lon lat,lon …``; empty where it cannot be one."""
    points = _quickly(text) or _patiently(text, tell)
    if points is None:
        return ()
    if points and all(_is_swapped(lat, lon) for lat, lon in points):
        tell("polygon-swapped")
        points = [(lon, lat) for lat, lon in points]
    if not _is_on_earth(points):
        tell("polygon-numbers", value=text[:40])
        return ()
    if points and points[0] != points[-1]:
        tell("polygon-open")
        points.append(points[0])
    if len(points) < FEWEST:
        tell("polygon-few")
        return ()
    return tuple((lon, lat) for lat, lon in points)


def _is_on_earth(points: list[tuple[float, float]]) -> bool:
    if not points:
        return True
    lats, lons = zip(*points, strict=True)
    # What is no number makes the sum none: the largest and smallest would let it slip.
    is_finite = math.isfinite(sum(lats)) and math.isfinite(sum(lons))
    return is_finite and max(map(abs, lats)) <= 90 and max(map(abs, lons)) <= 180


def _quickly(text: str) -> list[tuple[float, float]] | None:
    """The points of a polygon as nearly all are written; anything odd is left to the other way."""
    if "_" in text or len(text) > LONGEST_QUICK:
        return None
    try:
        return [
            (float(lat), float(lon)) for lat, lon in (one.split(",") for one in text.split())
        ]
    except ValueError:
        return None


def _patiently(text: str, tell: Tell) -> list[tuple[float, float]] | None:
    points = []
    for pair in text.replace(";", " ").split():
        point = _point(pair)
        if point is None:
            tell("polygon-numbers", value=pair[:40])
            return None
        points.append(point)
    return points


def circle_of(text: str, tell: Tell, *, meters: bool = False) -> Circle | None:
    """A circle from ``lat,lon radius``; CAP counts kilometers, 12379 meters."""
    center, _, radius = text.strip().partition(" ")
    point, size = _point(center), _number(radius)
    if point and _is_swapped(*point):
        point = (point[1], point[0])
    size = size / 1000 if size is not None and meters else size
    if (
        point is None
        or size is None
        or not 0 <= size <= FARTHEST_KM
        or not _is_on_earth([point])
    ):
        tell("circle", value=text[:40])
        return None
    return Circle(point[1], point[0], size)


def _point(pair: str) -> tuple[float, float] | None:
    # A comma too many at the end is met in real messages.
    first, _, second = pair.rstrip(",").partition(",")
    lat, lon = _number(first), _number(second)
    return None if lat is None or lon is None else (lat, lon)


def _number(text: str) -> float | None:
    if len(text) > 40 or "_" in text:
        return None
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _is_swapped(first: float, second: float) -> bool:
    return int(first) in EAST and int(second) in NORTH
