"""The map as one SVG sheet, drawn by the server: for paper, and for browsers without WebGL 2."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.utils.html import format_html
from django.utils.safestring import SafeString

from liandong.kernel.wording import gettext as _
from liandong.web import times
from liandong.web.maps import ground, marks, strokes
from liandong.web.maps.drawing import full, plain, together
from liandong.web.maps.extents import Box
from liandong.web.maps.features import Sign, Stroke, Tone
from liandong.web.maps.labels import Sheet, width_of
from liandong.web.maps.palette import Palette
from liandong.web.maps.registry import Layer

FOOT = 46.0
NARROW = 640
FONT = "Noto Sans CJK SC, Noto Sans SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, sans-serif"


@dataclass(frozen=True, kw_only=True)
class Order:
    """What is to be drawn: which part, how large, in which colors, true of which moment."""

    box: Box
    width: float
    height: float
    colors: Palette
    title: str
    at: datetime
    pairs: marks.PAIRS


def draw(order: Order) -> SafeString:
    """The whole sheet: map, legend, scale, moment, and for whom it is."""
    frame = full(order.box, order.width, order.height - FOOT)
    sheet = Sheet(frame.width, frame.height)
    lying = ground.ground_in(frame)
    colors, pairs = order.colors, order.pairs
    drawn = [
        *ground.shapes(lying, colors),
        *marks.areas(pairs, frame, colors),
        *strokes.lines(pairs, frame, colors),
    ]
    signs = list(marks.marks(pairs, frame, sheet, colors))
    seats = list(ground.seats(lying, sheet, colors))
    said = list(marks.labels(pairs, frame, sheet, colors))
    names = list(ground.names(lying, sheet, colors))
    body = together([*drawn, *names, *seats, *signs, *said])
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="map-sheet" viewBox="0 0 {w} {h}" width="{w}" height="{h}"'
        ' role="group" aria-label="{title}" font-family="{font}">'
        '<defs>{hatches}<clipPath id="map-edge"><rect width="{w}" height="{high}"/></clipPath></defs>'
        '<rect class="m-out" width="{w}" height="{h}" fill="{out}"/>'
        '<g clip-path="url(#map-edge)">{body}</g>{foot}</svg>',
        w=plain(order.width),
        h=plain(order.height),
        high=plain(frame.height),
        title=order.title,
        font=FONT,
        hatches=marks.hatches(colors),
        out=colors.out,
        body=body,
        foot=together(_foot(order, frame.bar())),
    )


def _foot(order: Order, bar: tuple[int, float]) -> Iterator[SafeString]:
    colors, top = order.colors, order.height - FOOT
    yield format_html(
        '<rect class="m-foot" x="0" y="{}" width="{}" height="{}" fill="{}"/>',
        plain(top),
        plain(order.width),
        plain(FOOT),
        colors.surface,
    )
    meters, long = bar
    y = top + 30
    yield format_html(
        '<path class="m-bar" d="M12 {a}V{b}H{c}V{a}" fill="none" stroke="{ink}" stroke-width="1.6"/>',
        a=plain(y - 6),
        b=plain(y),
        c=plain(12 + long),
        ink=colors.ink,
    )
    told = (
        _("%(n)s 公里") % {"n": f"{meters / 1000:g}"}
        if meters >= 1000
        else _("%(n)s 米") % {"n": meters}
    )
    x = 22 + long
    yield _line(str(told), (x, y), colors)
    x += width_of(str(told), 12) + 26
    yield from _legend_lines(order, x, top)
    is_narrow = order.width < NARROW
    at = times.moment(order.at) if is_narrow else times.full_moment(order.at)
    notes = _("数据截至 %(at)s") % {"at": at}
    whom = _("仅供内部应急使用") if is_narrow else _("仅供内部应急使用，不作为边界依据")
    for row, words in enumerate((str(notes), str(whom))):
        yield format_html(
            '<text class="m-foot-text" x="{}" y="{}" font-size="12" text-anchor="end" fill="{}">{}</text>',
            plain(order.width - 12),
            plain(top + 18 + 17 * row),
            colors.ink2,
            words,
        )


def _legend_lines(order: Order, start: float, top: float) -> Iterator[SafeString]:
    """The legend in one line, in two where one does not hold it; what two do not hold is left out."""
    rooms: list[list[tuple[float, Callable[[tuple[float, float]], SafeString], str]]] = [[], []]
    row, x = 0, start
    for key, words in _legend(order):
        long = 40 + width_of(words, 12)
        if x + long - 16 > order.width * 0.66:
            row, x = row + 1, start
        if row == len(rooms):
            break
        rooms[row].append((x, key, words))
        x += long
    feet = (top + 19, top + 38) if rooms[1] else (top + 30,)
    for y, room in zip(feet, rooms, strict=False):
        for at, key, words in room:
            yield key((at + 8, y - 4))
            yield _line(words, (at + 22, y), order.colors)


def _legend(order: Order) -> Iterator[tuple[Callable[[tuple[float, float]], SafeString], str]]:
    """How each layer is drawn and what it is called; of lines every kind that is there, first."""
    colors = order.colors
    for layer, features in order.pairs:
        if layer.sign is Sign.LINE:
            for kind, (stroke, tone, many) in strokes.kinds(features).items():
                yield partial(_stroke_key, stroke, tone, colors), f"{kind} {many}"
    for layer, features in order.pairs:
        if layer.sign is not Sign.LINE:
            yield partial(_key, layer, colors), f"{layer.title} {len(features)}"


def _stroke_key(
    stroke: Stroke, tone: Tone, colors: Palette, at: tuple[float, float]
) -> SafeString:
    path = f"M{plain(at[0] - 12)} {plain(at[1])}H{plain(at[0] + 10)}"
    return strokes.stroked(path, stroke, tone, colors)


def _key(layer: Layer, colors: Palette, at: tuple[float, float]) -> SafeString:
    if layer.sign is Sign.AREA:
        return format_html(
            '<rect class="m-area m-tone-orange" x="{}" y="{}" width="16" height="11" fill="url(#hatch-orange)" stroke="{}" stroke-dasharray="4 2"/>',
            at[0] - 8,
            at[1] - 6,
            colors.tones[Tone.ORANGE][0],
        )
    return marks.sign(layer.sign, Tone.CALM, at, colors)


def _line(words: str, at: tuple[float, float], colors: Palette) -> SafeString:
    return ground.text(words, at, 12, colors.ink2, colors.surface, kind="foot-text")
