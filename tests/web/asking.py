"""Requests as views get them: with an actor, a place in the journal, and somewhere for messages."""

from types import SimpleNamespace

from django.contrib.messages.storage.cookie import CookieStorage
from django.test import RequestFactory

from tests.people import visitor


def ask(
    path="/", data=None, *, actor=None, method="get", htmx=False, cookies=(), signed_in=True
):
    headers = {"HX-Request": "true"} if htmx else {}
    request = getattr(RequestFactory(headers=headers), method)(path, data or {})
    request.user = SimpleNamespace(is_authenticated=signed_in, is_active=True)
    request.actor = actor or visitor()
    request.position = "1:7"
    request.node = SimpleNamespace(name="示例县", is_demo=True)
    request.COOKIES.update(dict(cookies))
    request._messages = CookieStorage(request)
    return request


def text(response):
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode()
