"""Who acts in this request, and whether they may come in at all."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from liandong.config import desks, drills
from liandong.config.accounts import (
    address_of,
    listen,
    proofs_by_provider,
    proved_twice_elsewhere,
)
from liandong.kernel.identity import shown_node
from liandong.kernel.journal.reading import position
from liandong.kernel.problems import Problem
from liandong.kernel.wording import gettext as _
from liandong.organization.actions import keep_session
from liandong.organization.models import Account
from liandong.organization.queries import Standing, session_stands, standing_of
from liandong.web.browsers import browser_words
from liandong.web.errors import problem_page
from liandong.web.requests import STRANGER, is_htmx

PROVED = "second_factor"
SESSION = "session"  # which row of the sessions list this browser is
# Where one signs in, what the sign-in page looks like, and how a telephone comes to trust it.
OPEN = ("/accounts/", "/static/", "/trust/")
KEPT_APART = ("/api/",)  # lets its own callers in
PERSONAL = ("/accounts/", "/organization/me/")  # where a shared machine has no business


class SessionOverError(Problem):
    """A form came back after its session had ended."""

    status, code = 401, "session-over"


class ActorMiddleware:
    """Gives each request its actor, its place in the journal and its node; strangers must sign in.

    Rights are asked for anew with each request, so a locked account, an ended session or a post
    that was given up counts from the next click on. Every page asks for a signed-in account,
    except what Django's ``login_not_required`` names.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        listen()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith((*OPEN, *KEPT_APART)):
            desks.let_in(request)
        standing = attach(request)
        detour = drills.sent_back(request) or (standing and self._detour(request, standing))
        return detour or drills.answered(request, self.get_response)

    def process_view(
        self,
        request: HttpRequest,
        view: Any,
        _args: Any,
        _kwargs: Any,
    ) -> HttpResponse | None:
        """Send strangers to the door; take signatures where a machine is shared.

        What comes from a page of another realm is refused.
        """
        if desks.is_desk(request) and getattr(request, "standing", None):
            desks.ask_for_signature(request)
        if request.user.is_authenticated:
            return _refused(request)
        if not getattr(view, "login_required", True):
            return None
        if request.path.startswith(KEPT_APART):
            return None
        if is_htmx(request):
            return _toast(request)
        if request.method not in {"GET", "HEAD"}:
            return problem_page(request, _over())
        return redirect_to_login(request.get_full_path(), reverse(settings.LOGIN_URL))

    def _detour(self, request: HttpRequest, standing: Standing) -> HttpResponse | None:
        """Send whoever still has to mend their account to where that is done."""
        if desks.is_desk(request) and request.path.startswith(PERSONAL):
            return HttpResponseRedirect(reverse("organization:shared"))
        place = owed(request, standing)
        if not place or request.path.startswith(OPEN):
            return None
        if request.path.startswith(KEPT_APART):
            vars(request).update(actor=STRANGER)
            return None
        if is_htmx(request):
            return HttpResponse(headers={"HX-Redirect": reverse(place)})
        return HttpResponseRedirect(reverse(place))


def attach(request: HttpRequest) -> Standing | None:
    """Put actor, standing, position and node on the request."""
    vars(request).update(
        node=SimpleLazyObject(shown_node), actor=STRANGER, standing=None, position=""
    )
    if desks.is_desk(request):
        desks.operator_of(request)
    standing = standing_in(request) if _is_kept(request) else None
    if standing is None:
        return None
    # Read before the page's own queries: what happens meanwhile the live stream brings.
    whole_page = request.method == "GET" and not is_htmx(request)
    if whole_page and not request.path.startswith((*OPEN, *KEPT_APART)):
        vars(request).update(position=position())
    vars(request).update(actor=standing.actor, standing=standing)
    return standing


def _is_kept(request: HttpRequest) -> bool:
    """Keep the browser in the sessions list; leave it where somebody ended it from elsewhere."""
    account = request.user
    if not isinstance(account, Account):
        return False
    kept = keep_session(
        account,
        known=str(request.session.get(SESSION, "")),
        browser=browser_words(request.headers.get("User-Agent", "")),
        address=address_of(request),
    )
    if not kept:
        logout(request)
        return False
    if SESSION not in request.session:
        request.session[SESSION] = kept
    return True


def stands(request: HttpRequest) -> bool:
    """Say whether nobody ended this browser's sign-in; one that has no row yet stands."""
    known = request.session.get(SESSION)
    return not known or session_stands(known)


def standing_in(request: HttpRequest) -> Standing | None:
    """Find where the session's account stands; None for strangers and shut accounts."""
    account = request.user
    if not isinstance(account, Account) or not account.is_open:
        return None
    return standing_of(
        account,
        realm=drills.realm_of(request, account),
        post=request.session.get("post"),
        operator=str(request.session.get("operator", "")),
    )


def owed(request: HttpRequest, standing: Standing) -> str:
    """Name the page an account has to pass first: a password of its own, a second factor."""
    account = request.user
    if desks.is_desk(request):
        return ""
    # Whoever came in by the county's provider has no use for a one-time password.
    owes_password = getattr(account, "must_change_password", False)
    if owes_password and not proofs_by_provider(request, account):
        return "account_change_password"
    if not standing.asks_twice or request.session.get(PROVED):
        return ""
    if proved_twice_elsewhere(request, account) or is_mfa_enabled(account):
        request.session[PROVED] = True
        return ""
    # A demonstration's passwords stand in its manual; a second factor would only be in the way.
    node = shown_node()
    return "" if node and node.is_demo else "mfa_activate_totp"


def _refused(request: HttpRequest) -> HttpResponse | None:
    """Answer what comes from a page of another realm; let everything else pass."""
    if request.path.startswith((*OPEN, *KEPT_APART)):
        return None
    try:
        drills.demand_same_realm(request)
    except Problem as problem:
        return problem_page(request, problem)
    return None


def _over() -> SessionOverError:
    return SessionOverError(
        _("登录已经结束，这一次没有办成。"),
        remedy=_("填过的内容还在这台电脑上。请重新登录，再打开原来的页面提交。"),
    )


def _toast(request: HttpRequest) -> HttpResponse:
    """Tell a page whose session is over, and leave the form in it as it is."""
    response = render(
        request, "organization/_session_over.html", {"problem": _over()}, status=401
    )
    response["HX-Retarget"] = "[data-toasts]"
    response["HX-Reswap"] = "beforeend"
    return response
