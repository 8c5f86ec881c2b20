"""The duty desk: what needs me now. Made of panels that the apps above put into its slots."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def desk(request: HttpRequest) -> HttpResponse:
    """Show the first page everybody sees; slots ``organization.desk.ring|now|later|middle|side|strip``."""
    return render(request, "organization/desk.html")
