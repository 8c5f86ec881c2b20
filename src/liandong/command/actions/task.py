"""What a plan asks of somebody that is no order: asked once, urged where it insists, settled."""

from datetime import timedelta

from liandong.command.actions.claims import (
    demand_reach,
    demand_realm,
    lend,
    locked_incident,
    widen_incident,
)
from liandong.command.actions.proposal import propose_level
from liandong.command.events import TaskAsked, TaskSettled, TaskUrged
from liandong.command.models import Incident, StepTask
from liandong.command.permissions import Permission
from liandong.command.queries.address import name_of, rungs, staffed_address
from liandong.command.queries.plan import plan_of
from liandong.command.rules.order import ACKNOWLEDGE_WITHIN, demand_words
from liandong.command.rules.task import demand_asked, demand_open
from liandong.command.states import TaskKind
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor, system_actor
from liandong.kernel.timers import drop_timers, set_timer
from liandong.kernel.wording import gettext as _
from liandong.messaging.actions import send_message
from liandong.messaging.permissions import Permission as Messaging
from liandong.organization import queries as organization
from liandong.organization.models import Post
from liandong.plans import queries as plans
from liandong.plans.language import Step
from liandong.plans.models import PlanVersion, Run
from liandong.plans.states import RunState

KIND = "command.task"
DUE = "command.task_due"


@action(Permission.ANSWER_TASK)
def settle_task(
    actor: Actor,
    *,
    task: StepTask,
    outcome: str,
    expected_version: int,
    idempotency_key: str = "",
) -> StepTask:
    """Say what came of what the plan asked for: decided, done otherwise, or not to be done.

    Publishes ``TaskSettled``, upon which waiting steps fall due. Refuses without words, what is
    settled already, and anyone but the post that was asked and the desk that writes for it. Clause 二(二)2.
    """
    demand_realm(actor, task)
    demand_reach(actor, Permission.ANSWER_TASK, task.incident)
    demand_asked(actor, task)
    demand_words(outcome, field="outcome", what=_("办理结果"))
    locked_incident(actor, task.incident)
    demand_open(task)
    settle(actor, task, outcome.strip(), expected_version)
    for twin in _twins(task):  # asked of the same post by another plan: answered once
        settle(actor, twin, outcome.strip(), twin.version)
    return task


@action(Permission.ESCALATE_ORDER)
def urge_task(actor: Actor, *, task: StepTask, idempotency_key: str = "") -> StepTask:
    """Tell the next rung that a call was not answered, and come back; the last is told once.

    Publishes ``TaskUrged``. Does nothing once it was answered or the run has ended. Keeps the
    version: who is answering just now must not be told that it changed. Clause 二(二)2.
    """
    demand_realm(actor, task)
    task = StepTask.objects.select_for_update().get(pk=task.pk)
    ladder = [post for post in rungs(task.to_post) if not organization.is_vacant(post)]
    if not task.is_open or task.run.state != RunState.RUNNING or task.rung >= len(ladder):
        return task
    target = ladder[task.rung]
    task.rung += 1
    audience = sorted({*task.audience, f"post:{target.pk}"})
    StepTask.objects.filter(pk=task.pk).update(rung=task.rung, audience=audience)
    _send(task, target, f"{task.pk}/{task.rung}")
    _come_back(task, ACKNOWLEDGE_WITHIN)
    fact = TaskUrged(
        subject_id=str(task.pk),
        kind=str(TaskKind(task.kind).label),
        to=name_of(task.to_post),
        rung=task.rung,
        told=name_of(target),
    )
    happened(fact, incident=str(task.incident_id), audience=audience)
    return task


def ask(incident: Incident, run: Run, step: Step, turn: int) -> StepTask:
    """Ask for what a step wants, by message; a call insists. Within the caller's transaction."""
    kind = TaskKind(step.do)
    address = staffed_address(step.to)
    task = StepTask.objects.create(
        realm=run.realm,
        audience=["duty", f"post:{address.post.pk}"],
        incident=incident,
        run=run,
        step=step.id,
        turn=turn,
        kind=kind,
        plan=step.plan or "",
        to_post=address.post,
        text=address.words(step.text),
        asked_at=clock.now(run.realm),
    )
    widen_incident(incident, {f"post:{address.post.pk}"})
    if not _twins(task):
        _send(task, address.post, str(task.pk))
    if kind == TaskKind.CALL_OUT:
        _come_back(task, step.acknowledge_within or ACKNOWLEDGE_WITHIN)
    fact = TaskAsked(
        subject_id=str(task.pk),
        kind=str(kind.label),
        to_post=str(address.post.pk),
        to=name_of(address.post),
        text=task.text,
        run=str(run.pk),
        step=step.id,
    )
    happened(fact, incident=str(incident.pk), audience=task.audience)
    if kind == TaskKind.START_PLAN:
        _lay_before_deciders(incident, task)
    return task


def settle(actor: Actor, task: StepTask, outcome: str, expected_version: int) -> None:
    """Close a task, whatever closed it."""
    task.change(
        expected_version=expected_version,
        settled_at=clock.now(actor.realm),
        settled_by=actor.label[:120],
        outcome=outcome,
    )
    drop_timers(realm=task.realm, subject_kind=KIND, subject_id=str(task.pk))
    fact = TaskSettled(
        subject_id=str(task.pk),
        kind=str(TaskKind(task.kind).label),
        to=name_of(task.to_post),
        text=task.text,
        outcome=outcome,
        run=str(task.run_id),
        step=task.step,
    )
    happened(fact, incident=str(task.incident_id), audience=task.audience)


def settle_all(
    actor: Actor, incident: Incident, kind: TaskKind, outcome: str, plan: str = ""
) -> None:
    """Close every open task of a kind in an incident: what they asked for has come about."""
    tasks = StepTask.objects.filter(incident=incident, kind=kind, settled_at=None, plan=plan)
    for task in tasks.select_related("to_post__body").select_for_update(of=("self",)):
        settle(actor, task, outcome, task.version)


def _twins(task: StepTask) -> list[StepTask]:
    """Open tasks of other plans in the incident that ask the same of the same post."""
    rows = StepTask.objects.filter(
        incident=task.incident_id,
        kind=task.kind,
        plan=task.plan,
        to_post=task.to_post_id,
        text=task.text,
        settled_at=None,
    )
    return list(rows.select_related("to_post__body").exclude(pk=task.pk))


def _lay_before_deciders(incident: Incident, task: StepTask) -> None:
    """Grade the other plan, and tell those who decide by it. They decide; the program does not."""
    version = plans.versions_in_force().filter(key=task.plan).first()
    if version is None:
        return
    watch = system_actor("run", _("预案执行"), task.realm)
    propose_level(
        lend(watch, Permission.PROPOSE_LEVEL), incident=incident, plan_version=version
    )
    for post in _deciders(incident, version):
        if post.pk != task.to_post_id:
            _send(task, post, f"{task.pk}/{post.pk}")


def _deciders(incident: Incident, version: PlanVersion) -> list[Post]:
    """Who decides at the level that is reached; where none is, at the plan's lowest."""
    subject = ("command.incident", str(incident.pk))
    at = clock.now(incident.realm)
    plan = plan_of(version)
    reached = plans.grade_subject(version, *subject, at, realm=incident.realm).at_least
    level = plan.levels[reached] if reached else [one for _key, one in plan.highest_first()][-1]
    keys = level.decides.posts if level.decides else []
    found = {address.post.pk: address.post for address in map(staffed_address, keys)}
    return list(found.values())


def _send(task: StepTask, post: Post, key: str) -> None:
    send_message(
        system_actor("run", _("预案执行"), task.realm, Messaging.SEND_MESSAGE),
        to_post=post,
        title=str(task)[:200],
        text=task.text,
        subject_kind=KIND,
        subject_id=str(task.pk),
        incident=str(task.incident_id),
        audience=["duty"],
        urgent=True,
        link=f"/command/tasks/{task.pk}/",
        idempotency_key=key,
    )


def _come_back(task: StepTask, after: timedelta) -> None:
    set_timer(
        DUE,
        realm=task.realm,
        due_at=clock.now(task.realm) + after,
        subject_kind=KIND,
        subject_id=str(task.pk),
        incident=str(task.incident_id),
    )
