"""The page on which two versions of a plan are held beside each other."""

from itertools import groupby

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from liandong.kernel.wording import gettext as _
from liandong.plans import queries
from liandong.plans.language import differences, level_label
from liandong.plans.views.version import version_among


@login_required
def comparison(request: HttpRequest, key: str, before: int, after: int) -> HttpResponse:
    """What is not the same in a later version, the plan as a whole first, then level by level."""
    versions = list(queries.versions_of(key))
    older, newer = (version_among(versions, number) for number in (before, after))
    found = differences(
        queries.plan_of(older), queries.plan_of(newer), names=queries.Book().names
    )
    parts = [
        (_(level_label(level)) if level else _("全案"), list(some))
        for level, some in groupby(found, key=lambda one: one.level)
    ]
    context = {"older": older, "newer": newer, "parts": parts, "count": len(found)}
    return render(request, "plans/comparison.html", context)
