"""Pages of plans: which there are, what one says, and what may be asked."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _
from liandong.organization import queries as organization
from liandong.plans import queries
from liandong.plans.language import dictionary
from liandong.plans.states import VersionState


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
        "versions": versions,
        "plan": document,
        "levels": queries.level_pages(document, names),
        "ends": queries.end_lines(document),
        "groups": queries.group_lines(document, names),
    }
    return render(request, "plans/plan_page.html", context)


@login_required
def facts(request: HttpRequest) -> HttpResponse:
    """The fact dictionary: what may be asked, of whom, in which unit."""
    return render(request, "plans/fact_list.html", {"facts": dictionary().values()})
