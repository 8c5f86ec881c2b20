"""What an examined file turned out to be, and how one that cannot be taken is refused."""

from dataclasses import dataclass, field

from liandong.kernel.geo.coordinates import EAST, NORTH, SOUTH, WEST
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _

# Words by which files say that their coordinates are shifted; WGS-84 and CGCS2000 are the same
# within centimeters.
SHIFTED = ("gcj", "bd09", "bd-09", "mars", "火星", "高德", "amap", "百度", "baidu", "腾讯")
Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class Found:
    """Kind, extent (west, south, east, north) and what is in it by layer."""

    kind: str
    bounds: Bounds
    counts: dict[str, int] = field(default_factory=dict)


def refuse_shifted(told: str, name: str) -> None:
    """Refuse a file which says that it was drawn over a shifted datum."""
    lowered = told.lower()
    if word := next((word for word in SHIFTED if word in lowered), ""):
        raise wrong(
            name,
            _("坐标不是 WGS-84，而是偏移过的（写着“%(word)s”）") % {"word": word},
            _(
                "请先把坐标转换为 WGS-84 或国家大地坐标系 CGCS2000 再装入；直接用会差三百到七百米。"
            ),
        )


def refuse_outside(bounds: Bounds, name: str) -> None:
    """Refuse what does not lie in China: most often longitude and latitude are exchanged."""
    west, south, east, north = bounds
    if WEST <= west <= east <= EAST and SOUTH <= south <= north <= NORTH:
        return
    shown = f"{west:.4f}, {south:.4f}, {east:.4f}, {north:.4f}"
    raise wrong(
        name,
        _("坐标范围 %(bounds)s 不在我国境内") % {"bounds": shown},
        _("请检查经纬度是否填反、单位是否为度；投影坐标（米）请先转换为经纬度。"),
    )


def wrong(name: str, why: str, remedy: str) -> Invalid:
    """The refusal of a file as a base map."""
    return Invalid(
        _("“%(name)s”不能用作底图：%(why)s。") % {"name": name, "why": why},
        place=name,
        remedy=remedy,
        fields={"file": why},
    )
