"""Departing from a plan while it is carried out: a step dropped, given to somebody else, or added."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from liandong.command.actions.claims import demand_reach, lend
from liandong.command.actions.order import recall_order, replace_order
from liandong.command.actions.step import begin_due_steps, claimed, give_step
from liandong.command.actions.task import settle
from liandong.command.models import Incident, Order, SharedStep
from liandong.command.permissions import Permission
from liandong.command.queries.address import name_of
from liandong.command.queries.step import alternatives_of, progress_of, runs_served
from liandong.command.rules.incident import demand_open
from liandong.command.rules.order import demand_words
from liandong.command.rules.step import demand_not_done, demand_offered, demand_ordered
from liandong.command.states import OrderKind
from liandong.kernel.actions import action
from liandong.kernel.actors import Actor
from liandong.kernel.wording import gettext as _
from liandong.organization.models import Post
from liandong.plans import actions as plans_actions
from liandong.plans import queries as plans
from liandong.plans.models import Run
from liandong.plans.permissions import Permission as Plans

ADDED = "added-"


@action(Permission.REPLAN_STEPS)
def drop_step(
    actor: Actor,
    *,
    run: Run,
    step: str,
    reason: str,
    expected_version: int,
    idempotency_key: str = "",
) -> Run:
    """Leave a step out of a run; its order is taken back, unless another plan rests on it.

    Publishes ``RunReplanned``, and ``OrderRecalled`` or ``TaskSettled`` for what was under way;
    what waited for the step falls due. Refuses without a reason, a step that is not there, and
    whoever saw an older state of the run. Clause 三(二)1.
    """
    incident = _claimed(actor, run)
    progress = progress_of([run])[run.pk]
    _replanned(actor, run, reason, expected_version, drop=step)
    standing, task = progress.orders.get(step), progress.tasks.get(step)
    if standing and standing.is_shared:
        SharedStep.objects.filter(run=run, step=step, order=standing.order).delete()
    elif standing and standing.order.is_live and runs_served(standing.order.pk) == [run]:
        recall_order(
            lend(actor, Permission.ISSUE_ORDER),
            order=standing.order,
            reason=_("取消措施：%(reason)s") % {"reason": reason},
            expected_version=standing.order.version,
        )
    if task and task.is_open:
        settle(actor, task, _("取消措施：%(reason)s") % {"reason": reason}, task.version)
    begin_due_steps(actor, incident, run)
    return run


@action(Permission.REPLAN_STEPS)
def reassign_step(
    actor: Actor,
    *,
    run: Run,
    step: str,
    to_post: Post,
    reason: str,
    expected_version: int,
    finish_within: timedelta | None = None,
    idempotency_key: str = "",
) -> Run:
    """Give a step of a run to another post; its order, if one is out, is replaced by one to that post.

    Publishes ``RunReplanned`` and ``OrderIssued``, with ``OrderReplaced`` where one was live. A
    step whose order was recalled is ordered of the new post. Refuses without a reason, what is
    no order or done already, and whoever saw an older state of the run. Clause 三(二)1.
    """
    incident = _claimed(actor, run)
    progress = progress_of([run])[run.pk]
    standing = progress.orders.get(step)
    found = {one.id: one for one in plans.steps_of(run)}.get(step)
    if found:
        demand_ordered(found)
        demand_not_done(found, standing.order if standing else None)
    _replanned(actor, run, reason, expected_version, reassign=step, to=to_post.key)
    if found and standing and standing.order.is_live:
        replace_order(
            lend(actor, Permission.ISSUE_ORDER),
            standing.order,
            to_post=to_post,
            to_body=to_post.body,
            text=found.text,
            reason=reason,
            acknowledge_within=found.acknowledge_within,
            finish_within=finish_within or found.finish_within,
            needs_proof=list(found.proof),
        )
    elif standing:  # recalled: who gives it to somebody else says that it is wanted after all
        give_step(actor, incident, run, step, standing.turn)
    begin_due_steps(actor, incident, run)
    return run


@action(Permission.REPLAN_STEPS)
def add_step(
    actor: Actor,
    *,
    run: Run,
    to_post: Post,
    text: str,
    reason: str,
    expected_version: int,
    kind: OrderKind = OrderKind.ORDER,
    after: Sequence[str] = (),
    acknowledge_within: timedelta | None = None,
    finish_within: timedelta | None = None,
    idempotency_key: str = "",
) -> Run:
    """Add a step to a run; it is ordered as soon as what it comes after is done.

    Publishes ``RunReplanned``, and ``OrderIssued`` when it is due. Refuses without words or a
    reason, predecessors that are not there, and whoever saw an older state of the run. Clause 三(二)1.
    """
    incident = _claimed(actor, run)
    demand_words(text, field="text", what=_("措施内容"))
    # Counted with those that were dropped again: an id means one step for ever.
    number = 1 + run.changes.filter(step_id__startswith=ADDED, kind="add").count()
    step = {
        "id": f"{ADDED}{number}",
        "do": OrderKind(kind).value,
        "to": to_post.key,
        "text": text,
        "after": list(after),
        "acknowledge_within": acknowledge_within,
        "finish_within": finish_within,
    }
    _replanned(actor, run, reason, expected_version, add=step)
    begin_due_steps(actor, incident, run)
    return run


@action(Permission.ISSUE_ORDER)
def take_alternative(
    actor: Actor,
    *,
    order: Order,
    place: int,
    expected_version: int,
    idempotency_key: str = "",
) -> Order:
    """Order what the plan says may be done instead of what a unit cannot do; the step goes on with it.

    Publishes ``RunReplanned``, ``OrderReplaced`` and ``OrderIssued``; returns the new order. Refuses
    an order that was not declined, what the plan does not offer, and whoever saw an older state. Clause 二(二)2.
    """
    demand_reach(actor, Permission.ISSUE_ORDER, order.incident)
    found = {offer.place: offer for offer in alternatives_of(order)}.get(place)
    offer = demand_offered(order, found)
    run = order.run
    assert run is not None  # noqa: S101 -- only orders of a run have alternatives
    claimed(actor, run)
    reason = _("%(order)s无法执行（%(reason)s），按预案由%(to)s办理") % {
        "order": order,
        "reason": order.declined_reason[:100],
        "to": name_of(offer.address.post),
    }
    order.change(expected_version=expected_version, counter_reason=reason)
    plans_actions.replan_run(
        lend(actor, Plans.REPLAN_RUN),
        run=run,
        reason=reason,
        expected_version=run.version,
        reassign=order.step,
        to=offer.instead.to,
        text=offer.instead.text,
    )
    return replace_order(
        actor,
        order,
        to_post=offer.address.post,
        to_body=offer.address.body,
        text=offer.address.words(offer.instead.text),
        reason=reason,
        acknowledge_within=offer.instead.acknowledge_within,
        finish_within=offer.instead.finish_within,
        needs_proof=list(offer.instead.proof),
    )


def _claimed(actor: Actor, run: Run) -> Incident:
    incident = claimed(actor, run)
    demand_reach(actor, Permission.REPLAN_STEPS, incident)
    demand_open(incident)
    return incident


def _replanned(
    actor: Actor,
    run: Run,
    reason: str,
    expected_version: int,
    *,
    drop: str = "",
    reassign: str = "",
    to: str = "",
    add: Mapping[str, object] | None = None,
) -> None:
    plans_actions.replan_run(
        lend(actor, Plans.REPLAN_RUN),
        run=run,
        reason=reason,
        expected_version=expected_version,
        drop=drop,
        reassign=reassign,
        to=to,
        add=add,
    )
