"""Action plans: drafted, shown with what differs from the last, edited, signed, printed."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liandong.command import actions, queries
from liandong.command.adapters.action_plan import action_plan_docx
from liandong.command.forms import action_plan as forms
from liandong.command.forms.consultation import OrderItemForm
from liandong.command.models import ActionPlan, PlanTask
from liandong.command.permissions import Permission
from liandong.command.queries.action_plan import PARTS
from liandong.command.rules.pack import changes_between
from liandong.command.views.visit import Visit
from liandong.documents import DOCX
from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL
from liandong.kernel.wording import recorded
from liandong.web.deeds import deed
from liandong.web.forms import DeedForm
from liandong.web.requests import actor_of, place_of

PERIOD = timedelta(hours=12)
ONE_MINUTE = timedelta(minutes=1)


def shown(visit: Visit) -> dict[str, Any]:
    """The room's part: every period's plan, the newest first."""
    rows = queries.visible_action_plans(visit.actor).filter(queries.within(visit.incident))
    return {
        "action_plans": list(rows),
        "may_draft_plan": visit.actor.may(Permission.DRAFT_ACTION_PLAN),
    }


def draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin the plan of the next period; it follows upon the one in force."""
    actor = actor_of(request)
    actor.demand(Permission.DRAFT_ACTION_PLAN)
    incident = queries.incident_for(actor, pk)
    now = clock.now(actor.realm).replace(second=0, microsecond=0)
    last = queries.action_plan_in_force(incident)
    starts = max(last.ends_at, now) if last else now
    initial = {"starts_at": starts, "ends_at": starts + PERIOD}
    return deed(
        request,
        forms.DraftPlanForm(request.POST or None, initial=initial),
        run=lambda data: actions.draft_action_plan(actor, incident=incident, **data),
        to=lambda made: reverse("command:action_plan", args=[made.pk]),
        context={"note": incident.title, "back": reverse("command:room", args=[incident.pk])},
    )


def action_plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the plan says, what differs from the one before, who has signed."""
    actor = actor_of(request)
    found = queries.action_plan_for(actor, pk)
    before = queries.action_plan_before(actor, found)
    drafts = actor.may(Permission.DRAFT_ACTION_PLAN)
    context = {
        "plan": found,
        "incident": found.incident,
        "parts": [(title, getattr(found, name)) for name, title in PARTS.items()],
        "tasks": list(found.tasks.all()),
        "before": before,
        "changes": changes_between(queries.plan_sections(before), queries.plan_sections(found))
        if before
        else [],
        "is_past": found.is_in_force and found.ends_at < clock.now(actor.realm),
        "may": {
            "edit": found.is_draft and drafts,
            "sign": queries.awaits_signature_of(actor, found),
            "order": found.is_in_force and actor.may(Permission.ISSUE_ORDER),
        },
        "now": clock.now(actor.realm),
    }
    return render(request, "command/action_plan.html", context)


def word(request: HttpRequest, pk: UUID) -> FileResponse:
    """The plan as a Word file, to whoever sees it."""
    actor = actor_of(request)
    found = queries.action_plan_for(actor, pk)
    with recorded():
        content = action_plan_docx(
            found, county=place_of(request).county, made_at=clock.now(ACTUAL)
        )
        name = f"{found.incident.title}{found}.docx"
    return FileResponse(
        io.BytesIO(content), as_attachment=True, filename=name, content_type=DOCX
    )


def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change what the draft says."""
    actor = actor_of(request)
    actor.demand(Permission.DRAFT_ACTION_PLAN)
    found = queries.action_plan_for(actor, pk)
    initial = {name: getattr(found, name) for name in (*PARTS, "starts_at", "ends_at")}
    return _deed(
        request,
        found,
        forms.EditPlanForm(
            request.POST or None, initial=initial | {"expected_version": found.version}
        ),
        lambda data: actions.edit_action_plan(actor, action_plan=found, **data),
    )


def add_task(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add a task to the draft."""
    actor = actor_of(request)
    actor.demand(Permission.DRAFT_ACTION_PLAN)
    found = queries.action_plan_for(actor, pk)
    return _deed(
        request,
        found,
        forms.PlanTaskForm(request.POST or None, initial={"expected_version": found.version}),
        lambda data: actions.set_plan_task(actor, action_plan=found, **data),
    )


def set_task(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a task of the draft."""
    actor = actor_of(request)
    actor.demand(Permission.DRAFT_ACTION_PLAN)
    task = queries.plan_task_for(actor, pk)
    initial = {
        "post": str(task.post_id),
        "words": task.words,
        "due_at": task.due_at,
        "expected_version": task.action_plan.version,
    }
    return _deed(
        request,
        task.action_plan,
        forms.PlanTaskForm(request.POST or None, initial=initial),
        lambda data: actions.set_plan_task(
            actor, action_plan=task.action_plan, task=task, **data
        ),
    )


def drop_task(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a task out of the draft."""
    actor = actor_of(request)
    actor.demand(Permission.DRAFT_ACTION_PLAN)
    task = queries.plan_task_for(actor, pk)
    initial = {"expected_version": task.action_plan.version}
    return _deed(
        request,
        task.action_plan,
        forms.DropTaskForm(request.POST or None, initial=initial),
        lambda data: actions.drop_plan_task(
            actor, action_plan=task.action_plan, task=task, **data
        ),
        note=task.words,
    )


def order_task(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Order what the plan wants done; everything is filled in from it."""
    actor = actor_of(request)
    actor.demand(Permission.ISSUE_ORDER)
    task = queries.plan_task_for(actor, pk)
    return _deed(
        request,
        task.action_plan,
        OrderItemForm(request.POST or None, initial=_order(task)),
        lambda data: actions.order_plan_task(actor, task=task, **data),
        note=task.words,
    )


def submit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Lay it before those who sign."""
    return _judged(
        request,
        pk,
        Permission.DRAFT_ACTION_PLAN,
        forms.SubmitPlanForm,
        actions.submit_action_plan,
    )


def sign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Sign it."""
    return _judged(
        request, pk, Permission.SIGN_ACTION_PLAN, forms.SignPlanForm, actions.sign_action_plan
    )


def return_(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send it back."""
    return _judged(
        request,
        pk,
        Permission.SIGN_ACTION_PLAN,
        forms.ReturnPlanForm,
        actions.return_action_plan,
    )


def _order(task: PlanTask) -> dict[str, Any]:
    left = task.due_at - clock.now(task.action_plan.realm) if task.due_at else None
    return {
        "expected_version": task.action_plan.version,
        "to_post": str(task.post_id),
        "text": task.words,
        "acknowledge_within": 10,
        "finish_within": left // ONE_MINUTE if left and left > ONE_MINUTE else None,
    }


def _judged(
    request: HttpRequest,
    pk: UUID,
    permission: Permission,
    form: type[DeedForm],
    act: Callable[..., ActionPlan],
) -> HttpResponse:
    actor = actor_of(request)
    actor.demand(permission)
    found = queries.action_plan_for(actor, pk)
    return _deed(
        request,
        found,
        form(request.POST or None, initial={"expected_version": found.version}),
        lambda data: act(actor, action_plan=found, **data),
    )


def _deed(
    request: HttpRequest,
    found: ActionPlan,
    form: DeedForm,
    run: Callable[[dict[str, Any]], Any],
    *,
    note: str = "",
) -> HttpResponse:
    """A deed that leads back to the plan's page."""
    page = reverse("command:action_plan", args=[found.pk])
    return deed(
        request, form, run=run, to=page, context={"note": note or str(found), "back": page}
    )
