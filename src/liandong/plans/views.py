"""Pages of plans: which there are, what one says, and what may be asked."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _
from liandong.organization import queries as organization
from liandong.plans import actions, queries
from liandong.plans.forms import IN_FORCE, AdoptDraftForm, AdoptLibraryForm
from liandong.plans.language import dictionary, load
from liandong.plans.models import PlanVersion
from liandong.plans.permissions import Permission
from liandong.plans.states import VersionState
from liandong.web.deeds import deed
from liandong.web.requests import actor_of, place_of


@login_required
def plans(request: HttpRequest) -> HttpResponse:
    """The plans that hold now."""
    return render(request, "plans/plan_list.html", {"versions": queries.versions_in_force()})


@login_required
def plan(request: HttpRequest, key: str, number: int | None = None) -> HttpResponse:
    """One plan, as it holds now or in an older version: levels, conditions, deciders, steps."""
    versions = list(queries.versions_of(key))
    wanted = [one for one in versions if number in {None, one.number}]
    holding = [one for one in wanted if one.state == VersionState.IN_FORCE]
    shown = next(iter(holding or wanted), None)
    if shown is None:
        raise Missing(_("没有这部预案。"), remedy=_("请从预案列表进入。"))
    document = queries.plan_of(shown)
    names = {
        post.key: f"{post.body.short_name}{post.title}" for post in organization.all_posts()
    }
    names |= {body.key: body.short_name for body in organization.all_bodies()}
    context = {
        "version": shown,
        "may_adopt": shown.state == VersionState.DRAFT
        and actor_of(request).may(Permission.ADOPT_VERSION, hazard=shown.hazard),
        "versions": versions,
        "plan": document,
        "levels": queries.level_pages(document, names),
        "ends": queries.end_lines(document),
        "groups": queries.group_lines(document, names),
    }
    return render(request, "plans/plan_page.html", context)


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


@login_required
def adopt(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Put a draft into force."""
    actor = actor_of(request)
    draft = queries.versions_of(key).filter(number=number).first()
    if draft is None:
        raise Missing(_("没有这部预案。"), remedy=_("请从预案列表进入。"))
    actor.demand(Permission.ADOPT_VERSION, hazard=draft.hazard)
    back = reverse("plans:version", args=[key, number])
    return deed(
        request,
        AdoptDraftForm(request.POST or None, initial={"expected_version": draft.version}),
        run=lambda data: actions.adopt_draft(
            actor, draft=draft, **{"expected_version": 0, **data}
        ),
        to=back,
        context={"back": back, "note": str(draft)},
    )


@login_required
def facts(request: HttpRequest) -> HttpResponse:
    """The fact dictionary: what may be asked, of whom, in which unit."""
    return render(request, "plans/fact_list.html", {"facts": dictionary().values()})
