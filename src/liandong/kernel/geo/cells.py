"""H3 cells as whole numbers: the county's grid. All fit PostgreSQL's bigint."""

from typing import Any

import h3.api.basic_int as h3

from liandong.kernel.geo.coordinates import Point, point
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _

# Some 0.1 km²: a few streets; fine enough to find what is near, coarse enough to index.
RESOLUTION = 9
FINEST = 15


def cell_at(lon: float, lat: float, *, resolution: int = RESOLUTION) -> int:
    """Return the cell in which a true place lies."""
    here = point(lon, lat)
    return int(h3.latlng_to_cell(here.lat, here.lon, _resolution(resolution)))


def center_of(cell: int) -> Point:
    """Return the middle of a cell."""
    lat, lon = h3.cell_to_latlng(_cell(cell))
    return Point(lon, lat)


def outline_of(cell: int) -> list[Point]:
    """Return the corners of a cell, the first not repeated."""
    return [Point(lon, lat) for lat, lon in h3.cell_to_boundary(_cell(cell))]


def around(cell: int, *, rings: int) -> set[int]:
    """Return a cell and all that lie within so many steps of it."""
    return {int(near) for near in h3.grid_disk(_cell(cell), rings)}


def range_within(cell: int, *, resolution: int = RESOLUTION) -> tuple[int, int]:
    """Return first and last cell of a finer resolution inside one: an index answers BETWEEN."""
    coarse = h3.get_resolution(_cell(cell))
    if not coarse <= resolution <= FINEST:
        raise Invalid(
            _("网格级别 %(asked)s 比所给网格(%(has)s 级)更粗或超出范围。")
            % {"asked": resolution, "has": coarse},
            place=_("网格级别"),
            remedy=_("请取不小于所给网格、不大于 15 的级别。"),
        )
    inside = h3.cell_to_children_size(cell, resolution)
    first = h3.child_pos_to_cell(cell, resolution, 0)
    last = h3.child_pos_to_cell(cell, resolution, inside - 1)
    return int(first), int(last)


def cells_covering(shape: dict[str, Any], *, resolution: int = RESOLUTION) -> set[int]:
    """Return the cells whose middle lies in a GeoJSON polygon or multipolygon."""
    return {int(cell) for cell in h3.geo_to_cells(shape, _resolution(resolution))}


def _cell(cell: int) -> int:
    if not h3.is_valid_cell(cell):
        raise Invalid(
            _("“%(cell)s”不是有效的网格编号。") % {"cell": cell},
            place=_("网格编号"),
            remedy=_("请用经纬度重新计算网格。"),
        )
    return cell


def _resolution(resolution: int) -> int:
    if not 0 <= resolution <= FINEST:
        raise Invalid(
            _("网格级别 %(asked)s 不在 0 到 15 之间。") % {"asked": resolution},
            place=_("网格级别"),
            remedy=_("县域一般用 9 级。"),
        )
    return resolution
