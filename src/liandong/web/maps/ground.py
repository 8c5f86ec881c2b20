"""The base map on a sheet: land, forest, water, borders, roads, and then its names."""

from collections.abc import Iterable, Iterator

from django.utils.html import format_html
from django.utils.safestring import SafeString
from shapely import Point, get_parts
from shapely.geometry.base import BaseGeometry

from liandong.kernel.basemaps.reading import Drawn, drawn
from liandong.web.maps.drawing import Frame, path, plain
from liandong.web.maps.labels import Sheet, width_of
from liandong.web.maps.palette import Palette

# From the bottom up: layer, class, and what of the palette fills and edges it.
AREAS = {"forest": "forest", "builtup": "built"}
LANES = {"trunk": (5.0, 3.2), "main": (3.6, 2.2), "lane": (2.4, 1.2)}
RIVERS = {1: 4.5, 2: 2.2}
SEAT, TOWNSHIP, SMALL = 14.0, 13.0, 12.0
Ground = list[tuple[Drawn, BaseGeometry]]


def ground_in(frame: Frame) -> Ground:
    """What of the base map lies in the frame, in points of the drawing."""
    cut = ((one, frame.drawn(one.shape)) for one in drawn())
    return [(one, shape) for one, shape in cut if not shape.is_empty]


def shapes(ground: Ground, colors: Palette) -> Iterator[SafeString]:
    """Everything that is no name."""
    for _one, shape in _of(ground, "county"):
        yield path(shape, "land", fill=colors.land, stroke=colors.line2, stroke_width=1.6)
    for layer, color in AREAS.items():
        for _one, shape in _of(ground, layer):
            yield path(shape, layer, fill=getattr(colors, color), stroke="none")
    for _one, shape in _of(ground, "contour"):
        yield path(shape, "contour", fill="none", stroke=colors.contour, stroke_width=0.8)
    for _one, shape in _of(ground, "township"):
        yield path(
            shape.boundary,
            "border",
            fill="none",
            stroke=colors.border,
            stroke_width=0.9,
            stroke_dasharray="6 3 1.5 3",
        )
    yield from _waters(ground, colors)
    yield from _roads(ground, colors)
    for _one, shape in _of(ground, "other"):
        yield path(shape, "contour", fill="none", stroke=colors.border, stroke_width=0.8)


def _waters(ground: Ground, colors: Palette) -> Iterator[SafeString]:
    rivers = list(_of(ground, "river"))
    for one, shape in rivers:
        wide = RIVERS.get(one.properties.get("rank", 2), 2.2)
        yield path(shape, "river-edge", fill="none", stroke=colors.river, stroke_width=wide)
    for _one, shape in _of(ground, "water"):
        yield path(shape, "water", fill=colors.water, stroke=colors.river, stroke_width=1)
    for one, shape in rivers:
        wide = RIVERS.get(one.properties.get("rank", 2), 2.2)
        if wide > 3:
            yield path(
                shape, "river", fill="none", stroke=colors.water, stroke_width=wide - 1.8
            )


def _roads(ground: Ground, colors: Palette) -> Iterator[SafeString]:
    roads = sorted(
        _of(ground, "road"), key=lambda pair: list(LANES)[::-1].index(_rank(pair[0]))
    )
    for one, shape in roads:
        yield path(
            shape,
            "road-edge",
            fill="none",
            stroke=colors.road_edge,
            stroke_width=LANES[_rank(one)][0],
        )
    for one, shape in roads:
        rank = _rank(one)
        color = colors.trunk if rank == "trunk" else colors.road
        yield path(
            shape, f"road-{rank}", fill="none", stroke=color, stroke_width=LANES[rank][1]
        )


def _rank(one: Drawn) -> str:
    rank = str(one.properties.get("rank"))
    return rank if rank in LANES else "lane"


def seats(ground: Ground, sheet: Sheet, colors: Palette) -> Iterator[SafeString]:
    """The county's seat, which is named before anything else finds room."""
    for one, shape in _of(ground, "place"):
        if _is_seat(one):
            yield _place(one, shape, sheet, colors)


def names(ground: Ground, sheet: Sheet, colors: Palette) -> Iterator[SafeString]:
    """Names of places, waters, forests and neighbors, wherever there is room left."""
    rest = [pair for pair in _of(ground, "place") if not _is_seat(pair[0])]
    for one, shape in sorted(rest, key=lambda pair: _size(pair[0]), reverse=True):
        yield _place(one, shape, sheet, colors)
    for layer, size in (("outside", 15.0), ("water", 12.0), ("river", 12.0), ("forest", 13.0)):
        for one, shape in _of(ground, layer):
            yield _over(one, shape, sheet, (layer, size, colors))


def _place(one: Drawn, shape: BaseGeometry, sheet: Sheet, colors: Palette) -> SafeString:
    size = _size(one)
    x, y = shape.centroid.x, shape.centroid.y
    found = sheet.find((x, y), (width_of(one.name, size) + 4, size + 4), 4)
    if not found:
        return SafeString("")
    is_seat = _is_seat(one)
    mark = format_html(
        '<rect class="m-seat" x="{}" y="{}" width="7" height="7" fill="{}" stroke="{}" stroke-width="1.6"/>'
        if is_seat
        else '<circle class="m-seat" cx="{}" cy="{}" r="2.8" fill="{}" stroke="{}" stroke-width="1.5"/>',
        plain(x - 3.5 if is_seat else x),
        plain(y - 3.5 if is_seat else y),
        colors.surface,
        colors.ink,
    )
    return mark + text(one.name, (found.x + 2, found.y + size), size, colors.ink, colors.land)


def _over(
    one: Drawn, shape: BaseGeometry, sheet: Sheet, look: tuple[str, float, Palette]
) -> SafeString:
    layer, size, colors = look
    size_of = (width_of(one.name, size) + 4, size + 4)
    tried = (sheet.over((at.x, at.y), size_of) for at in _middles(layer, shape))
    found = next((one for one in tried if one), None) if one.name else None
    if not found:
        return SafeString("")
    ink = colors.tones["blue"][1] if layer in {"water", "river"} else colors.ink2  # type: ignore[index]
    halo = colors.out if layer == "outside" else colors.land
    return text(one.name, (found.x + 2, found.y + size), size, ink, halo, kind=f"name-{layer}")


def _middles(layer: str, shape: BaseGeometry) -> Iterator[Point]:
    """Where a name may stand: along a river in several places, in an area in one."""
    longest = max(get_parts(shape), key=lambda part: part.length or part.area)
    if layer != "river":
        yield longest.representative_point()
        return
    for share in (0.3, 0.55, 0.75, 0.15):
        yield longest.interpolate(share, normalized=True)


def text(  # noqa: PLR0913 -- a text has what it has
    said: str,
    at: tuple[float, float],
    size: float,
    ink: str,
    halo: str,
    *,
    kind: str = "name",
    bold: bool = False,
) -> SafeString:
    """A line of text with a halo, so that it is read over anything."""
    return format_html(
        '<text class="m-{}" x="{}" y="{}" font-size="{}" font-weight="{}" fill="{}"'
        ' stroke="{}" stroke-width="3" paint-order="stroke" stroke-linejoin="round">{}</text>',
        kind,
        plain(at[0]),
        plain(at[1]),
        plain(size),
        700 if bold else 400,
        ink,
        halo,
        said,
    )


def _is_seat(one: Drawn) -> bool:
    return bool(one.properties.get("rank") == "seat")


def _size(one: Drawn) -> float:
    return {"seat": SEAT, "township": TOWNSHIP}.get(str(one.properties.get("rank")), SMALL)


def _of(ground: Iterable[tuple[Drawn, BaseGeometry]], layer: str) -> Ground:
    return [pair for pair in ground if pair[0].layer == layer]
