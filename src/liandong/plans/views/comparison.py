"""The page on which two versions of a plan are held beside each other."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from liandong.plans import queries
from liandong.plans.views.version import version_among


@login_required
def comparison(request: HttpRequest, key: str, before: int, after: int) -> HttpResponse:
    """What is not the same in a later version, the plan as a whole first, then level by level."""
    versions = list(queries.versions_of(key))
    older, newer = (version_among(versions, number) for number in (before, after))
    parts = queries.compared(
        queries.plan_of(older), queries.plan_of(newer), queries.Book().names
    )
    context = {"older": older, "newer": newer, "parts": parts}
    return render(request, "plans/comparison.html", context)
