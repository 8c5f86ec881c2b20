"""Who else is filling in the forms of a page: asked by the page every few seconds, all forms at once."""

import json
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, JsonResponse
from django.http.request import RawPostDataException
from django.views.decorators.http import require_POST

from liandong.kernel.wording import gettext as _
from liandong.web import presence
from liandong.web.problems import BadQuery
from liandong.web.requests import actor_of


@login_required
@require_POST
def writers(request: HttpRequest) -> JsonResponse:
    """Answer ``{"forms": [{"ticket", "writing"}]}`` with who else writes in each; in the same order."""
    actor = actor_of(request)
    places = [
        presence.place(
            actor, str(one.get("ticket", ""))[:600], writing=one.get("writing") is True
        )
        for one in _asked(request)
    ]
    return JsonResponse({"forms": presence.look(actor, places)})


def _asked(request: HttpRequest) -> list[dict[str, Any]]:
    try:
        forms = json.loads(request.body)["forms"]
    except (ValueError, KeyError, TypeError, RawPostDataException) as wrong:
        raise _unreadable() from wrong
    if not isinstance(forms, list) or not all(isinstance(one, dict) for one in forms):
        raise _unreadable()
    return forms[: presence.MOST]


def _unreadable() -> BadQuery:
    return BadQuery(_("页面问的话读不懂。"), remedy=_("请刷新页面。"))
