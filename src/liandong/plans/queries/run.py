"""Runs, and the steps that may begin in them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from liandong.kernel.actors import Actor
from liandong.kernel.problems import Missing
from liandong.kernel.visibility import visible
from liandong.kernel.wording import gettext as _
from liandong.plans.language import LevelKey, Step, Verdict, due_steps, holds, read_level
from liandong.plans.models import Run
from liandong.plans.queries.fact import facts_of, townships
from liandong.plans.queries.version import plan_of
from liandong.plans.states import ChangeKind, RunState


def run_visible(actor: Actor, pk: UUID | str) -> Run:
    """A run the actor may see; raises ``Missing``."""
    run = visible(Run.objects.select_related("plan_version"), actor).filter(pk=pk).first()
    if run is None:
        raise Missing(_("没有这次预案执行。"), remedy=_("请从事件页面进入。"))
    return run


def running(realm: str, subject_kind: str, subject_id: str) -> QuerySet[Run]:
    """The plans being carried out for a subject."""
    rows = Run.objects.filter(realm=realm, state=RunState.RUNNING)
    return rows.filter(subject_kind=subject_kind, subject_id=str(subject_id))


def running_in(realm: str, incident: str) -> list[Run]:
    """The plans being carried out in an incident, the oldest first, whatever each is bound to."""
    return [run for run in runs_in(realm, incident) if run.state == RunState.RUNNING]


def running_among(pks: Collection[UUID] | QuerySet[Any, Any]) -> list[Run]:
    """Those of some runs that go on, the oldest first."""
    rows = Run.objects.filter(pk__in=pks, state=RunState.RUNNING)
    return list(rows.select_related("plan_version").order_by("started_at", "id"))


def runs_in(realm: str, incident: str) -> list[Run]:
    """Every plan that is or was carried out in an incident, the oldest first."""
    rows = Run.objects.filter(realm=realm, incident=incident)
    return list(rows.select_related("plan_version").order_by("started_at", "id"))


def steps_of_all_levels(run: Run) -> list[Step]:
    """The steps of a run at whatever level, as they stand at its own where they are in that too."""
    levels = sorted(plan_of(run.plan_version).levels, key=lambda key: key == run.level)
    return list({step.id: step for key in levels for step in steps_of(run, key)}.values())


def steps_of(run: Run, level: LevelKey | None = None) -> list[Step]:
    """The steps of a run at its level: those of the plan, with what was replanned."""
    key = level or read_level(run.level)
    steps = {step.id: step for step in plan_of(run.plan_version).steps_of(key)}
    for change in run.changes.order_by("at", "id"):
        if change.kind == ChangeKind.DROP:
            steps.pop(change.step_id, None)
        elif change.kind == ChangeKind.ADD:
            steps[change.step_id] = Step.model_validate(change.definition)
        elif change.step_id in steps:
            update = {part: change.definition[part] for part in ("to", "text")}
            steps[change.step_id] = steps[change.step_id].model_copy(update=update)
    return list(steps.values())


def steps_due(
    run: Run,
    *,
    finished: Collection[str] = (),
    begun: Collection[str] = (),
    at: datetime | None = None,
) -> list[Step]:
    """The steps that may begin now: predecessors finished, not begun, not ruled out by ``when``.

    ``finished`` and ``begun`` are read from orders by whoever keeps them. A step whose ``when``
    is undetermined is due: what is not known is not read as no. One that ``waits_for`` something
    is due once that is known to hold.
    """
    steps = steps_of(run)
    ruled_out, waiting = held_back(run, steps, at)
    due = due_steps(steps, {*finished, *ruled_out}, begun)
    return [step for step in due if step.id not in waiting]


def held_back(
    run: Run, steps: Sequence[Step], at: datetime | None = None
) -> tuple[set[str], set[str]]:
    """The ids of steps that are ruled out by what is known, and of those that wait for it."""
    facts = facts_of(run.subject_kind, run.subject_id, at, realm=run.realm)
    areas = townships() if any(step.when or step.waits_for for step in steps) else {}
    verdict = partial(holds, plan=plan_of(run.plan_version), facts=facts, at=at, areas=areas)
    ruled_out = {
        step.id for step in steps if step.when and verdict(step.when) == Verdict.NOT_MET
    }
    waiting = {
        step.id for step in steps if step.waits_for and verdict(step.waits_for) != Verdict.MET
    }
    return ruled_out, waiting
