"""Signs of features on a sheet: triangle, diamond, square, dot, hatched area; and their labels."""

from collections.abc import Iterator

from django.utils.html import format_html
from django.utils.safestring import SafeString

from liandong.web.maps.drawing import Frame, path_of, plain, together
from liandong.web.maps.features import Feature, Sign, Tone
from liandong.web.maps.ground import text
from liandong.web.maps.labels import LINE, PAD_X, PAD_Y, Sheet, box_for, width_of
from liandong.web.maps.palette import Palette
from liandong.web.maps.registry import Layer

SHAPES = {
    Sign.STATION: "M-7 -6H7L0 7Z",
    Sign.INCIDENT: "M0 -11L11 0L0 11L-11 0Z",
    Sign.UNIT: "M-6 -9H6Q9 -9 9 -6V6Q9 9 6 9H-6Q-9 9 -9 6V-6Q-9 -9 -6 -9Z",
    Sign.PLACE: "M-4 0A4 4 0 1 1 4 0A4 4 0 1 1 -4 0Z",
}
GAP = {Sign.STATION: 11, Sign.INCIDENT: 14, Sign.UNIT: 12, Sign.PLACE: 11}
PAIRS = list[tuple[Layer, list[Feature]]]
SMALL, BOLD = 12.0, 13.0


def hatches(colors: Palette) -> SafeString:
    """Patterns for areas, one for each tone."""
    return together(
        format_html(
            '<pattern id="hatch-{}" width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
            '<path class="m-hatch m-tone-{}" d="M0 0V9" stroke="{}" stroke-width="2.4" stroke-opacity=".36"/></pattern>',
            str(tone) or "calm",
            str(tone) or "calm",
            fill if tone else edge,
        )
        for tone, (fill, edge) in colors.tones.items()
    )


def areas(pairs: PAIRS, frame: Frame, colors: Palette) -> Iterator[SafeString]:
    """Areas of every layer, beneath all marks."""
    for _layer, features in pairs:
        for one in features:
            if one.shape is None or not one.shape.area:
                continue
            fill, edge = colors.tones[one.tone]
            yield format_html(
                '<path class="m-area m-tone-{0}" d="{1}" fill="url(#hatch-{0})" stroke="{2}" stroke-width="2.2" stroke-dasharray="9 5"/>',
                str(one.tone) or "calm",
                path_of(frame.drawn(one.shape)),
                fill if one.tone else edge,
            )


def marks(pairs: PAIRS, frame: Frame, sheet: Sheet, colors: Palette) -> Iterator[SafeString]:
    """A sign at each place; its ground is taken, so that no label covers it."""
    for layer, features in pairs:
        for one, (x, y) in placed(features, frame):
            sheet.take(x - 9, y - 9, 18, 18)
            yield sign(layer.sign, one.tone, (x, y), colors)


def placed(
    features: list[Feature], frame: Frame
) -> Iterator[tuple[Feature, tuple[float, float]]]:
    """Features that stand at one place, within the frame."""
    for one in features:
        if one.shape is None or one.shape.area or one.stroke:
            continue
        x, y = frame.place(one.shape.centroid.x, one.shape.centroid.y)
        if 0 <= x <= frame.width and 0 <= y <= frame.height:
            yield one, (x, y)


def sign(kind: Sign, tone: Tone, at: tuple[float, float], colors: Palette) -> SafeString:
    """One sign; hollow when calm."""
    fill, edge = colors.tones[tone]
    if kind is Sign.INCIDENT and tone is Tone.CALM:
        fill, edge = colors.tones[Tone.RED]
    if kind is Sign.UNIT:
        fill, edge = colors.tones[Tone.ACCENT]
    return format_html(
        '<path class="m-mark m-mark-{} m-tone-{}" d="{}" transform="translate({} {})" fill="{}" stroke="{}" stroke-width="1.6" stroke-linejoin="round"/>',
        str(kind),
        str(tone) or "calm",
        SHAPES.get(kind, SHAPES[Sign.PLACE]),
        plain(at[0]),
        plain(at[1]),
        fill,
        colors.surface if kind in {Sign.INCIDENT, Sign.UNIT} else edge,
    )


def labels(pairs: PAIRS, frame: Frame, sheet: Sheet, colors: Palette) -> Iterator[SafeString]:
    """Labels of marks in boxes, of areas in the open; what finds no room is left out."""
    for layer, features in pairs:
        for one, at in placed(features, frame):
            yield _boxed(one, at, GAP.get(layer.sign, 11), (sheet, colors))
        for one in features:
            if one.shape is not None and (one.shape.area or one.stroke):
                yield _open(one, frame, sheet, colors)


def _boxed(
    one: Feature, at: tuple[float, float], gap: float, on: tuple[Sheet, Palette]
) -> SafeString:
    sheet, colors = on
    lines = [(one.label, SMALL), (one.note, BOLD)] if one.note else [(one.label, BOLD)]
    found = sheet.find(at, box_for(lines), gap)
    if not found and one.note:
        lines = [(one.note, BOLD)]
        found = sheet.find(at, box_for(lines), gap)
    if not found:
        return SafeString("")
    _fill, ink = colors.tones[one.tone]
    box = format_html(
        '<rect class="m-box m-tone-{}" x="{}" y="{}" width="{}" height="{}" rx="3" fill="{}" stroke="{}"/>',
        str(one.tone) or "calm",
        plain(found.x),
        plain(found.y),
        plain(found.width),
        plain(found.height),
        colors.surface,
        ink if one.tone else colors.line2,
    )
    y, said = found.y + PAD_Y, [box]
    for words, size in lines:
        y += size * LINE
        is_bold = size == BOLD
        ink_of = colors.ink if is_bold else colors.ink2
        kind = "value" if is_bold else "label"
        said.append(
            text(
                words,
                (found.x + PAD_X, y - 4),
                size,
                ink_of,
                colors.surface,
                kind=kind,
                bold=is_bold,
            )
        )
    return _linked(one.url, together(said))


def _open(one: Feature, frame: Frame, sheet: Sheet, colors: Palette) -> SafeString:
    shape = frame.drawn(one.shape) if one.shape is not None else None
    if shape is None or shape.is_empty:
        return SafeString("")
    middle = shape.representative_point()
    size = (width_of(one.label, BOLD) + 6, BOLD + 6)
    found = sheet.over((middle.x, middle.y), size) or sheet.find((middle.x, middle.y), size, 20)
    if not found:
        return SafeString("")
    _fill, ink = colors.tones[one.tone]
    tone = f"said m-tone-{str(one.tone) or 'calm'}"
    at = found.x + 3, found.y + BOLD + 1
    return _linked(one.url, text(one.label, at, BOLD, ink, colors.land, kind=tone, bold=True))


def _linked(url: str, said: SafeString) -> SafeString:
    return format_html('<a href="{}">{}</a>', url, said) if url else said
