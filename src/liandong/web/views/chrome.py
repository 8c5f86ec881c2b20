"""Parts of the chrome that refresh by themselves."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_required
def nav(request: HttpRequest) -> HttpResponse:
    """Draw the top bar's entries anew, as the page at ``?at=`` has them."""
    at = request.GET.get("at", "/")
    request.path = at if at.startswith("/") and "\0" not in at else "/"
    return render(request, "web/components/nav.html")
