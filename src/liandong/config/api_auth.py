"""Who calls the API: a device by its token, or a person by the session of their browser."""

from django.http import HttpRequest
from ninja.security import APIKeyCookie, HttpBearer

from liandong.kernel.actors import Actor
from liandong.organization.queries import account_by_token, actor_for
from liandong.web.requests import STRANGER, actor_of


class DeviceToken(HttpBearer):
    """``Authorization: Bearer …`` of a registered device."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        account = account_by_token(token.strip())
        if account is None:
            return None
        actor = actor_for(account)
        vars(request).update(actor=actor)
        return actor


class PersonSession(APIKeyCookie):
    """The browser's session; writing asks for the CSRF token as forms do."""

    param_name = "sessionid"

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:  # noqa: ARG002 -- base class's signature
        actor = actor_of(request)
        return None if actor is STRANGER else actor


AUTH = [DeviceToken(), PersonSession()]
