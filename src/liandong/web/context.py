"""What every template is given: county, realm and its clock, position of the page, entries."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL, Actor
from liandong.kernel.realms import Realm
from liandong.web import nav
from liandong.web.requests import actor_of, node_of, position_of

THEMES = frozenset({"light", "dark"})


def chrome(request: HttpRequest) -> dict[str, Any]:
    """Context processor; whatever costs a query is asked for only where a template shows it.

    A page and the panels on it share one answer.
    """
    actor = actor_of(request)
    kept: dict[str, Any] | None = getattr(request, "chrome", None)
    if kept is None or kept["actor"] is not actor:
        kept = _around(request, actor)
        vars(request).update(chrome=kept)
    return kept


def _around(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    theme = request.COOKIES.get("theme", "")
    return {
        "actor": actor,
        "node": SimpleLazyObject(lambda: node_of(request)),
        "position": position_of(request),
        "live_url": live_url(request),
        "realm": actor.realm,
        "is_drill": actor.realm != ACTUAL,
        "drill": SimpleLazyObject(lambda: drill_of(actor.realm)),
        "realm_now": SimpleLazyObject(lambda: clock.now(actor.realm)),
        "realm_rate": SimpleLazyObject(lambda: rate(actor.realm)),
        "nav_entries": SimpleLazyObject(lambda: nav.shown(request)),
        "menu_entries": SimpleLazyObject(lambda: nav.shown(request, in_menu=True)),
        "nav_live": nav.prefixes(),
        "identity_provider": settings.IDENTITY_PROVIDER,
        "theme": theme if theme in THEMES else "",
    }


def live_url(request: HttpRequest) -> str:
    """Where the live stream is: ``LIVE_URL``, or this host at the stream's own port."""
    where = str(getattr(settings, "LIVE_URL", "") or f":{settings.LIVE_PORT}/live")
    if not where.startswith(":"):
        return where
    host, colon, port = request.get_host().rpartition(":")
    name = host if colon and port.isdecimal() else request.get_host()
    return f"{request.scheme}://{name}{where}"


def rate(realm: str) -> int:
    """How many seconds pass in the realm while one passes here."""
    pace = clock.pace_of(realm)
    return pace.rate if pace else 1


def drill_of(realm: str) -> Realm | None:
    """The drill's row, which says whom its mail reaches and whether it is over."""
    return Realm.objects.filter(pk=realm).first()
