"""Parts of the chrome that refresh by themselves."""

from django.contrib.auth.decorators import login_not_required, login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST
from django.views.i18n import set_language


@login_required
def nav(request: HttpRequest) -> HttpResponse:
    """Draw the top bar's entries anew, as the page at ``?at=`` has them."""
    at = request.GET.get("at", "/")
    request.path = at if at.startswith("/") and "\0" not in at else "/"
    return render(request, "web/components/nav.html")


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Let this browser speak another language, and go back to the page."""
    return set_language(request)
