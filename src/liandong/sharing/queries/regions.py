"""The ground that is asked about: a circle, a polygon, along a river, a township."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from shapely.geometry import MultiPolygon, Polygon

from liandong.kernel.actors import Actor
from liandong.kernel.basemaps.reading import area_of, drawn, townships
from liandong.kernel.basemaps.rivers import downstream
from liandong.kernel.geo import regions
from liandong.kernel.geo.coordinates import Point
from liandong.kernel.problems import Invalid, Missing
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed
from liandong.sharing.models import MapView

MOST_KM = 200.0


@dataclass(frozen=True)
class Region:
    """The ground, what it is called, and the place from which distances count, if there is one."""

    ground: Polygon | MultiPolygon
    words: str
    center: Point | None = None

    @property
    def townships(self) -> list[str]:
        """The townships it touches, as the base map draws them."""
        lying = townships(drawn())
        return [one.name for one in lying if one.shape.intersection(self.ground).area > 0]


def around_place(points: Sequence[Point], km: float) -> Region:
    """Everything within so many kilometers of the first place."""
    center = _first(points)
    words = _("%(km)g 公里以内") % {"km": km}
    return Region(regions.circle(center, _meters(km)), words, center)


def enclosed(points: Sequence[Point]) -> Region:
    """What a line through places encloses."""
    return Region(regions.polygon(points), _("所画的范围"))


def below(points: Sequence[Point], km: float, width_km: float) -> Region:
    """What lies along the river below the first place, so many kilometers far and so wide to each side."""
    start = _first(points)
    course = downstream(drawn(), start, _meters(km))
    named = listed(course.names) or _("河道")
    words = _("沿%(river)s向下 %(km).1f 公里、两岸各 %(wide)g 公里") % {
        "river": named,
        "km": course.length_m / 1000,
        "wide": width_km,
    }
    return Region(regions.corridor(course.line, _meters(width_km)), words, start)


def of_township(name: str) -> Region:
    """The ground of a township. Refuses one that the base map does not draw."""
    ground = area_of(drawn(), [name])
    if not isinstance(ground, Polygon | MultiPolygon):
        raise Invalid(
            _("底图上没有“%(name)s”的范围。") % {"name": name[:40]},
            place=_("乡镇"),
            remedy=_("请改画多边形，或请系统管理员装入带乡镇界的底图。"),
            fields={"township": _("底图上没有它的范围")},
        )
    return Region(ground, name)


def _first(points: Sequence[Point]) -> Point:
    if not points:
        raise Invalid(
            _("还没有点选位置。"),
            place=_("范围"),
            remedy=_("请在地图上点一下，或写“经度,纬度”。"),
            fields={"points": _("请点选一个位置")},
        )
    return points[0]


def _meters(km: float) -> float:
    if not 0.1 <= km <= MOST_KM:
        raise Invalid(
            _("%(km)g 公里不合适。") % {"km": km},
            place=_("距离"),
            remedy=_("请填 0.1 到 200 公里。"),
            fields={"km": _("应在 0.1 到 200 公里之间")},
        )
    return km * 1000


def map_views(actor: Actor) -> list[MapView]:
    """The questions kept for a reader: their own first, then the county's."""
    rows = MapView.objects.filter(audience__overlap=_readable(actor)).order_by("name", "id")
    return sorted(rows, key=lambda one: one.account != actor.account)


def map_view_for(actor: Actor, pk: UUID) -> MapView:
    """One of them. Raises ``Missing``."""
    found = MapView.objects.filter(audience__overlap=_readable(actor), pk=pk).first()
    if found is None:
        raise Missing(_("没有这个常用视图。"), remedy=_("请从风险一张图进入。"))
    return found


def _readable(actor: Actor) -> list[str]:
    return sorted({*actor.scopes, f"account:{actor.account}"})
