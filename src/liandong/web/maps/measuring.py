"""Lengths and areas of what somebody draws on the map, on the ellipsoid."""

from dataclasses import dataclass

from shapely import Polygon

from liandong.kernel.geo.coordinates import point
from liandong.kernel.geo.shapes import GROUND, line_length_m
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _

MOST = 200
CORNERS = 3
MU_M2 = 2000 / 3
HECTARE_M2 = 10_000
FAR_M = 1000


@dataclass(frozen=True)
class Measured:
    """The length of a line in meters, and the area it would enclose in square meters."""

    points: int
    length_m: float
    area_m2: float

    @property
    def hectares(self) -> float:
        """The area in 公顷."""
        return self.area_m2 / HECTARE_M2

    @property
    def mu(self) -> float:
        """The area in 亩."""
        return self.area_m2 / MU_M2


def measure(text: str) -> Measured:
    """Measure ``lon,lat;lon,lat;…``. Refuses what are no places."""
    try:
        corners = [_corner(one) for one in text.split(";") if one]
    except ValueError:
        corners = []
    if not 1 <= len(corners) <= MOST:
        raise Invalid(
            _("要量的点写得不对。"), place=_("测量"), remedy=_("请在地图上逐点点选。")
        )
    length = line_length_m(corners) if len(corners) > 1 else 0.0
    enclosed = Polygon(corners) if len(corners) >= CORNERS else None
    area = abs(GROUND.geometry_area_perimeter(enclosed)[0]) if enclosed else 0.0
    return Measured(len(corners), length, float(area))


def how_far(meters: float) -> str:
    """A distance as people say it: 320 米, 1.7 公里."""
    if meters < FAR_M:
        return _("%(n)s 米") % {"n": round(meters)}
    return _("%(n)s 公里") % {"n": f"{meters / FAR_M:.1f}"}


def _corner(text: str) -> tuple[float, float]:
    lon, lat = text.split(",")
    return point(float(lon), float(lat))
