"""The units: they read orders back, accept or cannot, work, and say when it is done."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from liandong.command import actions as command
from liandong.command import queries
from liandong.command.models import Order
from liandong.command.states import LIVE, OrderState
from liandong.demo.cast import holder_of, of_hazard
from liandong.demo.pictures import photograph
from liandong.demo.stage import WITNESS, Habit, Reaction, Stage
from liandong.kernel.actors import Actor
from liandong.kernel.files.actions import store_file
from liandong.kernel.journal.reading import Told

READING = timedelta(minutes=2)
TAKING = timedelta(minutes=2)
SHARE_OF_TIME = 0.6
LONGEST = timedelta(hours=5)
WAKES_AT_RUNG = 2


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """Who cannot do what was asked first, and what instead; who does not pick up the telephone."""

    unable: str
    reason: str
    counter_proposal: str
    silent: str


@dataclass
class Units:
    """Every unit that is given orders in incidents of a class."""

    hazard: str
    trouble: Trouble
    stage: Stage | None = None
    was_unable: bool = False
    was_silent: set[str] = field(default_factory=set)

    def take_places(self, stage: Stage) -> None:
        """Answer orders as they come."""
        self.stage = stage
        habits: list[tuple[str, Habit]] = [
            ("command.order_issued", self.take),
            ("command.order_escalated", self.wake),
            (
                "command.order_read_back",
                lambda told: self.later(told, TAKING, self.accept),
            ),
            ("command.order_accepted", self.work),
            ("command.order_returned", lambda told: self.later(told, TAKING, self.finish)),
        ]
        for name, habit in habits:
            stage.when(name, of_hazard(self.hazard, habit))

    def take(self, told: Told) -> Reaction | None:
        """Read an order back; once somebody is unable, and once nobody answers."""
        body = order_of(told).to_body.key
        if body == self.trouble.unable and not self.was_unable:
            self.was_unable = True
            return self.later(told, READING, self.decline)
        if body == self.trouble.silent and not self.was_silent:
            self.was_silent.add(told.subject_id)
            return None
        return self.later(told, READING, self.read_back)

    def wake(self, told: Told) -> Reaction | None:
        """The superior, rung out, sees to it that the silent one answers."""
        if told.payload["rung"] < WAKES_AT_RUNG or told.subject_id not in self.was_silent:
            return None
        return self.later(told, READING, self.read_back)

    def work(self, told: Told) -> Reaction:
        """Report halfway, and finish well before the time is up."""
        order = order_of(told)
        takes = _takes(order, told.at)
        if self.stage is not None:
            self.stage.at(told.at + takes, lambda: self._do(told.subject_id, self.finish))
        return self.later(told, takes / 2, self.progress)

    def later(
        self, told: Told, after: timedelta, deed: Callable[[Actor, Order], object]
    ) -> Reaction:
        """Do something about the order of an entry some time after it."""
        return Reaction(after, lambda: self._do(told.subject_id, deed))

    def _do(self, key: str, deed: Callable[[Actor, Order], object]) -> None:
        order = queries.order_for(WITNESS, key)
        if order.state in LIVE:
            deed(holder_of(order.to_post), order)

    def read_back(self, actor: Actor, order: Order) -> None:
        """Say the order back, word for word."""
        command.read_back_order(
            actor,
            order=order,
            text=order.text,
            expected_version=order.version,
            idempotency_key=f"read/{order.pk}",
        )

    def accept(self, actor: Actor, order: Order) -> None:
        """Take it on."""
        command.accept_order(
            actor,
            order=order,
            expected_version=order.version,
            idempotency_key=f"accept/{order.pk}",
        )

    def decline(self, actor: Actor, order: Order) -> None:
        """Say that it cannot be done as ordered, and what can."""
        command.decline_order(
            actor,
            order=order,
            reason=self.trouble.reason,
            counter_proposal=self.trouble.counter_proposal,
            expected_version=order.version,
            idempotency_key=f"decline/{order.pk}",
        )

    def progress(self, actor: Actor, order: Order) -> None:
        """Say how far it has come."""
        if order.state != OrderState.ACCEPTED:
            return
        command.report_progress(
            actor,
            order=order,
            text="人员已到位，正在实施",
            expected_version=order.version,
            idempotency_key=f"progress/{order.pk}",
        )

    def finish(self, actor: Actor, order: Order) -> None:
        """Say that it is done, with a photograph where one is asked for."""
        files = [self._proof(actor, order)] if order.needs_proof else []
        command.finish_order(
            actor,
            order=order,
            text="已按要求完成",
            files=files,
            expected_version=order.version,
            idempotency_key=f"finish/{order.pk}",
        )

    def _proof(self, actor: Actor, order: Order) -> str:
        file = store_file(
            actor,
            name=f"{order.number}号令现场.png",
            content=photograph(f"{order.number}"),
            media_type="image/png",
            audience=order.audience,
            subject_kind="command.order",
            subject_id=str(order.pk),
            incident=str(order.incident_id),
            idempotency_key=f"proof/{order.pk}",
        )
        return str(file.pk)


def order_of(told: Told) -> Order:
    """The order an entry is about."""
    return queries.order_for(WITNESS, told.subject_id)


def _takes(order: Order, now: datetime) -> timedelta:
    if order.finish_by is None:
        return timedelta(minutes=45)
    return min(max((order.finish_by - now) * SHARE_OF_TIME, timedelta(minutes=1)), LONGEST)
