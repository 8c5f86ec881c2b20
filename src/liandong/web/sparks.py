"""Sparks: the last hours of a series in a small picture, without a script."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

WIDTH, HEIGHT, MARGIN = 92, 40, 4
BAR = 3


@dataclass(frozen=True)
class Line:
    """A bound across the picture."""

    value: Decimal
    is_reached: bool


def drawn(
    told: Sequence[tuple[datetime, Decimal]], lines: Sequence[Line] = (), *, bars: bool = False
) -> SafeString:
    """Draw figures over time, oldest first: as a line that ends in a dot, or as bars from zero.

    Bounds widen the picture so that how near they are can be seen. Empty below two figures.
    """
    if len(told) < 2:
        return SafeString()
    values = [value for _at, value in told]
    low = Decimal(0) if bars else min(values + [one.value for one in lines])
    high = max(values + [one.value for one in lines])
    first, last = told[0][0], told[-1][0]

    def x(at: datetime) -> float:
        return round(MARGIN + (WIDTH - 2 * MARGIN) * ((at - first) / (last - first)), 1)

    def y(value: Decimal) -> float:
        share = float((value - low) / (high - low)) if high > low else 0.5
        return round(HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * share, 1)

    points = [(x(at), y(value)) for at, value in told]
    across = format_html_join(
        "",
        '<line class="{}" x1="0" y1="{}" x2="{}" y2="{}"/>',
        (
            (
                "spark-reached" if one.is_reached else "spark-bound",
                y(one.value),
                WIDTH,
                y(one.value),
            )
            for one in lines
        ),
    )
    return format_html(
        '<svg class="spark" viewBox="0 0 {} {}" width="{}" height="{}" aria-hidden="true">{}{}</svg>',
        *(WIDTH, HEIGHT, WIDTH, HEIGHT, across),
        _bars(points) if bars else _line(points),
    )


def _line(points: Sequence[tuple[float, float]]) -> SafeString:
    way = " ".join(f"{x},{y}" for x, y in points)
    x, y = points[-1]
    return format_html(
        '<polyline class="spark-line" points="{}"/><circle class="spark-end" cx="{}" cy="{}" r="3"/>',
        *(way, x, y),
    )


def _bars(points: Sequence[tuple[float, float]]) -> SafeString:
    foot = HEIGHT - MARGIN
    way = "".join(f"M{x} {foot}V{y}" for x, y in points)
    return mark_safe(f'<path class="spark-bars" stroke-width="{BAR}" d="{way}"/>')  # noqa: S308 -- numbers only
