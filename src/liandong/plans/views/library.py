"""Pages of the library: which plans ship, and taking one over."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _
from liandong.plans import actions, queries
from liandong.plans.forms import IN_FORCE, AdoptLibraryForm
from liandong.plans.language import load
from liandong.plans.models import PlanVersion
from liandong.plans.permissions import Permission
from liandong.web.deeds import deed
from liandong.web.requests import actor_of, place_of


@login_required
def library(request: HttpRequest) -> HttpResponse:
    """The plans that ship with the program, and which of them the county has taken."""
    held = {version.key: version for version in queries.versions_in_force()}
    rows = [(one, held.get(one.key)) for one in queries.shipped_plans()]
    may = actor_of(request).may(Permission.ADOPT_VERSION)
    return render(request, "plans/library.html", {"rows": rows, "may_adopt": may})


@login_required
def take(request: HttpRequest, name: str) -> HttpResponse:
    """Make a plan of the library the county's own; steps at which nobody answers are shown first."""
    actor = actor_of(request)
    actor.demand(Permission.ADOPT_VERSION)
    shipped = next((one for one in queries.shipped_plans() if one.name == name), None)
    if shipped is None:
        raise Missing(_("库里没有这部预案。"), remedy=_("请从预案库进入。"))
    county = place_of(request).county or shipped.title
    document = load(queries.localized(name, county))

    def run(data: dict[str, Any]) -> PlanVersion:
        text = queries.localized(name, county, data["number"])
        do = actions.adopt_version if data["how"] == IN_FORCE else actions.draft_version
        return do(actor, text=text, idempotency_key=data["idempotency_key"])

    return deed(
        request,
        AdoptLibraryForm(request.POST or None),
        run=run,
        to=lambda made: reverse("plans:version", args=[made.key, made.number]),
        template="plans/take.html",
        context={
            "back": reverse("plans:library"),
            "plan": document,
            "gaps": queries.gaps_of(document),
        },
    )
