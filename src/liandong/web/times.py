"""Moments and spans as people on duty read them."""

import math
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.utils import dateformat
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext_lazy

from liandong.kernel.wording import gettext as _
from liandong.web.icons import icon

SOON = timedelta(minutes=2)
WEEKDAYS = (
    gettext_lazy("周一"),
    gettext_lazy("周二"),
    gettext_lazy("周三"),
    gettext_lazy("周四"),
    gettext_lazy("周五"),
    gettext_lazy("周六"),
    gettext_lazy("周日"),
)


def clock_face(at: datetime | None) -> str:
    """05:36, in the county's time."""
    return f"{localtime(at):%H:%M}" if at else ""


def moment(at: datetime | None) -> str:
    """7月14日 05:36."""
    return f"{day(at)} {clock_face(at)}" if at else ""


def full_moment(at: datetime | None) -> str:
    """2026年7月14日 05:36:10."""
    if not at:
        return ""
    here = localtime(at)
    return f"{_written(here.date(), _('Y年n月j日'), get_language())} {here:%H:%M:%S}"


def day(at: datetime | None) -> str:
    """7月14日."""
    return _written(localtime(at).date(), _("n月j日"), get_language()) if at else ""


@lru_cache(maxsize=1024)
def _written(on: date, words: str, _language: str | None) -> str:
    """A day as the language writes it. Lists tell the same few days again and again."""
    return dateformat.format(on, words)


def weekday(at: datetime) -> str:
    """周二."""
    return str(WEEKDAYS[localtime(at).weekday()])


def machine(at: datetime | None) -> str:
    """Milliseconds since 1970, for scripts."""
    return str(int(at.timestamp() * 1000)) if at else ""


def span(length: timedelta | None) -> str:
    """12:20, 1:43:50, 2 天 03:10."""
    if length is None:
        return ""
    seconds = math.floor(abs(length.total_seconds()))
    hours, rest = divmod(seconds, 3600)
    if hours >= 24:
        return _("%(days)d 天 %(hours)02d:%(minutes)02d") % {
            "days": hours // 24,
            "hours": hours % 24,
            "minutes": rest // 60,
        }
    return (
        f"{hours}:{rest // 60:02}:{rest % 60:02}"
        if hours
        else f"{rest // 60:02}:{rest % 60:02}"
    )


def until(end: datetime, start: datetime) -> str:
    """When something ends that began: 18:00 of the same day, 次日 08:00, else 8月4日 08:00."""
    begun, here = localtime(start), localtime(end)
    days = (here.date() - begun.date()).days
    if days == 0:
        return f"{here:%H:%M}"
    return _("次日 %(time)s") % {"time": f"{here:%H:%M}"} if days == 1 else moment(end)


def countdown_state(due: datetime, now: datetime, start: datetime | None = None) -> str:
    """Calm, soon (a quarter of the time, or two minutes, is left) or over."""
    left = due - now
    if left < timedelta():
        return "over"
    quarter = (due - start) / 4 if start and due > start else timedelta()
    return "soon" if left <= max(SOON, quarter) else "calm"


def countdown(due: datetime, now: datetime, start: datetime | None = None) -> SafeString:
    """Time left as ring and words; a script keeps it going by the realm's clock."""
    left = due - now
    state = countdown_state(due, now, start)
    whole = (due - start) if start and due > start else timedelta(hours=1)
    share = max(0, min(100, round(100 * (left / whole))))
    word = _("超时 %(time)s") if state == "over" else _("剩 %(time)s")
    return format_html(
        '<span class="countdown" data-state="{}" data-due="{}" data-start="{}" role="timer">'
        '<svg class="ring" viewBox="0 0 20 20" aria-hidden="true"><circle cx="10" cy="10" r="8"/>'
        '<circle class="left" cx="10" cy="10" r="8" pathLength="100" stroke-dasharray="{} 100"/></svg>'
        "{}<span data-left>{}</span></span>",
        state,
        machine(due),
        machine(start),
        share,
        icon("clock"),
        word % {"time": span(left)},
    )
