"""From a file to lines of a register: cells put right, every place in WGS-84."""

import itertools
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from liandong.documents.places import SUFFIXES, Places, fit_shapes, read_places
from liandong.documents.sheets import (
    PAGE,
    Bounds,
    Column,
    Finding,
    Grid,
    Layout,
    Line,
    read_grid,
    read_sheet,
    squeezed,
)
from liandong.kernel.geo.coordinates import EAST, NORTH, SOUTH, WEST
from liandong.kernel.geo.systems import System
from liandong.kernel.geo.written import SIXTH, are_swapped, degrees, meters
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import recorded
from liandong.sharing.adapters.layouts import layout_of
from liandong.sharing.registers import Register

Read = tuple[list[Line], list[Finding]]
PLACE = ("lon", "lat")
# What layers call their names where they do not say it in Chinese.
NAMES = {"name", "mc", "title"}


@dataclass(frozen=True, kw_only=True)
class Given:
    """What a foreign list does not say: which heading is the name, ``called`` our title by its heading.

    ``filled`` is what stands in blank cells, by our title.
    """

    named_by: str = ""
    called: Mapping[str, str] = field(default_factory=dict)
    filled: Mapping[str, str] = field(default_factory=dict)


NOTHING = Given()


def is_layer(name: str) -> bool:
    """Say whether a file is one of places, by its name."""
    return name.lower().endswith(SUFFIXES)


def read_register(
    content: bytes,
    name: str,
    register: Register,
    system: System,
    *,
    given: Given = NOTHING,
    bounds: Bounds = PAGE,
) -> Read:
    """Read a sheet or a layer of places for a register; raises ``Invalid`` for what is neither.

    ``system`` is that of its coordinates, unless the file names its own. ``given``: what a foreign
    list does not say.
    """
    with recorded():
        plain = layout_of(register)
        named = {given.named_by: plain.column("name").title} if given.named_by else {}
        layout = _renamed(plain, {**given.called, **named})
        lines, findings = _read(content, name, layout, system, given.named_by, bounds)
        return [_filled(line, layout, given.filled) for line in lines], findings


def _read(
    content: bytes,
    name: str,
    layout: Layout,
    system: System,
    named_by: str,
    bounds: Bounds,
) -> Read:
    if is_layer(name):
        return _layer(read_places(content, name, bounds), name, layout, system, named_by)
    lines, findings = read_sheet(content, name, layout, bounds)
    placed = [_placed(line, system) for line in lines]
    return [line for line, _faults in placed], [
        *findings,
        *(fault for _line, faults in placed for fault in faults),
    ]


def _layer(places: Places, name: str, layout: Layout, system: System, named_by: str) -> Read:
    """Features as rows, counted from 1, under the names of their properties."""
    heads = list(places.columns)
    table = ([one.properties.get(head, "") for head in heads] for one in places.features)
    shown = _named(heads, layout, named_by)
    grid = Grid(name, itertools.chain([shown], table), first=0)
    lines, findings = read_grid(grid, name, layout, _all_of(places))
    shapes, faults = fit_shapes(places.features, places.system or system)
    return [_drawn(line, shapes) for line in lines], [*findings, *faults]


def _titled(layout: Layout, title: str) -> Column:
    """The column of a title; raises ``Invalid`` for one there is none of."""
    found = [one for one in layout.columns if squeezed(title) in one.headings]
    if not found:
        raise Invalid(
            _("登记簿里没有“%(title)s”这一项。") % {"title": title[:40]},
            remedy=_("请用模板里的列名。"),
        )
    return found[0]


def _renamed(layout: Layout, called: Mapping[str, str]) -> Layout:
    """The same columns, known by a foreign list's headings too."""
    also = defaultdict(list)
    for heading, title in called.items():
        also[_titled(layout, title).key].append(heading)
    columns = tuple(replace(one, also=(*also[one.key], *one.also)) for one in layout.columns)
    return replace(layout, columns=columns)


def _filled(line: Line, layout: Layout, filled: Mapping[str, str]) -> Line:
    given = {_titled(layout, title).key: text for title, text in filled.items()}
    blank = {key: text for key, text in given.items() if not line[key]}
    return replace(line, cells={**line.cells, **blank}) if blank else line


def _named(heads: Sequence[str], layout: Layout, named_by: str) -> list[str]:
    """The heads, with that of the name column over the one that holds the names."""
    column = layout.column("name")
    if named_by in heads:
        others = {head for head in heads if squeezed(head) in column.headings}
        return [
            column.title if one == named_by else "" if one in others else one for one in heads
        ]
    if any(squeezed(head) in column.headings for head in heads):
        return list(heads)
    return [column.title if head.lower() in NAMES else head for head in heads]


def _all_of(places: Places) -> Bounds:
    return Bounds(lines=len(places.features), megabytes=0, unpacked_megabytes=0)


def _drawn(line: Line, shapes: Mapping[int, BaseGeometry]) -> Line:
    shape = shapes.get(line.row)
    if shape is None:
        return line
    if shape.geom_type == "Point":
        place = {"lon": f"{shape.x:.6f}", "lat": f"{shape.y:.6f}"}
    else:
        place = {"extent": json.dumps(mapping(shape)), "lon": "", "lat": ""}
    return replace(line, cells={**line.cells, **place})


def _placed(line: Line, system: System) -> tuple[Line, list[Finding]]:
    """The line with its place as decimal degrees of WGS-84, or what is wrong with it."""
    if not any(line[key] for key in PLACE):
        return line, []
    faults = []
    numbers: dict[str, Decimal] = {}
    for key in PLACE:
        if not line[key]:
            faults.append(line.wrong(key, _("经度和纬度要么都填，要么都不填。")))
            continue
        try:
            numbers[key] = (meters if system.is_plane else degrees)(line[key])
        except Invalid as wrong:
            faults.append(line.wrong(key, f"{wrong.title}{wrong.remedy}"))
    if not faults:
        faults = list(_misplaced(line, numbers, system))
    if not faults:
        numbers = _true(numbers, system)
        faults = list(_abroad(line, numbers))
    if faults:
        return replace(line, cells={**line.cells, "lon": "", "lat": ""}), faults
    said = {key: f"{number:f}" for key, number in numbers.items()}
    return replace(line, cells={**line.cells, **said}), []


def _true(numbers: Mapping[str, Decimal], system: System) -> dict[str, Decimal]:
    if system.key in {"wgs84", "cgcs2000"}:
        return {key: number.quantize(SIXTH) for key, number in numbers.items()}
    here = system.place(float(numbers["lon"]), float(numbers["lat"]))
    return {"lon": Decimal(f"{here.lon:.6f}"), "lat": Decimal(f"{here.lat:.6f}")}


def _misplaced(line: Line, numbers: Mapping[str, Decimal], system: System) -> Iterator[Finding]:
    lon, lat = numbers["lon"], numbers["lat"]
    if not system.is_plane and are_swapped(lon, lat):
        yield line.wrong("lon", _("经度和纬度可能填反了。"))
    elif not system.is_plane:
        yield from _abroad(line, numbers)


def _abroad(line: Line, numbers: Mapping[str, Decimal]) -> Iterable[Finding]:
    if not WEST <= numbers["lon"] <= EAST:
        yield line.wrong("lon", _("经度不在我国范围（73 到 136 度）。"))
    elif not SOUTH <= numbers["lat"] <= NORTH:
        yield line.wrong("lat", _("纬度不在我国范围（3 到 54 度）。"))


def heads_of(content: bytes, name: str) -> Sequence[str]:
    """The columns of a layer, for choosing which one holds the names."""
    return read_places(content, name).columns
