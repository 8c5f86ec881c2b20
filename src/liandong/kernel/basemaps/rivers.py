"""Following a river down: along the lines of the base map, in the direction they are drawn."""

from collections.abc import Iterable
from dataclasses import dataclass

from shapely.geometry import LineString, MultiLineString
from shapely.geometry import Point as Spot
from shapely.geometry.base import BaseGeometry
from shapely.ops import linemerge, substring

from liandong.kernel.basemaps.reading import Drawn
from liandong.kernel.geo.coordinates import Point, point
from liandong.kernel.geo.regions import flat_at, onto
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _

RIVER = "river"
NEAREST_M = 2000.0  # farther from every river nobody means one
JOINS_M = 300.0  # lines that end so near to another go on in it
ENDS_M = 1.0


@dataclass(frozen=True)
class Course:
    """The way of the water: a line in degrees, its length in meters, the rivers it follows."""

    line: LineString
    length_m: float
    names: tuple[str, ...]


@dataclass(frozen=True)
class _Reach:
    name: str
    line: LineString


def downstream(lying: Iterable[Drawn], start: Point, meters: float) -> Course:
    """Follow the nearest river down from a place, into those it flows into, for so many meters.

    Base maps draw rivers from source to mouth, as OpenStreetMap does; a map drawn otherwise leads
    the wrong way, which only its maker can put right. Refuses places far from every river.
    """
    here = point(*start)
    flat = flat_at(here)
    reaches = [
        _Reach(one.name, line)
        for one in lying
        if one.layer == RIVER
        for line in _lines(onto(one.shape, flat))
    ]
    spot = Spot(0, 0)
    first = min(reaches, key=lambda one: one.line.distance(spot), default=None)
    if first is None or first.line.distance(spot) > NEAREST_M:
        raise Invalid(
            _("这个位置 2 公里以内，底图上没有河流。"),
            place=_("沿河下游"),
            remedy=_("请点在河道上；底图没有河流时，请系统管理员装入带河流的底图。"),
            fields={"points": _("附近没有河流")},
        )
    pieces, names, left, at = [], [first.name], meters, first.line.project(spot)
    reach: _Reach | None = first
    while reach and left > ENDS_M:
        piece = substring(reach.line, at, min(at + left, reach.line.length))
        if piece.length > ENDS_M:
            pieces.append(piece)
            left -= piece.length
        reaches.remove(reach)
        reach, at = _into(reaches, Spot(reach.line.coords[-1]))
        names += [reach.name] if reach else []
    if not pieces:
        raise Invalid(
            _("这个位置已在河流的末端，下游没有底图河道。"),
            place=_("沿河下游"),
            remedy=_("请点在上游一些，或改用圆形、多边形范围。"),
            fields={"points": _("下游没有河道")},
        )
    # Over the gap between two lines the water goes straight.
    line = LineString([xy for piece in pieces for xy in piece.coords])
    known = tuple(dict.fromkeys(name for name in names if name))
    return Course(LineString(onto(line, flat, back=True).coords), meters - left, known)


def _into(reaches: list[_Reach], mouth: Spot) -> tuple[_Reach | None, float]:
    """The river that one flows into, and how far down it."""
    near = [one for one in reaches if one.line.distance(mouth) <= JOINS_M]
    going_on = [one for one in near if one.line.length - one.line.project(mouth) > ENDS_M]
    found = min(going_on, key=lambda one: one.line.distance(mouth), default=None)
    return (found, found.line.project(mouth)) if found else (None, 0.0)


def _lines(shape: BaseGeometry) -> list[LineString]:
    """The lines of a river; pieces drawn one after another are one."""
    whole = linemerge(shape) if isinstance(shape, MultiLineString) else shape
    parts = whole.geoms if isinstance(whole, MultiLineString) else [whole]
    return [one for one in parts if isinstance(one, LineString)]
