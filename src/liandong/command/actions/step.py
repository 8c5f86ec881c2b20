"""From the plan's steps to orders and tasks: each once, when what it waits for is done."""

from datetime import datetime

from liandong.command.actions.claims import lend, locked_incident
from liandong.command.actions.order import issue_order
from liandong.command.actions.task import ask
from liandong.command.actions.turn import await_turn
from liandong.command.events import OrderShared
from liandong.command.models import Incident, Order, SharedStep
from liandong.command.permissions import Permission
from liandong.command.queries.address import Address, name_of, staffed_address
from liandong.command.queries.incident import incident_for
from liandong.command.queries.plan import headquarters_of, plan_of
from liandong.command.queries.step import ORDERED, progress_of, same_measure, steps_due
from liandong.command.states import OrderKind
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import IllegalMove
from liandong.kernel.wording import gettext as _
from liandong.organization import queries as organization
from liandong.organization.states import BodyKind
from liandong.plans import queries as plans
from liandong.plans.language import Step
from liandong.plans.models import Run
from liandong.plans.states import RunState

OUTSIDE = frozenset({BodyKind.SUPERIOR, BodyKind.NEIGHBOR})


@action(Permission.ISSUE_ORDER)
def issue_due_steps(actor: Actor, *, run: Run, idempotency_key: str = "") -> Run:
    """Give the orders of all steps of a run that are due and have none, and ask for what is no order.

    Publishes ``OrderIssued``, ``OrderShared`` or ``TaskAsked`` for each. A vacant post's order goes
    to the next superior and says so. A step whose order was recalled is left to people. Does
    nothing once the run has ended or the incident is closed. Clause 二(二)2.
    """
    incident = claimed(actor, run)
    if incident.is_open and run.state == RunState.RUNNING:
        begin_due_steps(actor, incident, run)
    return run


@action(Permission.ISSUE_ORDER)
def repeat_step(actor: Actor, *, run: Run, step: str, idempotency_key: str = "") -> Run:
    """Order or ask for a repeated step once more, if what it was last time is over.

    Publishes what the first time published. Does nothing while that is still owed, was recalled,
    or has not begun, and once the step is ruled out or no longer in the run. Clause 二(二)2.
    """
    incident = claimed(actor, run)
    found = {one.id: one for one in plans.steps_of(run)}.get(step)
    if found is None or not incident.is_open or run.state != RunState.RUNNING:
        return run
    ruled_out, waiting = plans.held_back(run, [found], clock.now(actor.realm))
    progress = progress_of([run])[run.pk]
    standing, task = progress.orders.get(step), progress.tasks.get(step)
    if ruled_out or waiting:
        return run
    if standing and standing.order.is_done:
        _order(actor, incident, run, found, standing.turn + 1)
    elif task and not task.is_open:
        ask(incident, run, found, task.turn + 1)
    return run


@action(Permission.ISSUE_ORDER)
def reissue_step(
    actor: Actor, *, run: Run, step: str, expected_version: int, idempotency_key: str = ""
) -> Run:
    """Order a step again whose order was recalled: a person's word, never the program's.

    Publishes ``OrderIssued``, or ``OrderShared`` where another plan had it ordered meanwhile.
    Refuses a step that is not held, and whoever saw an older state of the run. Clause 二(二)2.
    """
    incident = claimed(actor, run)
    standing = progress_of([run])[run.pk].orders.get(step)
    found = {one.id: one for one in plans.steps_of(run)}.get(step)
    if found is None or standing is None or not standing.is_held:
        raise IllegalMove(
            _("这项措施没有被撤回的指令。"),
            place=found.text if found else step,
            remedy=_("请刷新措施清单，看它现在的状态。"),
        )
    demand_carried_out(run)
    run.change(expected_version=expected_version, level=run.level)
    _order(actor, incident, run, found, standing.turn)
    return run


def claimed(actor: Actor, run: Run) -> Incident:
    """Hold the incident of a run, and read the run as it is now."""
    incident = locked_incident(actor, incident_for(actor, run.incident))
    run.refresh_from_db(fields=["state", "level", "version"])
    return incident


def demand_carried_out(run: Run) -> None:
    """Refuse to order anything for a plan that is no longer carried out."""
    if run.state != RunState.RUNNING:
        raise IllegalMove(_("这次预案执行已经结束。"), remedy=_("需要再做时，请直接下达指令。"))


def begin_due_steps(actor: Actor, incident: Incident, run: Run) -> None:
    """Begin what is due, within the caller's transaction, the incident being held.

    What another plan has had done already releases what waits for it here, hence again and again.
    """
    now = clock.now(actor.realm)
    await_turn(incident, run.plan_version, now)
    while due := steps_due(run, now):
        for step in due:
            if step.do in ORDERED:
                _order(actor, incident, run, step, 0)
            else:
                ask(incident, run, step, 0)


def give_step(actor: Actor, incident: Incident, run: Run, step: str, turn: int) -> None:
    """Order one step as the run now has it, whatever became of its last order."""
    found = {one.id: one for one in plans.steps_of(run)}[step]
    _order(actor, incident, run, found, turn)


def _order(actor: Actor, incident: Incident, run: Run, step: Step, turn: int) -> None:
    """Order a step, unless another plan has had the same ordered: then one order serves both."""
    now = clock.now(actor.realm)
    same = same_measure(run, step, also_done=turn == 0)
    if same:
        _share(same, run, step, turn, now)
        return
    address, text = _addressed(step, run)
    issue_order(
        lend(actor, Permission.ISSUE_ORDER),
        incident=incident,
        to_post=address.post,
        to_body=address.body,
        text=text,
        acknowledge_within=step.acknowledge_within,
        finish_within=step.finish_within,
        needs_proof=list(step.proof),
        run=run,
        step=step.id,
        turn=turn,
        kind=OrderKind(step.do),
    )


def _share(order: Order, run: Run, step: Step, turn: int, at: datetime) -> None:
    SharedStep.objects.get_or_create(
        order=order, run=run, step=step.id, defaults={"turn": turn, "at": at}
    )
    fact = OrderShared(
        subject_id=str(order.pk),
        number=order.number,
        to=name_of(order.to_post),
        run=str(run.pk),
        step=step.id,
        plan=run.plan_version.title,
    )
    happened(fact, incident=run.incident, audience=order.audience)


def _addressed(step: Step, run: Run) -> tuple[Address, str]:
    """Where a step goes and in which words. Nobody orders a superior: the office asks for it."""
    key, text = step.to, step.text
    body = organization.all_bodies().filter(key=key).first() if "." not in key else None
    headquarters = headquarters_of(plan_of(run.plan_version))
    if body and body.kind in OUTSIDE and headquarters:
        key = headquarters.key
        text = _("向%(body)s%(deed)s：%(text)s") % {
            "body": body.name,
            "deed": OrderKind(step.do).label,
            "text": step.text,
        }
    address = staffed_address(key)
    return address, address.words(text)
