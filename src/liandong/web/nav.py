"""Entries of the top bar and of the account menu. Apps register theirs in ``panels.py``."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from liandong.web.requests import actor_of
from liandong.web.shielding import shielded

Count = Callable[[HttpRequest], int]
Text = str | Promise


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A link everybody with the permission has at hand, and how much waits behind it."""

    label: Text
    url_name: str
    permission: str
    order: int
    icon: str
    count: Count | None
    urgent: bool
    live: tuple[str, ...]
    in_menu: bool
    key: str


@dataclass(frozen=True)
class Shown:
    """An entry as one request sees it."""

    label: str
    url: str
    icon: str
    count: int
    urgent: bool
    current: bool
    key: str


_entries: dict[str, Entry] = {}


def entry(  # noqa: PLR0913 -- an entry has the parts it has
    label: Text,
    url_name: str,
    permission: str = "",
    *,
    order: int = 100,
    icon: str = "",
    count: Count | None = None,
    urgent: bool = False,
    live: tuple[str, ...] = (),
    in_menu: bool = False,
    key: str = "",
) -> None:
    """Put a link into the top bar, or into the account menu.

    ``live`` names prefixes of events after which ``count`` is asked again; an ``urgent`` count
    is drawn red; ``key`` is what opens it from the keyboard, such as ``gs`` for G, then S.
    """
    _entries[url_name] = Entry(
        label=label,
        url_name=url_name,
        permission=str(permission),
        order=order,
        icon=icon,
        count=count,
        urgent=urgent,
        live=live,
        in_menu=in_menu,
        key=key,
    )


def shown(request: HttpRequest, *, in_menu: bool = False) -> list[Shown]:
    """The entries this request's actor may use; the one with the longest fitting address is current."""
    actor = actor_of(request)
    mine = [
        (entry, url)
        for entry in sorted(_entries.values(), key=lambda one: (one.order, one.url_name))
        if entry.in_menu == in_menu
        and (not entry.permission or actor.may(entry.permission))
        and (url := _url(entry.url_name))
    ]
    fitting = (url for _, url in mine if _leads(url, request.path))
    here = max(fitting, key=len, default="")
    return [_show(request, entry, url, here) for entry, url in mine]


def prefixes() -> str:
    """Every event prefix after which some count may have changed, for ``data-live``."""
    return " ".join(sorted({prefix for entry in _entries.values() for prefix in entry.live}))


def _show(request: HttpRequest, entry: Entry, url: str, here: str) -> Shown:
    ask = entry.count
    count = shielded(request, lambda: ask(request)) if ask else 0
    number = count if isinstance(count, int) else 0
    return Shown(
        label=str(entry.label),
        url=url,
        icon=entry.icon,
        count=number,
        urgent=entry.urgent,
        current=url == here,
        key=entry.key,
    )


def _leads(url: str, path: str) -> bool:
    """Say whether a page lies behind an entry; every page lies below the front page, so not there."""
    return path == url if url == "/" else path.startswith(url)


@cache
def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
