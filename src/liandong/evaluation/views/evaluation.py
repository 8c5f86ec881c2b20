"""The evaluation of a drill: its report page, and what is entered there."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liandong.evaluation import actions, queries
from liandong.evaluation.forms import evaluation as forms
from liandong.evaluation.models import Drill
from liandong.evaluation.permissions import Permission
from liandong.evaluation.rules.drill import seated
from liandong.evaluation.rules.evaluation import demand_staff
from liandong.evaluation.rules.scoring import in_time, sheet_of, steps_of, whole
from liandong.evaluation.states import OVER, STAFF, DrillState
from liandong.kernel.actors import ACTUAL
from liandong.kernel.journal.reading import timeline
from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _
from liandong.web.deeds import deed
from liandong.web.requests import actor_of

KIND = "evaluation.drill"
MOST_TOLD = 400


def report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How it went. While it goes on, for those who watch; once it is over, for whoever sees it."""
    actor = actor_of(request)
    actor.demand(Permission.READ_DRILL)
    found = queries.drill_for(actor, pk)
    part = queries.part_in(found, actor)
    if found.state not in OVER and part not in STAFF:
        raise Missing(_("演练结束后才有评估报告。"), remedy=_("请在演练结束后再看。"))
    orders = {str(one.pk): one for one in queries.orders_of(found)}
    sheet, steps = sheet_of(found, orders), steps_of(orders)
    is_over = found.state in (DrillState.ENDED, DrillState.REPORTED)
    at_home = actor.realm == ACTUAL
    context = {
        "drill": found,
        "plans": list(found.plans.order_by("key")),
        "places": queries.enrolments_of(found),
        "aims": queries.aims_of(found),
        "sheet": sheet,
        "in_time": in_time(sheet),
        "whole": whole(sheet),
        "steps": steps,
        "tally": queries.tally_of(found),
        "observations": queries.observations_of(found),
        "improvements": queries.improvements_of(found),
        "story": timeline(replace(actor, realm=found.realm), limit=MOST_TOLD)[::-1],
        "may_observe": part in STAFF
        and found.state != DrillState.REPORTED
        and actor.may(Permission.NOTE_OBSERVATION),
        "may_rate": part in STAFF and at_home and found.state == DrillState.ENDED,
        "may_report": at_home
        and found.state == DrillState.ENDED
        and actor.may(Permission.REPORT_DRILL),
        "may_ask": at_home and is_over and actor.may(Permission.ASK_IMPROVEMENT),
    }
    return render(request, "evaluation/report.html", context)


def observe(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down what was seen."""
    actor = actor_of(request)
    actor.demand(Permission.NOTE_OBSERVATION)
    found = queries.drill_for(actor, pk)
    demand_staff(actor, found)
    return _deed(
        request,
        found,
        forms.ObservationForm(request.POST or None, drill=found),
        lambda data: actions.note_observation(seated(actor, found), drill=found, **data),
    )


def rate(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Say how far an objective was met."""
    actor = actor_of(request)
    actor.demand(Permission.NOTE_OBSERVATION)
    found = queries.drill_for(actor, pk)
    if not 1 <= number <= len(found.aims):
        raise Missing(_("没有这条目标。"), remedy=_("请从评估报告页进入。"))
    return _deed(
        request,
        found,
        forms.RateForm(request.POST or None),
        lambda data: actions.rate_aim(actor, drill=found, number=number, **data),
        note=found.aims[number - 1],
    )


def conclude(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Conclude it."""
    actor = actor_of(request)
    actor.demand(Permission.REPORT_DRILL)
    found = queries.drill_for(actor, pk)
    return _deed(
        request,
        found,
        forms.ReportForm(request.POST or None, initial={"expected_version": found.version}),
        lambda data: actions.report_drill(actor, drill=found, **data),
    )


def ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask somebody to mend something."""
    actor = actor_of(request)
    actor.demand(Permission.ASK_IMPROVEMENT)
    found = queries.drill_for(actor, pk)
    return _deed(
        request,
        found,
        forms.AskImprovementForm(request.POST or None, drill=found),
        lambda data: actions.ask_improvement(actor, drill=found, **data),
    )


def _deed(
    request: HttpRequest, found: Drill, form: Any, run: Any, note: str = ""
) -> HttpResponse:
    page = reverse("evaluation:report", args=[found.pk])
    return deed(
        request, form, run=run, to=page, context={"note": note or found.name, "back": page}
    )
