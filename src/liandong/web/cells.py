"""Rows and cells of lists, put together in Python: as templates they were most of a page's time."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime

from liandong.web import times

DASH = mark_safe('<span class="muted">—</span>')


class Drawn(NamedTuple):
    """A cell ready to stand in its column: the column's label, whether figures, its content."""

    label: str
    numeric: bool
    content: str


def row(cells: Iterable[Drawn], url: str) -> SafeString:
    """One ``<tr>``; the first cell leads to the row's page when there is one."""
    parts = ["<tr data-row>"]
    for label, numeric, content in cells:
        kind = ' class="number"' if numeric else ""
        inner = conditional_escape(content)
        if url and len(parts) == 1:
            inner = format_html('<a href="{}" data-open>{}</a>', url, inner)
        parts.append(f'<td data-label="{conditional_escape(label)}"{kind}>{inner}</td>')
    parts.append("</tr>")
    return mark_safe("".join(parts))  # noqa: S308 -- every part was escaped above


def moment(_row: Any, at: datetime | None) -> SafeString:
    """A moment in full, to the second."""
    if at is None:
        return DASH
    return format_html(
        '<time class="nowrap" datetime="{}">{}</time>',
        localtime(at).isoformat(),
        times.full_moment(at),
    )


def code(_row: Any, value: object) -> SafeString:
    """A code, in figures of one width."""
    return format_html('<span class="code">{}</span>', value)
