"""Pages of the check-up (预案体检): of one plan, and of the county tonight."""

from collections.abc import Iterable

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _
from liandong.organization import queries as organization
from liandong.plans import queries
from liandong.plans.queries import Trouble
from liandong.plans.states import VersionState

ROSTER = "roster"


@login_required
def county(request: HttpRequest) -> HttpResponse:
    """Every plan in force, and what breaks if it happened tonight."""
    found = queries.county_check_up()
    context = {
        "found": found,
        "between": _with_links(found.between),
        "tonight": _with_links(found.tonight),
        "grave": sum(one.is_grave for one in found.tonight),
    }
    return render(request, "plans/county_check_up.html", context)


@login_required
def plan(request: HttpRequest, key: str) -> HttpResponse:
    """One plan: what is wrong with its text, and what would break tonight."""
    versions = list(queries.versions_of(key))
    holding = [one for one in versions if one.state == VersionState.IN_FORCE]
    version = next(iter(holding or versions), None)
    if version is None:
        raise Missing(_("没有这部预案。"), remedy=_("请从预案列表进入。"))
    text, tonight = queries.check_up_of(version)
    context = {
        "version": version,
        "text": _with_links(text),
        "tonight": _with_links(tonight),
        "must": sum(one.is_grave for one in [*text, *tonight]),
        "should": sum(not one.is_grave for one in [*text, *tonight]),
    }
    return render(request, "plans/check_up.html", context)


def _with_links(troubles: Iterable[Trouble]) -> list[tuple[Trouble, str]]:
    """Each trouble with the page on which it is mended; empty where that is the plan's own."""
    bodies = {body.key: body.pk for body in organization.all_bodies()}
    found = []
    for one in troubles:
        key = one.about.partition(".")[0]
        url = ""
        if one.about == ROSTER:
            url = reverse("organization:roster")
        elif key in bodies:
            url = reverse("organization:body", args=[bodies[key]])
        elif one.about:
            url = reverse("organization:bodies")
        found.append((one, url))
    return found
