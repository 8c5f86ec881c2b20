"""Pages of plans: which there are, what one says, and putting a draft into force."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _
from liandong.plans import actions, queries
from liandong.plans.forms import AdoptDraftForm
from liandong.plans.models import PlanVersion
from liandong.plans.permissions import Permission
from liandong.plans.states import VersionState
from liandong.plans.views.life import life_card
from liandong.web.deeds import deed
from liandong.web.requests import actor_of


@login_required
def plans(request: HttpRequest) -> HttpResponse:
    """The plans that hold now."""
    context = {
        "versions": queries.versions_in_force(),
        "may_draft": actor_of(request).may(Permission.DRAFT_VERSION),
    }
    return render(request, "plans/plan_list.html", context)


@login_required
def plan(request: HttpRequest, key: str, number: int | None = None) -> HttpResponse:
    """One plan, as it holds now or in an older version: levels, conditions, deciders, steps."""
    versions = list(queries.versions_of(key))
    shown = version_among(versions, number)
    document, names = queries.plan_of(shown), queries.Book().names
    actor = actor_of(request)
    context = {
        "version": shown,
        "may_adopt": shown.state == VersionState.DRAFT
        and actor.may(Permission.ADOPT_VERSION, hazard=shown.hazard),
        "may_draft": actor.may(Permission.DRAFT_VERSION, hazard=shown.hazard),
        "manuscripts": queries.manuscripts_visible(actor).filter(key=key),
        "versions": versions,
        "holding": next((one for one in versions if one.state == VersionState.IN_FORCE), None),
        "plan": document,
        "levels": queries.level_pages(document, names),
        "ends": queries.end_lines(document),
        "groups": queries.group_lines(document, names),
        "life": life_card(shown, actor_of(request)),
    }
    return render(request, "plans/plan_page.html", context)


def version_among(versions: list[PlanVersion], number: int | None) -> PlanVersion:
    """The version with a number; without one that in force, else the newest. Raises ``Missing``."""
    wanted = [one for one in versions if number in {None, one.number}]
    holding = [one for one in wanted if one.state == VersionState.IN_FORCE]
    found = next(iter(holding or wanted), None)
    if found is None:
        raise Missing(_("没有这部预案。"), remedy=_("请从预案列表进入。"))
    return found


@login_required
def adopt(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Enter a draft as a plan that had been issued on paper."""
    actor = actor_of(request)
    draft = queries.version_numbered(key, number)
    actor.demand(Permission.ADOPT_VERSION, hazard=draft.hazard)
    back = reverse("plans:version", args=[key, number])
    return deed(
        request,
        AdoptDraftForm(
            request.POST or None,
            initial={"expected_version": draft.version, "issued_on": queries.today()},
        ),
        run=lambda data: actions.adopt_draft(
            actor, draft=draft, **{"expected_version": 0, **data}
        ),
        to=back,
        context={"back": back, "note": str(draft)},
    )
