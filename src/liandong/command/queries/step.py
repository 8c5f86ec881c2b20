"""Steps of runs: which are due, by what their orders and tasks say. The order is the only truth."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from liandong.command.models import Incident, Order, SharedStep, StepTask
from liandong.command.queries.address import Address, staffed_address
from liandong.command.queries.response import active_responses
from liandong.command.states import IncidentState, OrderKind, OrderState, TaskKind
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Missing
from liandong.kernel.visibility import visible
from liandong.kernel.wording import gettext as _
from liandong.plans import queries as plans
from liandong.plans.language import Replacement, Step
from liandong.plans.models import Run
from liandong.plans.states import RunState

ORDERED = frozenset(OrderKind.values)
ASKED = frozenset(TaskKind.values)


@dataclass(frozen=True)
class Standing:
    """A step's order of its latest turn; ``is_shared`` where it was given for another run."""

    order: Order
    turn: int
    is_shared: bool

    @property
    def is_held(self) -> bool:
        """Whether somebody took the order back: the step waits for people, not for the program."""
        return self.order.state == OrderState.RECALLED


@dataclass
class Progress:
    """What became of a run's steps so far, by their ids."""

    orders: dict[str, Standing] = field(default_factory=dict)
    tasks: dict[str, StepTask] = field(default_factory=dict)
    done: set[str] = field(default_factory=set)

    @property
    def begun(self) -> set[str]:
        """Steps that were ordered or asked for; one whose order was recalled is held, not due."""
        return {*self.orders, *self.tasks}


def progress_of(runs: Iterable[Run]) -> dict[UUID, Progress]:
    """What became of the steps of some runs. Three queries, however many they are."""
    found: dict[UUID, Progress] = {run.pk: Progress() for run in runs}
    people = Order.objects.select_related("to_post__body", "to_body")
    orders = people.filter(run__in=found).exclude(step="")
    given: list[tuple[UUID | None, str, Standing]] = [
        (order.run_id, order.step, Standing(order, order.turn, is_shared=False))
        for order in orders
    ]
    links = SharedStep.objects.filter(run__in=found)
    given += [
        (link.run_id, link.step, Standing(link.order, link.turn, is_shared=True))
        for link in links.select_related("order__to_post__body", "order__to_body")
    ]
    for run_id, step, standing in sorted(given, key=_when_given):
        mine = found[cast("UUID", run_id)]
        if standing.order.is_done:
            mine.done.add(step)
        if standing.order.state != OrderState.REPLACED:
            mine.orders[step] = standing
    tasks = StepTask.objects.filter(run__in=found).select_related("to_post__body")
    for task in tasks.order_by("turn"):
        found[task.run_id].tasks[task.step] = task
        if not task.is_open:
            found[task.run_id].done.add(task.step)
    return found


def _when_given(one: tuple[UUID | None, str, Standing]) -> tuple[int, int]:
    return one[2].turn, one[2].order.number


def steps_due(run: Run, at: datetime) -> list[Step]:
    """The steps to be ordered or asked for now: what goes before is done, and nothing stands for them.

    Reports hold nothing up: they have a clock of their own. A plan that is being carried out
    already need not be started.
    """
    if run.state != RunState.RUNNING:
        return []
    progress = progress_of([run])[run.pk]
    steps = plans.steps_of(run)
    passing = {step.id for step in steps if step.do == "report"} | already_started(run, steps)
    due = plans.steps_due(run, finished=progress.done | passing, begun=progress.begun, at=at)
    return [step for step in due if step.do != "report"]


def already_started(run: Run, steps: Iterable[Step]) -> set[str]:
    """Steps that want a plan started which is in force in this incident."""
    wanted = {step.id: step.plan for step in steps if step.do == "start_plan"}
    if not wanted:
        return set()
    responses = active_responses(Incident(pk=run.incident))
    in_force = {one.plan for one in responses}
    return {step for step, plan in wanted.items() if plan in in_force}


def same_measure(run: Run, step: Step, *, also_done: bool) -> Order | None:
    """The order of another run of the incident that is for the same thing, if one is owed.

    The same thing: asked of the same post in the same words, or declared so by either plan. What
    a plan ordered that has ended since, or at a level it has left, is owed all the same.
    """
    others = [one for one in plans.runs_in(run.realm, run.incident) if one.pk != run.pk]
    progress = progress_of(others)
    for other in others:
        goes_on = other.state == RunState.RUNNING
        for theirs in plans.steps_of_all_levels(other):
            standing = progress[other.pk].orders.get(theirs.id)
            if standing and _alike(run, step, other, theirs):
                order = standing.order
                if order.is_live or (also_done and goes_on and order.is_done):
                    return order
    return None


def _alike(run: Run, step: Step, other: Run, theirs: Step) -> bool:
    if step.same_as == f"{other.plan_version.key}/{theirs.id}":
        return True
    if theirs.same_as == f"{run.plan_version.key}/{step.id}":
        return True
    return (step.do, step.to, step.text) == (theirs.do, theirs.to, theirs.text)


def runs_served(order_id: UUID) -> list[Run]:
    """The runs that go on and that an order was given for, its own and those that share it."""
    shared = SharedStep.objects.filter(order=order_id).values_list("run_id", flat=True)
    own = Order.objects.filter(pk=order_id, run__isnull=False).values_list("run_id", flat=True)
    return plans.running_among({*own, *shared})


def runs_sharing(order: Order) -> list[Run]:
    """The runs that go on and rest on an order that was given for another."""
    shared = SharedStep.objects.filter(order=order).exclude(run=order.run_id)
    return plans.running_among(shared.values("run"))


@dataclass(frozen=True)
class Offer:
    """Something that may be ordered instead, and the post at which it would arrive."""

    place: int
    instead: Replacement
    address: Address


def alternatives_of(order: Order) -> list[Offer]:
    """What the plan says may be ordered instead of what cannot be done; nothing tried already."""
    run = order.run
    if order.state != OrderState.DECLINED or run is None or run.state != RunState.RUNNING:
        return []
    step = {step.id: step for step in plans.steps_of(run)}.get(order.step)
    return list(_offers(step, order)) if step and step.otherwise else []


def _offers(step: Step, order: Order) -> Iterator[Offer]:
    mine = Order.objects.filter(run=order.run, step=order.step, turn=order.turn)
    tried = set(mine.values_list("to_post", "text"))
    for place, instead in enumerate(step.alternatives):
        try:
            address = staffed_address(instead.to)
        except Missing:
            continue
        if (address.post.pk, address.words(instead.text)) not in tried:
            yield Offer(place, instead, address)


def visible_tasks(actor: Actor) -> QuerySet[StepTask]:
    """What plans ask of somebody, as far as an actor may see it, the oldest first."""
    rows = StepTask.objects.select_related("to_post__body", "incident", "run__plan_version")
    return visible(rows.order_by("asked_at", "id"), actor)


def open_tasks(actor: Actor) -> QuerySet[StepTask]:
    """What somebody still has to see to, in plans that go on and incidents that are not over."""
    return visible_tasks(actor).filter(
        settled_at=None, run__state=RunState.RUNNING, incident__state=IncidentState.OPEN
    )


def task_for(actor: Actor, pk: UUID | str) -> StepTask:
    """Return one task; raises ``Missing``."""
    try:
        found = visible_tasks(actor).filter(pk=pk).first()
    except ValidationError:
        found = None
    if found is None:
        raise Missing(
            _("没有这件提请事项，或者您所在岗位看不到它。"), remedy=_("请从值班台或消息进入。")
        )
    return found


@dataclass(frozen=True)
class StepRow:
    """A step beside what became of it; ``wait`` says why nothing has yet."""

    step: Step
    order: Order | None = None
    is_shared: bool = False
    is_held: bool = False
    task: StepTask | None = None
    wait: str = ""
    behind: tuple[str, ...] = ()


@dataclass(frozen=True)
class Course:
    """A plan being carried out in an incident: its steps, and orders that it no longer wants."""

    run: Run
    rows: list[StepRow]
    strays: list[Order]


def courses(incident: Incident, at: datetime) -> list[Course]:
    """The plans being carried out in an incident, step by step."""
    runs = plans.running_in(incident.realm, str(incident.pk))
    progress = progress_of(runs)
    resting = {
        standing.order.pk
        for run in runs
        for standing in progress[run.pk].orders.values()
        if standing.is_shared
    }
    found = []
    for run in runs:
        steps = plans.steps_of(run)
        ruled_out, waiting = plans.held_back(run, steps, at)
        texts = {step.id: step.text for step in steps}
        mine = progress[run.pk]
        done = mine.done | ruled_out | already_started(run, steps)
        done |= {step.id for step in steps if step.do == "report"}
        rows = [_row(step, mine, done, ruled_out, waiting, texts) for step in steps]
        wanted = texts.keys() - ruled_out
        strays = [
            standing.order
            for step, standing in mine.orders.items()
            if step not in wanted
            and standing.order.is_live
            and not standing.is_shared
            and standing.order.pk not in resting
        ]
        found.append(Course(run, rows, strays))
    return found


def _row(
    step: Step,
    mine: Progress,
    done: set[str],
    ruled_out: set[str],
    waiting: set[str],
    texts: dict[str, str],
) -> StepRow:
    standing, task = mine.orders.get(step.id), mine.tasks.get(step.id)
    behind = tuple(texts[name] for name in step.after if name in texts and name not in done)
    wait = ""
    if not standing and not task:
        if step.id in ruled_out:
            wait = "ruled_out"
        elif step.do == "report":
            wait = "clock"
        elif step.id in done:
            wait = "started"
        elif step.id in waiting:
            wait = "condition"
        else:
            wait = "behind" if behind else ""
    return StepRow(
        step,
        standing.order if standing else None,
        is_shared=bool(standing and standing.is_shared),
        is_held=bool(standing and standing.is_held),
        task=task,
        wait=wait,
        behind=behind,
    )
