"""Coordinate systems that Chinese files come in, and the way from each to WGS-84."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError
from shapely import get_coordinates, set_coordinates
from shapely.geometry.base import BaseGeometry

from liandong.kernel.geo.coordinates import Point, point, wgs84_from_bd09, wgs84_from_gcj02
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _

EPSG = re.compile(r"epsg[:：]?(\d{4,5})", re.ASCII)
# CGCS2000 / 3-degree Gauss-Krüger: belts 25 to 45 with their number before the easting, then the
# same by their middle meridian, 75° to 135°, without.
NUMBERED, BY_MERIDIAN = range(4513, 4534), range(4534, 4555)
FIRST_MERIDIAN = 75


@dataclass(frozen=True, kw_only=True)
class System:
    """A coordinate system by its short ``key``. A plane one is in meters, the others in degrees."""

    key: str
    title: str | Promise
    turn: Callable[[float, float], Point]
    is_plane: bool = False

    def place(self, x: float, y: float) -> Point:
        """Find the true place, WGS-84, of longitude and latitude or easting and northing here."""
        here = self.turn(x, y)
        return point(*here)

    def shape(self, shape: BaseGeometry) -> BaseGeometry:
        """The same shape in WGS-84."""
        if self.turn is point:
            return shape
        return set_coordinates(shape, [self.turn(x, y) for x, y in get_coordinates(shape)])


# CGCS2000 differs from WGS-84 by centimeters.
SYSTEMS = {
    one.key: one
    for one in (
        System(key="wgs84", title=gettext_lazy("WGS-84（GPS、北斗）"), turn=point),
        System(key="cgcs2000", title=gettext_lazy("国家大地坐标系 CGCS2000"), turn=point),
        System(
            key="gcj02", title=gettext_lazy("GCJ-02（高德、腾讯地图）"), turn=wgs84_from_gcj02
        ),
        System(key="bd09", title=gettext_lazy("BD-09（百度地图）"), turn=wgs84_from_bd09),
    )
}


def system_of(name: str) -> System:
    """A system by its key, or by ``epsg:4546``; raises ``Invalid`` naming those there are."""
    wanted = name.strip().lower().replace("-", "") or "wgs84"
    if wanted in SYSTEMS:
        return SYSTEMS[wanted]
    if found := EPSG.fullmatch(wanted):
        return _projected(int(found[1]))
    raise Invalid(
        _("没有“%(name)s”这种坐标系。") % {"name": name[:40]},
        place=_("坐标系"),
        remedy=_("请选 wgs84、cgcs2000、gcj02、bd09，或写 epsg:4546 这样的代码。"),
        fields={"system": _("请从列出的几种里选")},
    )


def belts() -> list[System]:
    """The plane systems counties use: CGCS2000 in belts of three degrees, by their middle meridian."""
    return [_projected(code) for code in BY_MERIDIAN]


def system_of_wkt(text: str) -> System:
    """The system that a .prj file describes; raises ``Invalid`` for one that is none."""
    try:
        told = CRS.from_wkt(text)
    except CRSError as wrong:
        raise Invalid(
            _("坐标系说明（.prj）读不懂。"),
            place=text[:60],
            remedy=_("请在 GIS 软件里重新设置坐标系后导出，或在页面上选定坐标系。"),
        ) from wrong
    return _transformed(told, str(told.name), str(told.name))


@cache
def _projected(code: int) -> System:
    try:
        told = CRS.from_epsg(code)
    except CRSError as wrong:
        raise Invalid(
            _("没有 EPSG:%(code)d 这个坐标系。") % {"code": code},
            place=_("坐标系"),
            remedy=_("请核对代码，例如 CGCS2000 三度带中央经线 105 度为 epsg:4544。"),
            fields={"system": _("请核对代码")},
        ) from wrong
    title: str | Promise = str(told.name)
    if code in BY_MERIDIAN:
        meridian = FIRST_MERIDIAN + 3 * BY_MERIDIAN.index(code)
        title = format_lazy(
            gettext_lazy("CGCS2000 三度带，中央经线 {meridian}°"), meridian=meridian
        )
    return _transformed(told, f"epsg:{code}", title)


def _transformed(told: CRS, key: str, title: str | Promise) -> System:
    turner = Transformer.from_crs(told, "EPSG:4326", always_xy=True)

    def turn(x: float, y: float) -> Point:
        lon, lat = turner.transform(x, y)
        return point(lon, lat)

    return System(key=key, title=title, turn=turn, is_plane=bool(told.is_projected))
