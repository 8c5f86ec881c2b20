"""Steps of a run: which are due, by what their orders say. The order is the only truth."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from liandong.command.models import Order, Response
from liandong.command.states import DONE, VOID
from liandong.plans import queries as plans
from liandong.plans.language import Step

# What becomes an order, what is asked of a post by message, what is a report.
ORDERED = frozenset({"order", "request", "release", "call_out", "start_plan"})
PROMPTED = frozenset({"consult", "decide"})


@dataclass(frozen=True)
class StepRow:
    """A step of the plan beside its order."""

    step: Step
    order: Order | None


def steps_due(response: Response, at: datetime) -> list[Step]:
    """The steps to be ordered now: their predecessors are done, and no order stands for them.

    Prompts and reports hold nothing up: they have no order that could be finished.
    """
    if response.run is None:
        return []
    orders = _standing(response)
    done = {step for step, order in orders.items() if order.state in DONE}
    passing = {step.id for step in plans.steps_of(response.run) if step.do not in ORDERED}
    due = plans.steps_due(response.run, finished=done | passing, begun=orders, at=at)
    return [step for step in due if step.do in ORDERED]


def prompts_of(response: Response) -> list[Step]:
    """What the plan asks of its leaders at this level: to consult, to decide."""
    if response.run is None:
        return []
    return [step for step in plans.steps_of(response.run) if step.do in PROMPTED]


def step_rows(response: Response) -> list[StepRow]:
    """Every step that is ordered, beside its standing order."""
    if response.run is None:
        return []
    orders = _standing(response)
    steps: Iterable[Step] = plans.steps_of(response.run)
    return [StepRow(step, orders.get(step.id)) for step in steps if step.do in ORDERED]


def _standing(response: Response) -> dict[str, Order]:
    rows = Order.objects.filter(run=response.run_id).exclude(step="")
    return {order.step: order for order in rows.exclude(state__in=sorted(VOID))}
