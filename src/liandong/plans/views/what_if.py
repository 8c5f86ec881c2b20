"""The page on which a plan is tried: what would follow if this and that were so."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from liandong.kernel import clock
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.plans import queries
from liandong.plans.forms import WhatIfForm
from liandong.plans.language import Plan, TooManyCasesError, Townships
from liandong.plans.views.version import version_among
from liandong.web.requests import actor_of, is_htmx

ASKED = "asked"  # sent with the form: what stands blank in it is not known


@login_required
def what_if(request: HttpRequest, key: str, number: int | None = None) -> HttpResponse:
    """Suppose facts, and see every level, what would decide, and who would be ordered what. Writes nothing."""
    actor = actor_of(request)
    version = version_among(list(queries.versions_of(key)), number)
    document = queries.plan_of(version)
    at, areas = clock.now(actor.realm), queries.townships()
    incident = _incident(request)
    facts = queries.facts_looked_at(actor, document, areas, at, incident)
    form = WhatIfForm(request.GET if ASKED in request.GET else None, facts=facts, areas=areas)
    if form.is_bound:
        form.full_clean()
    context = {
        "version": version,
        "plan": document,
        "form": form,
        "asked": ASKED,
        "incident": incident,
        "taken_over": sum(1 for _, known in facts if known and known.source) if incident else 0,
        "answer": _answer(document, form, areas, at),
    }
    template = "plans/_answer.html" if is_htmx(request) else "plans/what_if.html"
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _incident(request: HttpRequest) -> str:
    """The incident whose facts are taken over; none where what was sent names none."""
    try:
        return str(UUID(request.GET.get("incident", "")))
    except ValueError:
        return ""


def _answer(plan: Plan, form: WhatIfForm, areas: Townships, at: datetime) -> queries.Answer:
    try:
        return queries.supposed(plan, form.supposed(), areas, at, queries.Book(at))
    except TooManyCasesError as tangled:
        raise Invalid(
            str(tangled), place=_("假设的情况"), remedy=_("请先填上所列的几项再研判。")
        ) from tangled
