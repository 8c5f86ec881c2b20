"""From a file's own coordinates to WGS-84: every shape that cannot stand on the ground is named, with where."""

from collections.abc import Iterator, Mapping

from shapely import force_2d, get_coordinates, get_num_coordinates
from shapely.geometry.base import BaseGeometry

from liandong.documents.places.features import Feature
from liandong.documents.sheets.findings import Finding
from liandong.kernel.geo.coordinates import EAST, NORTH, SOUTH, WEST
from liandong.kernel.geo.shapes import what_ails
from liandong.kernel.geo.systems import System
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _

MOST_VERTICES = 20_000
LARGEST_DEGREE = 180


def fit_shapes(
    features: tuple[Feature, ...], system: System
) -> tuple[Mapping[int, BaseGeometry], list[Finding]]:
    """Give each feature's shape in WGS-84 by its number, and what is wrong with the others."""
    shapes: dict[int, BaseGeometry] = {}
    findings = []
    for one in features:
        fault, shape = _fitted(one.shape, system)
        if fault:
            findings.append(Finding(one.number, _("图形"), fault))
        else:
            shapes[one.number] = shape
    return shapes, findings


def _fitted(shape: BaseGeometry, system: System) -> tuple[str, BaseGeometry]:
    if fault := next(_impossible(shape, system), ""):
        return fault, shape
    try:
        placed = system.shape(force_2d(shape))
    except Invalid as wrong:
        return f"{wrong.title}", shape
    if not placed.is_valid:
        return _invalid(placed), shape
    return next(_misplaced(placed), ""), placed


def _impossible(shape: BaseGeometry, system: System) -> Iterator[str]:
    """What can be told of the file's own numbers."""
    if shape.is_empty:
        yield _("没有坐标。")
        return
    if get_num_coordinates(shape) > MOST_VERTICES:
        yield _("顶点多于 %(most)d 个，请先简化边线。") % {"most": MOST_VERTICES}
    most = abs(get_coordinates(shape)).max()
    if most != most:  # noqa: PLR0124 -- what is no number is not even itself
        yield _("坐标不是数字。")
    elif most > LARGEST_DEGREE and not system.is_plane:
        yield _("坐标以米计，不是经纬度：请选定平面坐标系（如 CGCS2000 三度带）。")
    elif most <= LARGEST_DEGREE and system.is_plane:
        yield _("坐标是经纬度，不是选定的平面坐标系。")


def _misplaced(placed: BaseGeometry) -> Iterator[str]:
    west, south, east, north = placed.bounds
    if west >= WEST and east <= EAST and south >= SOUTH and north <= NORTH:
        return
    if south >= WEST and north <= EAST and west >= SOUTH and east <= NORTH:
        yield _("经度和纬度可能填反了。")
    else:
        yield _("不在我国范围内（%(lon).4f, %(lat).4f）。") % {"lon": west, "lat": south}


def _invalid(placed: BaseGeometry) -> str:
    return _("%(why)s，请改正后再传。") % {"why": what_ails(placed)}
