"""Longitude and latitude: their range, and GCJ-02 and BD-09 to and from WGS-84."""

from decimal import Decimal
from math import atan2, cos, hypot, isfinite, pi, radians, sin, sqrt
from typing import NamedTuple

from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _

# Krasovsky 1940, the ellipsoid the public GCJ-02 formula is written for.
SEMI_MAJOR_M = 6_378_245.0
ECCENTRICITY_SQUARED = 0.006_693_421_622_965_943
# Outside this box the shift is not applied by anyone.
WEST, EAST, SOUTH, NORTH = 72.004, 137.8347, 0.8293, 55.8271
BAIDU_TURN = pi * 3000 / 180
# 1e-9 degrees is a tenth of a millimetre.
CLOSE_ENOUGH = 1e-9
ROUNDS = 30
SIXTH = Decimal("0.000001")


class Point(NamedTuple):
    """A place in degrees, longitude first, as GeoJSON has it."""

    lon: float
    lat: float


def point(lon: float, lat: float, *, place: str = "") -> Point:
    """Return the place, or refuse numbers that cannot be one."""
    lon, lat = float(lon), float(lat)
    if not (isfinite(lon) and -180 <= lon <= 180):
        raise Invalid(
            _("经度 %(value)s 不在 −180 到 180 度之间。") % {"value": lon},
            place=place or _("经度"),
            remedy=_("请检查经纬度是否填反，并以度为单位填写。"),
            fields={"lon": _("应在 −180 到 180 度之间")},
        )
    if not (isfinite(lat) and -90 <= lat <= 90):
        raise Invalid(
            _("纬度 %(value)s 不在 −90 到 90 度之间。") % {"value": lat},
            place=place or _("纬度"),
            remedy=_("请检查经纬度是否填反，并以度为单位填写。"),
            fields={"lat": _("应在 −90 到 90 度之间")},
        )
    return Point(lon, lat)


def in_china(lon: Decimal, lat: Decimal, *, place: str) -> tuple[Decimal, Decimal]:
    """Return a place to a tenth of a meter; refuses what is not in China."""
    known = lon.is_finite() and lat.is_finite()
    if not (known and WEST <= lon <= EAST and SOUTH <= lat <= NORTH):
        raise Invalid(
            _("经度 %(lon)s、纬度 %(lat)s 不在我国范围内。") % {"lon": lon, "lat": lat},
            place=place,
            remedy=_("请检查经纬度是否填反，或在地图上点选。"),
            fields={"lon": _("请核对"), "lat": _("请核对")},
        )
    return lon.quantize(SIXTH), lat.quantize(SIXTH)


def gcj02_from_wgs84(lon: float, lat: float) -> Point:
    """Shift a true place to where maps of the 2002 datum draw it."""
    here = point(lon, lat)
    east, north = _shift(here)
    return Point(here.lon + east, here.lat + north)


def wgs84_from_gcj02(lon: float, lat: float) -> Point:
    """Find the true place that the 2002 datum draws here, by walking against the shift."""
    drawn = point(lon, lat)
    guess = drawn
    for _round in range(ROUNDS):
        shown = gcj02_from_wgs84(*guess)
        miss_lon, miss_lat = drawn.lon - shown.lon, drawn.lat - shown.lat
        guess = Point(guess.lon + miss_lon, guess.lat + miss_lat)
        if max(abs(miss_lon), abs(miss_lat)) < CLOSE_ENOUGH:
            break
    return guess


def bd09_from_wgs84(lon: float, lat: float) -> Point:
    """Shift a true place to where Baidu's maps draw it."""
    return bd09_from_gcj02(*gcj02_from_wgs84(lon, lat))


def wgs84_from_bd09(lon: float, lat: float) -> Point:
    """Find the true place that Baidu's maps draw here."""
    return wgs84_from_gcj02(*gcj02_from_bd09(lon, lat))


def bd09_from_gcj02(lon: float, lat: float) -> Point:
    """Apply Baidu's second shift to a place of the 2002 datum."""
    x, y = point(lon, lat)
    radius = hypot(x, y) + 0.000_02 * sin(y * BAIDU_TURN)
    angle = atan2(y, x) + 0.000_003 * cos(x * BAIDU_TURN)
    return Point(radius * cos(angle) + 0.0065, radius * sin(angle) + 0.006)


def gcj02_from_bd09(lon: float, lat: float) -> Point:
    """Undo Baidu's second shift, again by walking: its formula has no inverse of its own."""
    drawn = point(lon, lat)
    guess = Point(drawn.lon - 0.0065, drawn.lat - 0.006)
    for _round in range(ROUNDS):
        shown = bd09_from_gcj02(*guess)
        miss_lon, miss_lat = drawn.lon - shown.lon, drawn.lat - shown.lat
        guess = Point(guess.lon + miss_lon, guess.lat + miss_lat)
        if max(abs(miss_lon), abs(miss_lat)) < CLOSE_ENOUGH:
            break
    return guess


def _shift(here: Point) -> tuple[float, float]:
    """Degrees east and north by which the 2002 datum moves a true place."""
    if not (WEST <= here.lon <= EAST and SOUTH <= here.lat <= NORTH):
        return 0.0, 0.0
    x, y = here.lon - 105, here.lat - 35
    common = 20 * sin(6 * x * pi) + 20 * sin(2 * x * pi)
    north_m = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x))
    north_m += (common + _waves(y, (20, 1), (40, 3)) + _waves(y, (160, 12), (320, 30))) * 2 / 3
    east_m = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x))
    east_m += (common + _waves(x, (20, 1), (40, 3)) + _waves(x, (150, 12), (300, 30))) * 2 / 3
    squash = 1 - ECCENTRICITY_SQUARED * sin(radians(here.lat)) ** 2
    meridian_m = SEMI_MAJOR_M * (1 - ECCENTRICITY_SQUARED) / (squash * sqrt(squash))
    parallel_m = SEMI_MAJOR_M / sqrt(squash) * cos(radians(here.lat))
    return east_m / radians(parallel_m), north_m / radians(meridian_m)


def _waves(at: float, *terms: tuple[float, float]) -> float:
    return sum(height * sin(at / slowness * pi) for height, slowness in terms)
