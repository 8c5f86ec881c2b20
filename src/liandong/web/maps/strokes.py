"""Lines on a sheet: told apart by their pattern, and then by their color."""

from collections.abc import Iterator

from django.utils.html import format_html
from django.utils.safestring import SafeString

from liandong.web.maps.drawing import Frame, path_of
from liandong.web.maps.features import Feature, Stroke, Tone
from liandong.web.maps.marks import PAIRS
from liandong.web.maps.palette import Palette

# Width, dashes and ends of each stroke that a line is drawn with, one over the other.
DRAWN: dict[Stroke, list[tuple[float, str, str]]] = {
    Stroke.DASHED: [(4, "12 6", "butt")],
    Stroke.DOTTED: [(5, "0 9", "round")],
    Stroke.BARRED: [(4, "none", "butt"), (14, "3 14", "butt")],
    Stroke.HATCHED: [(3, "10 4", "butt"), (11, "2 5", "butt")],
}
CASING = 7.0


def lines(pairs: PAIRS, frame: Frame, colors: Palette) -> Iterator[SafeString]:
    """Lines of every layer, above areas and beneath all marks."""
    for _layer, features in pairs:
        for one in features:
            if one.shape is not None and one.stroke:
                yield stroked(path_of(frame.drawn(one.shape)), one.stroke, one.tone, colors)


def stroked(path: str, stroke: Stroke, tone: Tone, colors: Palette) -> SafeString:
    """A path drawn as its stroke wants it, on a casing that parts it from the ground."""
    if not path:
        return SafeString("")
    said = format_html(
        '<path class="m-casing" d="{}" fill="none" stroke="{}" stroke-width="{}" stroke-opacity=".85"/>',
        path,
        colors.surface,
        CASING,
    )
    for width, dashes, ends in DRAWN[stroke]:
        said += format_html(
            '<path class="m-line m-tone-{}" d="{}" fill="none" stroke="{}" stroke-width="{}" stroke-dasharray="{}" stroke-linecap="{}"/>',
            str(tone) or "calm",
            path,
            colors.tones[tone][1],
            width,
            dashes,
            ends,
        )
    return said


def kinds(features: list[Feature]) -> dict[str, tuple[Stroke, Tone, int]]:
    """What a legend says of lines: each kind, how it is drawn, and how many there are."""
    found: dict[str, tuple[Stroke, Tone, int]] = {}
    for one in features:
        if one.stroke:
            _stroke, _tone, many = found.get(one.kind, (one.stroke, one.tone, 0))
            found[one.kind] = one.stroke, one.tone, many + 1
    return found
