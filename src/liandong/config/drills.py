"""The realm a browser is in: what is real, or a drill for as long as its person is on the drill's list."""

import re
from collections.abc import Callable
from urllib.parse import unquote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from liandong.documents import marked
from liandong.evaluation import queries
from liandong.kernel.actors import ACTUAL
from liandong.kernel.problems import IllegalMove
from liandong.kernel.wording import gettext as _
from liandong.organization.models import Account
from liandong.web.deeds import go
from liandong.web.errors import problem_page
from liandong.web.requests import actor_of

NAMED = re.compile(r"filename\*=utf-8\'\'([^;]+)|filename=\"([^\"]*)\"", re.IGNORECASE)
SAFE = frozenset({"GET", "HEAD"})
STATED, FIELD = "X-Realm", "page_realm"
HOME = "/"


def realm_of(request: HttpRequest, account: Account) -> str:
    """Settle where this request happens. Whoever was struck from the drill's list is back in what is real.

    The drill is kept on the request for the bar above its page: one query, not two.
    """
    realm = str(request.session.get("realm") or ACTUAL)
    if not realm.startswith(queries.OPENED):
        return realm
    drill = queries.drill_of(realm, str(account.person_id or ""))
    if drill is None:
        del request.session["realm"]
        vars(request).update(was_struck=True)
        return ACTUAL
    vars(request).update(drill=drill)
    return realm


def sent_back(request: HttpRequest) -> HttpResponse | None:
    """Lead out whoever was struck from the list. What they were sending is not done, least of all for real."""
    if not getattr(request, "was_struck", False):
        return None
    words = _("您已被移出这场演练的名单，现已回到实战。")
    if request.method not in SAFE and not request.headers.get("HX-Request"):
        remedy = _("刚才填的没有办理。请从首页进入，办理真实的事。")
        return problem_page(request, IllegalMove(words, remedy=remedy))
    messages.warning(request, words)
    return go(request, HOME)


def demand_same_realm(request: HttpRequest) -> None:
    """Refuse what a page sends that was opened in another realm than its browser is in by now.

    In another window somebody went into the drill, or came out of it: what was played must not be
    done for real, nor what is real be lost in a drill. Pages say where they were opened.
    """
    if request.method in SAFE:
        return
    stated = request.headers.get(STATED) or request.POST.get(FIELD, "")
    here = str(request.session.get("realm") or ACTUAL)
    if stated and stated != here:
        raise IllegalMove(
            _("这一页是在实战里打开的，这个浏览器现在已进入演练，没有办理。")
            if stated == ACTUAL
            else _("这一页是在演练里打开的，这个浏览器现在已不在那场演练里，没有办理。"),
            remedy=_("请重新打开这一页，核对页面上标明的是演练还是实战，再办理。"),
        )


def answered(
    request: HttpRequest, get_response: Callable[[HttpRequest], HttpResponse]
) -> HttpResponse:
    """Answer; whatever paper is written for somebody in a drill says so in its head and in its file's name."""
    if actor_of(request).realm == ACTUAL:
        return get_response(request)
    with marked(_("演练")) as mark:
        response = get_response(request)
    if mark.was_written:
        _name(response, mark.words)
    return response


def _name(response: HttpResponse, words: str) -> None:
    found = NAMED.search(response.get("Content-Disposition", ""))
    if found:
        name = unquote(found[1]) if found[1] else found[2]
        response["Content-Disposition"] = content_disposition_header(
            as_attachment=True, filename=f"【{words}】{name}"
        )
