"""Ending one sign-in: one's own, or somebody's whose browser was left open."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from liandong.organization import actions, queries
from liandong.organization.models import Account, AccountSession
from liandong.organization.permissions import Permission
from liandong.organization.views.fetching import found
from liandong.web.deeds import go
from liandong.web.requests import actor_of

DONE = gettext_lazy("这处登录已经结束。")


@require_POST
def end_session(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End one sign-in of somebody's account."""
    actor = actor_of(request)
    actor.demand(Permission.END_SESSIONS)
    row = found(AccountSession.objects.select_related("account"), pk)
    actions.end_session(actor, session=row)
    messages.success(request, str(DONE))
    return go(request, reverse("organization:account", args=[row.account_id]))


@require_POST
def end_own_session(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End one of one's own sign-ins elsewhere."""
    account = cast("Account", request.user)
    row = found(queries.sessions_of(account).select_related("account"), pk)
    actions.end_own_session(actor_of(request), session=row)
    messages.success(request, str(DONE))
    return go(request, reverse("organization:me"))
