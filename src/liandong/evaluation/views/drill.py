"""Drills: the list, one of them, its plan, its list of people, its clock."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liandong.evaluation import actions, queries
from liandong.evaluation.adapters.year_paper import basis
from liandong.evaluation.forms import drill as forms
from liandong.evaluation.models import Drill
from liandong.evaluation.permissions import Permission
from liandong.evaluation.rules.drill import may_see_script, may_steer, seated
from liandong.evaluation.rules.milestone import said
from liandong.evaluation.states import OVER, STAFF, DrillState, InjectKind
from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.kernel.journal.reading import timeline
from liandong.plans.queries import today
from liandong.web.deeds import deed
from liandong.web.requests import actor_of

KIND = "evaluation.drill"
MOST = 200
MOST_TOLD = 60


def drills(request: HttpRequest) -> HttpResponse:
    """All of them: under way, planned, over."""
    actor = actor_of(request)
    actor.demand(Permission.READ_DRILL)
    rows = list(queries.visible_drills(actor)[:MOST])
    context = {
        "under_way": [one for one in rows if one.is_under_way],
        "planned": [one for one in rows if one.state == DrillState.PLANNED][::-1],
        "past": [one for one in rows if one.state in OVER],
        "due": queries.plans_due(actor) if actor.realm == ACTUAL else [],
        "basis": basis(),
        "this_year": today().year,
        "may_plan": actor.realm == ACTUAL and actor.may(Permission.PLAN_DRILL),
    }
    return render(request, "evaluation/drills.html", context)


def drill(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One of them: what it is for, who takes part, its script as far as one may know it."""
    actor = actor_of(request)
    actor.demand(Permission.READ_DRILL)
    found = queries.drill_for(actor, pk)
    part = queries.part_in(found, actor)
    sees = may_see_script(actor, part)
    script = queries.script_of(found) if sees else []
    context = {
        "drill": found,
        "plans": list(found.plans.order_by("key")),
        "places": queries.enrolments_of(found),
        "part": part,
        "script": [(one, said(one.condition), said(one.expects)) for one in script],
        "sees_script": sees,
        "told": queries.told_to_players(found),
        "kinds": InjectKind.choices,
        "now": clock.now(found.realm),
        "story": timeline(actor, subject=(KIND, str(found.pk)), limit=MOST_TOLD),
        "may_plan": actor.realm == ACTUAL and actor.may(Permission.PLAN_DRILL),
        "may_steer": may_steer(actor, part),
        "may_convert": actor.may(Permission.CONVERT_DRILL),
        "may_report": found.began_at is not None and (part in STAFF or found.state in OVER),
        "is_over": found.state in OVER,
    }
    return render(request, "evaluation/drill.html", context)


def plan(request: HttpRequest) -> HttpResponse:
    """A new one."""
    actor = actor_of(request)
    actor.demand(Permission.PLAN_DRILL)
    return deed(
        request,
        forms.PlanDrillForm(
            request.POST or None, initial={"plans": request.GET.getlist("plan")}
        ),
        run=lambda data: actions.plan_drill(actor, **data),
        to=lambda made: reverse("evaluation:drill", args=[made.pk]),
        context={"back": reverse("evaluation:drills")},
    )


def revise(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change it before it starts."""
    actor = actor_of(request)
    actor.demand(Permission.PLAN_DRILL)
    found = queries.drill_for(actor, pk)
    initial = {
        name: getattr(found, name)
        for name in ("name", "kind", "rate", "planned_for", "told_from", "objectives")
    } | {
        "plans": [str(one.pk) for one in found.plans.all()],
        "expected_version": found.version,
    }
    return _deed(
        request,
        found,
        forms.ReviseDrillForm(request.POST or None, initial=initial),
        lambda data: actions.revise_drill(actor, drill=found, **data),
    )


def call_off(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Do not hold it."""
    actor = actor_of(request)
    actor.demand(Permission.PLAN_DRILL)
    found = queries.drill_for(actor, pk)
    return _deed(
        request,
        found,
        forms.CallOffForm(request.POST or None, initial=_seen(found)),
        lambda data: actions.call_off_drill(actor, drill=found, **data),
    )


def enrol(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put people on its list."""
    actor = actor_of(request)
    actor.demand(Permission.PLAN_DRILL)
    found = queries.drill_for(actor, pk)
    return _deed(
        request,
        found,
        forms.EnrolForm(request.POST or None, drill=found),
        lambda data: actions.enrol_people(actor, drill=found, **data),
    )


def strike(request: HttpRequest, pk: UUID, person: UUID) -> HttpResponse:
    """Take somebody off its list."""
    actor = actor_of(request)
    actor.demand(Permission.PLAN_DRILL)
    found = queries.drill_for(actor, pk)
    return _deed(
        request,
        found,
        forms.StrikeForm(request.POST or None),
        lambda data: actions.strike_person(actor, drill=found, person=person, **data),
    )


STEERING: dict[str, tuple[type[forms.ButtonForm], Callable[..., Drill]]] = {
    "start": (forms.StartForm, actions.start_drill),
    "pause": (forms.PauseForm, actions.pause_drill),
    "resume": (forms.ResumeForm, actions.resume_drill),
    "speed": (forms.SpeedForm, actions.set_drill_speed),
    "end": (forms.EndForm, actions.end_drill),
}


def steer(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """Start it, hold its clock, end it: in its own realm, wherever the controller's page stands."""
    actor = actor_of(request)
    actor.demand(Permission.RUN_DRILL)
    found = queries.drill_for(actor, pk)
    form, act = STEERING[name]
    initial = _seen(found) | {"rate": found.rate}
    return _deed(
        request,
        found,
        form(request.POST or None, initial=initial),
        lambda data: act(seated(actor, found), drill=found, **data),
    )


def _seen(found: Drill) -> dict[str, Any]:
    return {"expected_version": found.version}


def _deed(request: HttpRequest, found: Drill, form: Any, run: Any) -> HttpResponse:
    page = reverse("evaluation:drill", args=[found.pk])
    return deed(request, form, run=run, to=page, context={"note": found.name, "back": page})
