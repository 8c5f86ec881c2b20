"""Carrying out plans: binding, pacing, departing from them, ending."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from pydantic import ValidationError

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Invalid
from liandong.kernel.timers import drop_timers, due_times, set_timer
from liandong.kernel.wording import gettext as _
from liandong.plans import queries, rules
from liandong.plans.events import (
    RunEnded,
    RunLevelChanged,
    RunReplanned,
    RunStarted,
    StepFellDue,
)
from liandong.plans.language import LevelKey, Step, read_level
from liandong.plans.models import PlanVersion, Run, RunStep
from liandong.plans.permissions import Permission
from liandong.plans.states import RUN_MOVES, ChangeKind, RunState, VersionState

STEP_DUE = "plans.step_due"
SUBJECT = "plans.run"


@action(Permission.START_RUN)
def start_run(
    actor: Actor,
    *,
    version: PlanVersion,
    subject_kind: str,
    subject_id: str,
    level: str,
    incident: str = "",
    audience: Iterable[str] = ("duty",),
    idempotency_key: str = "",
) -> Run:
    """Begin to carry out a plan for a subject at a level. Publishes ``RunStarted``.

    ``queries.steps_due(run)`` then names the steps that may begin at once. Refuses a version that
    does not hold, a level the plan has not, and a second run of the plan for the subject. Clause 三(二)1.
    """
    actor.demand(Permission.START_RUN, hazard=version.hazard, incident=incident)
    version = _locked(version)
    key = _level_of(version, level)
    if queries.running(actor.realm, subject_kind, subject_id).filter(
        plan_version__key=version.key
    ):
        raise Invalid(
            _("这部预案已经在执行。"),
            place=version.title,
            remedy=_("请调整级别，不要重复启动。"),
        )
    run = Run.objects.create(
        realm=actor.realm,
        audience=sorted({*audience, *([f"incident:{incident}"] if incident else [])}),
        plan_version=version,
        subject_kind=subject_kind,
        subject_id=str(subject_id),
        incident=incident,
        level=key,
        started_at=clock.now(actor.realm),
    )
    _set_timers(run)
    fact = RunStarted(
        subject_id=str(run.pk),
        plan=version.key,
        title=version.title,
        number=version.number,
        level=key,
        about_kind=subject_kind,
        about_id=str(subject_id),
    )
    happened(fact, incident=incident, audience=run.audience)
    return run


@action(Permission.CHANGE_RUN_LEVEL)
def change_run_level(
    actor: Actor, *, run: Run, level: str, expected_version: int, idempotency_key: str = ""
) -> Run:
    """Go on at a higher or lower level. Publishes ``RunLevelChanged``.

    Steps with the id of one already begun are the same step; ``queries.steps_due`` leaves them
    out. Refuses a run that has ended, and whoever saw an older state of it. Clause 三(二)1.
    """
    rules.demand_running(run, actor)
    actor.demand(
        Permission.CHANGE_RUN_LEVEL, hazard=run.plan_version.hazard, incident=run.incident
    )
    before, key = run.level, _level_of(run.plan_version, level)
    if before == key:
        raise Invalid(_("级别没有变化。"), place=_("级别"), remedy=_("请选择另一级别。"))
    run.change(expected_version=expected_version, level=key)
    _set_timers(run)
    fact = RunLevelChanged(
        subject_id=str(run.pk),
        plan=run.plan_version.key,
        before=before,
        after=key,
        about_id=run.subject_id,
    )
    happened(fact, incident=run.incident, audience=run.audience)
    return run


@action(Permission.REPLAN_RUN)
def replan_run(
    actor: Actor,
    *,
    run: Run,
    reason: str,
    expected_version: int,
    drop: str = "",
    reassign: str = "",
    to: str = "",
    text: str = "",
    add: Mapping[str, Any] | None = None,
    idempotency_key: str = "",
) -> Run:
    """Depart from the plan: drop a step, reassign one (in other words, if ``text`` is said), or add one. Publishes ``RunReplanned``.

    Exactly one of the three at a time. Refuses to do so without a reason, steps that are not
    there, ids that are taken, a run that has ended, and whoever saw an older state of it. Clause 三(二)1.
    """
    rules.demand_running(run, actor)
    actor.demand(Permission.REPLAN_RUN, hazard=run.plan_version.hazard, incident=run.incident)
    rules.demand_reason(reason)
    kind, step = _departure(queries.steps_of(run), drop, (reassign, to, text), add)
    now = clock.now(actor.realm)
    run.change(expected_version=expected_version, level=run.level)
    RunStep.objects.create(
        run=run,
        step_id=step.id,
        kind=kind,
        definition=step.model_dump(mode="json", by_alias=True, exclude_defaults=True),
        reason=reason,
        at=now,
    )
    _set_timers(run)
    fact = RunReplanned(
        subject_id=str(run.pk),
        step=step.id,
        kind=kind,
        to=step.to,
        text=step.text,
        reason=reason,
    )
    happened(fact, incident=run.incident, audience=run.audience)
    return run


@action(Permission.LET_STEP_FALL_DUE)
def let_step_fall_due(
    actor: Actor, *, run: Run, step_id: str, due_at: datetime, idempotency_key: str = ""
) -> Run:
    """Say that a repeated step is due once more, and wait for the next time. Publishes ``StepFellDue``.

    Says nothing if the run has ended or the step is no longer in it. After an outage it says so
    once, not once for every time missed. Clause 三(二)1.
    """
    run.refresh_from_db()
    step = {step.id: step for step in queries.steps_of(run)}.get(step_id)
    if run.state != RunState.RUNNING or step is None or step.every is None:
        return run
    _set_timer(run, step, _next(due_at, step.every, clock.now(run.realm)))
    fact = StepFellDue(
        subject_id=str(run.pk),
        step=step.id,
        do=step.do,
        to=step.to,
        text=step.text,
        about_kind=run.subject_kind,
        about_id=run.subject_id,
        due_at=due_at.isoformat(),
    )
    happened(fact, incident=run.incident, audience=run.audience, told=due_at)
    return run


@action(Permission.END_RUN)
def end_run(actor: Actor, *, run: Run, expected_version: int, idempotency_key: str = "") -> Run:
    """Stop carrying out a plan; its clocks stop. Publishes ``RunEnded``.

    Refuses a run that has ended already, and whoever saw an older state of it. Clause 三(二)1.
    """
    rules.demand_running(run, actor)
    actor.demand(Permission.END_RUN, hazard=run.plan_version.hazard, incident=run.incident)
    RUN_MOVES.check(run.state, RunState.ENDED)
    run.change(
        expected_version=expected_version,
        state=RunState.ENDED,
        ended_at=clock.now(actor.realm),
    )
    drop_timers(realm=run.realm, subject_kind=SUBJECT, subject_id=str(run.pk))
    fact = RunEnded(
        subject_id=str(run.pk),
        plan=run.plan_version.key,
        level=run.level,
        about_id=run.subject_id,
    )
    happened(fact, incident=run.incident, audience=run.audience)
    return run


def _locked(version: PlanVersion) -> PlanVersion:
    """Read the version anew, so that of two who start it at once the second sees the first."""
    now = PlanVersion.objects.select_for_update().get(pk=version.pk)
    if now.state != VersionState.IN_FORCE:
        raise Invalid(
            _("“%(version)s”不是现行版本。") % {"version": now},
            place=_("预案版本"),
            remedy=_("请选择现行版本。"),
        )
    return now


def _level_of(version: PlanVersion, level: str) -> LevelKey:
    try:
        key = read_level(level)
    except ValueError:
        key = None
    if key is None or key not in queries.plan_of(version).levels:
        raise Invalid(
            _("“%(version)s”没有“%(level)s”级。") % {"version": version, "level": level},
            place=_("级别"),
            remedy=_("请从预案的级别中选择。"),
        )
    return key


def _departure(
    steps: list[Step],
    drop: str,
    reassigned: tuple[str, str, str],
    add: Mapping[str, Any] | None,
) -> tuple[ChangeKind, Step]:
    step_id, to, text = reassigned
    if sum(map(bool, (drop, step_id, add))) != 1:
        raise Invalid(_("一次只能调整一项措施。"), remedy=_("请分别办理增加、取消和改派。"))
    if add:
        step = _new_step(add)
        rules.demand_step(step.id, steps, there=False)
        for name in step.after:
            rules.demand_step(name, steps, there=True)
        return ChangeKind.ADD, step
    rules.demand_step(drop or step_id, steps, there=True)
    step = next(one for one in steps if one.id == (drop or step_id))
    if drop:
        return ChangeKind.DROP, step
    given = {"to": to, "text": text or step.text}
    return ChangeKind.REASSIGN, _new_step(step.model_dump(by_alias=True) | given)


def _new_step(definition: Mapping[str, Any]) -> Step:
    try:
        return Step.model_validate(dict(definition))
    except ValidationError as refusal:
        places = "、".join(".".join(map(str, e["loc"])) for e in refusal.errors())
        raise Invalid(
            _("措施的写法不对。"), place=places, remedy=_("请填写代号、做什么、交给谁和内容。")
        ) from refusal


def _set_timers(run: Run) -> None:
    """Set the clock of every repeated step of the run as it now stands.

    A clock that runs already is not set back: who replans often would never let it run out.
    """
    place = {"realm": run.realm, "subject_kind": SUBJECT, "subject_id": str(run.pk)}
    running = due_times(STEP_DUE, **place)
    drop_timers(**place, kind=STEP_DUE)
    now = clock.now(run.realm)
    for step in queries.steps_of(run):
        if step.every:
            due_at = now + step.every
            _set_timer(run, step, min(due_at, running.get(step.id, due_at)))


def _set_timer(run: Run, step: Step, due_at: datetime) -> None:
    set_timer(
        STEP_DUE,
        realm=run.realm,
        due_at=due_at,
        subject_kind=SUBJECT,
        subject_id=str(run.pk),
        label=step.id,
        incident=run.incident,
    )


def _next(due_at: datetime, every: timedelta, now: datetime) -> datetime:
    missed = max(0, (now - due_at) // every)
    return due_at + every * (missed + 1)
