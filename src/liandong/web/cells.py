"""Rows and cells of lists, put together in Python: as templates they were most of a page's time."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime

from liandong.web import times

NONE = UUID(int=0)
DASH = mark_safe('<span class="muted">—</span>')


def opening(label: str, *, numeric: bool) -> SafeString:
    """The ``<td>`` of a column: the same in every row, so made once for a list."""
    kind = ' class="number"' if numeric else ""
    return mark_safe(f'<td data-label="{escape(label)}"{kind}>')  # noqa: S308 -- escaped


def row(cells: Iterable[tuple[SafeString, str]], url: str) -> SafeString:
    """One ``<tr>`` of openings and contents; the first leads to the row's page when there is one."""
    parts = ["<tr data-row>"]
    for start, content in cells:
        inner = conditional_escape(content)
        if url and len(parts) == 1:
            inner = format_html('<a href="{}" data-open>{}</a>', url, inner)
        parts.append(f"{start}{inner}</td>")
    parts.append("</tr>")
    return mark_safe("".join(parts))  # noqa: S308 -- every part was escaped above


def address_of(name: str) -> Callable[[Any], str]:
    """Where each row's page is, by its key; asked of Django once for a list, not for each row."""
    before, after = reverse(name, args=[NONE]).split(str(NONE))
    return lambda row: f"{before}{row.pk}{after}"


def moment(_row: Any, at: datetime | None) -> SafeString:
    """A moment in full, to the second."""
    if at is None:
        return DASH
    here = localtime(at)
    said = escape(times.full_moment(here))
    return mark_safe(f'<time class="nowrap" datetime="{here.isoformat()}">{said}</time>')  # noqa: S308 -- escaped


def code(_row: Any, value: object) -> SafeString:
    """A code, in figures of one width."""
    return format_html('<span class="code">{}</span>', value)
