"""What is said of a plan's steps besides their orders."""

from django.utils.translation import gettext_noop as _

from liandong.kernel.events import Event, event


@event("command.order_shared", about="command.order")
class OrderShared(Event):
    """A step of another run wants what was ordered already: one order serves both."""

    number: int
    to: str
    run: str
    step: str
    plan: str
    say = _("{to}的{number}号令同时作为{plan}的措施“{step}”，不另下达")


@event("command.task_asked", about="command.task")
class TaskAsked(Event):
    """A plan asks somebody for what is no order: to consult, to decide, to answer a call."""

    kind: str
    to_post: str
    to: str
    text: str
    run: str
    step: str
    say = _("{kind}（{to}）：{text}")


@event("command.task_urged", about="command.task")
class TaskUrged(Event):
    """Nobody has answered a call; the next rung of the ladder was told."""

    kind: str
    to: str
    rung: int
    told: str
    say = _("{kind}无人应答（{to}），第{rung}级催办至{told}")


@event("command.task_settled", about="command.task")
class TaskSettled(Event):
    """What was asked for has been done, or somebody has said what came of it."""

    kind: str
    to: str
    text: str
    outcome: str
    run: str
    step: str
    say = _("{kind}已办：{text}（{outcome}）")
