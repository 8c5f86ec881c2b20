"""Plans as they are carried out: every step, what became of it, and departing from the plan."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liandong.command import actions, queries
from liandong.command.forms.step import AddForm, DropForm, ReassignForm, ReissueForm, SettleForm
from liandong.command.models import Incident
from liandong.command.permissions import Permission
from liandong.command.states import OrderKind, TaskKind
from liandong.command.views.visit import Visit
from liandong.kernel import clock
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _
from liandong.organization import queries as organization
from liandong.plans import queries as plans
from liandong.plans.language import DEED_LABELS, Step
from liandong.plans.models import Run
from liandong.web.deeds import deed
from liandong.web.forms import DeedForm
from liandong.web.requests import actor_of


def shown(visit: Visit) -> dict[str, Any]:
    """The room's part: what waits for people in the plans being carried out."""
    actor, incident = visit.actor, visit.incident
    if not actor.may(Permission.ISSUE_ORDER):
        return {"waiting": None}
    found = queries.courses(incident, clock.now(incident.realm))
    return {
        "waiting": {
            "tasks": queries.open_tasks(actor).filter(incident=incident),
            "precautions": queries.visible_precautions(actor).filter(
                incident=incident, state="proposed"
            ),
            "held": [(one.run, row) for one in found for row in one.rows if row.is_held],
            "strays": [(one.run, order) for one in found for order in one.strays],
            "steps": sum(len(one.rows) for one in found),
        },
        "may_replan": actor.may(Permission.REPLAN_STEPS),
    }


def measures(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every plan being carried out in an incident, step by step."""
    actor = actor_of(request)
    actor.demand(Permission.ISSUE_ORDER)
    return render(
        request, "command/measures.html", _page(actor, queries.incident_for(actor, pk))
    )


def part(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The same again, when something about them has changed."""
    actor = actor_of(request)
    actor.demand(Permission.ISSUE_ORDER)
    return render(
        request, "command/_courses.html", _page(actor, queries.incident_for(actor, pk))
    )


def drop(request: HttpRequest, pk: UUID, step: str) -> HttpResponse:
    """Leave a step out."""
    return _replan(request, pk, step, DropForm, actions.drop_step)


def reassign(request: HttpRequest, pk: UUID, step: str) -> HttpResponse:
    """Give a step to somebody else."""
    return _replan(request, pk, step, ReassignForm, actions.reassign_step)


def reissue(request: HttpRequest, pk: UUID, step: str) -> HttpResponse:
    """Order a recalled step again."""
    return _replan(request, pk, step, ReissueForm, actions.reissue_step, Permission.ISSUE_ORDER)


def add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add a step."""
    actor = actor_of(request)
    actor.demand(Permission.REPLAN_STEPS)
    run, incident = _run(actor, pk)
    done = queries.progress_of([run])[run.pk].done
    form = AddForm(
        request.POST or None,
        initial={"expected_version": run.version},
        steps=[one for one in plans.steps_of(run) if one.id not in done],
    )

    def act(data: dict[str, Any]) -> Run:
        kind = OrderKind(data.pop("kind"))
        return actions.add_step(actor, run=run, kind=kind, **data)

    page = reverse("command:measures", args=[incident.pk])
    note = run.plan_version.title
    return deed(request, form, run=act, to=page, context={"note": note, "back": page})


def task(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What a plan asks of somebody, and saying what came of it."""
    actor = actor_of(request)
    found = queries.task_for(actor, pk)
    room = reverse("command:room", args=[found.incident_id])
    may = actor.may(Permission.ANSWER_TASK) and (
        f"post:{found.to_post_id}" in actor.scopes or actor.may(Permission.NOTE_DELIVERY)
    )
    if request.method == "POST":
        actor.demand(Permission.ANSWER_TASK)
    return deed(
        request,
        SettleForm(request.POST or None, initial={"expected_version": found.version}),
        run=lambda data: actions.settle_task(actor, task=found, **data),
        to=room,
        template="command/task.html",
        context={
            "task": found,
            "incident": found.incident,
            "may_settle": may and found.is_open,
            "may_consult": found.kind == TaskKind.CONSULT
            and actor.may(Permission.OPEN_CONSULTATION),
            "may_decide": found.kind == TaskKind.START_PLAN
            and actor.may(Permission.DECIDE_RESPONSE),
            "back": room,
        },
    )


def _replan(
    request: HttpRequest,
    pk: UUID,
    step: str,
    form: type[DeedForm],
    act: Any,
    permission: Permission = Permission.REPLAN_STEPS,
) -> HttpResponse:
    actor = actor_of(request)
    actor.demand(permission)
    run, incident = _run(actor, pk)
    found = _step(run, step)
    page = reverse("command:measures", args=[incident.pk])
    return deed(
        request,
        form(request.POST or None, initial={"expected_version": run.version}),
        run=lambda data: act(actor, run=run, step=found.id, **data),
        to=page,
        context={"note": found.text[:80], "back": page},
    )


def _run(actor: Actor, pk: UUID) -> tuple[Run, Incident]:
    run = plans.run_visible(actor, pk)
    return run, queries.incident_for(actor, run.incident)


def _step(run: Run, step: str) -> Step:
    found = {one.id: one for one in plans.steps_of(run)}.get(step)
    if found is None:
        raise Missing(
            _("本次执行里没有这项措施，或者它已经取消。"),
            place=run.plan_version.title,
            remedy=_("请刷新措施清单。"),
        )
    return found


def _is_done(row: queries.StepRow) -> bool:
    return bool((row.order and row.order.is_done) or (row.task and not row.task.is_open))


def _page(actor: Actor, incident: Incident) -> dict[str, Any]:
    now = clock.now(incident.realm)
    names = {body.key: body.short_name for body in organization.all_bodies()}
    names |= {
        post.key: f"{post.body.short_name} {post.title}" for post in organization.all_posts()
    }
    found = [
        {
            "run": one.run,
            "strays": one.strays,
            "rows": [
                {
                    "row": row,
                    "to": names.get(row.step.to, row.step.to),
                    "deed": _(DEED_LABELS[row.step.do]),
                    "is_done": _is_done(row),
                    "may_reassign": row.step.do in OrderKind.values and not _is_done(row),
                }
                for row in one.rows
            ],
        }
        for one in queries.courses(incident, now)
    ]
    return {
        "incident": incident,
        "courses": found,
        "now": now,
        "may_replan": actor.may(Permission.REPLAN_STEPS) and incident.is_open,
    }
