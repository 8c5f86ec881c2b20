"""What has to be mended: the list, and what its owner and whoever checks say."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liandong.evaluation import actions, queries
from liandong.evaluation.forms.evaluation import CheckForm, FinishForm
from liandong.evaluation.permissions import Permission
from liandong.evaluation.states import ImprovementState
from liandong.plans.queries import today
from liandong.web.deeds import deed
from liandong.web.requests import actor_of

MOST = 300


def improvements(request: HttpRequest) -> HttpResponse:
    """All that this reader sees: to mend, to check, done."""
    actor = actor_of(request)
    actor.demand(Permission.READ_DRILL)
    now = today()
    rows = [(one, one.is_late(now)) for one in queries.visible_improvements(actor)[:MOST]]
    groups = [
        (state.label, [pair for pair in rows if pair[0].state == state])
        for state in ImprovementState
    ]
    mine = {str(one.pk) for one in queries.improvements_owed(actor)}
    context = {
        "groups": groups,
        "mine": mine,
        "may_check": actor.may(Permission.CHECK_IMPROVEMENT),
    }
    return render(request, "evaluation/improvements.html", context)


def finish(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Report it done."""
    actor = actor_of(request)
    actor.demand(Permission.FINISH_IMPROVEMENT)
    found = queries.improvement_for(actor, pk)
    return deed(
        request,
        FinishForm(request.POST or None, initial={"expected_version": found.version}),
        run=lambda data: actions.finish_improvement(actor, improvement=found, **data),
        to=reverse("evaluation:improvements"),
        context={"note": found.wanted, "back": reverse("evaluation:improvements")},
    )


def check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say whether it is."""
    actor = actor_of(request)
    actor.demand(Permission.CHECK_IMPROVEMENT)
    found = queries.improvement_for(actor, pk)
    return deed(
        request,
        CheckForm(request.POST or None, initial={"expected_version": found.version}),
        run=lambda data: actions.check_improvement(actor, improvement=found, **data),
        to=reverse("evaluation:improvements"),
        context={"note": found.done_words, "back": reverse("evaluation:improvements")},
    )
