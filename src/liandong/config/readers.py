"""Who is reading a live stream: the session's account, and what it may see just now."""

from http.cookies import SimpleCookie
from importlib import import_module

from django.conf import settings
from django.contrib.auth import SESSION_KEY, get_user
from django.http import HttpRequest

from liandong.config.middleware import owed, standing_in, stands
from liandong.kernel.actors import Actor


def reader_of(cookies: str) -> Actor | None:
    """Find the actor behind a Cookie header; None for who is not signed in, or has not done so whole."""
    jar = SimpleCookie(cookies)
    morsel = jar.get(settings.SESSION_COOKIE_NAME)
    if morsel is None:
        return None
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(morsel.value)
    if SESSION_KEY not in request.session:
        return None
    request.user = get_user(request)
    if not stands(request):
        return None
    standing = standing_in(request)
    return standing.actor if standing and not owed(request, standing) else None
