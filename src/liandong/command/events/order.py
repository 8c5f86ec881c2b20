"""What is said of orders."""

from collections.abc import Mapping
from typing import ClassVar

from django.utils.translation import gettext_noop as _

from liandong.kernel.events import Event, event


@event("command.order_issued", about="command.order")
class OrderIssued(Event):
    """An order has left the headquarters; its clock runs."""

    stays: ClassVar[frozenset[str]] = frozenset(
        {
            "incident_id",
            "number",
            "to_post",
            "to_body",
            "acknowledge_by",
            "finish_by",
            "step",
            "run",
            "replaces",
            "cites",
            "kind",
        }
    )
    incident_id: str
    number: int
    to_post: str
    to_body: str
    to: str
    text: str
    acknowledge_by: str
    finish_by: str
    step: str
    run: str
    replaces: str
    cites: str = ""
    place: str = ""
    kind: str = "order"
    say = _("向{to}下达{number}号令：{text}")
    says: ClassVar[Mapping[str, str]] = {"request": _("向{to}提出请求（{number}号）：{text}")}


@event("command.order_dispatched", about="command.dispatch")
class OrderDispatched(Event):
    """One text went to many units at once; each has an order of its own, which is told by itself."""

    incident_id: str
    text: str
    count: int
    first: int
    last: int
    say = _("向{count}个单位群发{first}—{last}号令：{text}")


@event("command.dispatch_recalled", about="command.dispatch")
class DispatchRecalled(Event):
    """What had gone to many was taken back from all who had not finished it."""

    incident_id: str
    text: str
    count: int
    reason: str
    say = _("撤回群发给{count}个单位的指令“{text}”：{reason}")


@event("command.order_delivered", about="command.order")
class OrderDelivered(Event):
    """It is known that the order arrived, by receipt or by telephone."""

    number: int
    to: str
    how: str
    say = _("{number}号令送达{to}（{how}）")


@event("command.order_read_back", about="command.order")
class OrderReadBack(Event):
    """The unit has said the order back; whether it matches is kept."""

    number: int
    to: str
    text: str
    matches: bool
    say = _("{to}复诵{number}号令")


@event("command.order_accepted", about="command.order")
class OrderAccepted(Event):
    """The unit has taken the order upon itself."""

    number: int
    to: str
    say = _("{to}接受{number}号令")


@event("command.order_declined", about="command.order")
class OrderDeclined(Event):
    """The unit cannot do it, says why, and what it could do instead."""

    number: int
    to: str
    reason: str
    counter_proposal: str
    say = _("{to}报{number}号令无法执行：“{reason}”对案：{counter_proposal}")


@event("command.counter_proposal_answered", about="command.order")
class CounterProposalAnswered(Event):
    """The headquarters has taken the counter-proposal, or insists on what it ordered, by when from now on."""

    number: int
    to: str
    answer: str
    reason: str
    replacement: int
    acknowledge_by: str = ""
    finish_by: str = ""
    say = _("答复{to}对{number}号令的对案：{answer}，{reason}")


@event("command.order_progressed", about="command.order")
class OrderProgressed(Event):
    """The unit tells how far it has come."""

    number: int
    to: str
    text: str
    files: int
    amount: int | None = None
    amount_of: int | None = None
    unit: str = ""
    lon: str = ""
    lat: str = ""
    say = _("{to}报{number}号令进展：{text}")


@event("command.order_finished", about="command.order")
class OrderFinished(Event):
    """The unit says it is done; what waited for it may begin."""

    incident_id: str
    number: int
    to: str
    text: str
    files: int
    step: str
    run: str
    say = _("{to}完成{number}号令：{text}")


@event("command.order_checked", about="command.order")
class OrderChecked(Event):
    """Somebody other than the unit has seen that it is done."""

    number: int
    to: str
    text: str
    say = _("{number}号令核验通过（{to}）{text}")


@event("command.order_returned", about="command.order")
class OrderReturned(Event):
    """What was reported as done is not; the unit has to go on, by ``finish_by``."""

    number: int
    to: str
    reason: str
    finish_by: str = ""
    say = _("{number}号令退回{to}：{reason}")


@event("command.order_recalled", about="command.order")
class OrderRecalled(Event):
    """An order was taken back before it was carried out."""

    number: int
    to: str
    reason: str
    say = _("撤回{to}的{number}号令：{reason}")


@event("command.order_moved", about="command.order")
class OrderMoved(Event):
    """An order went along into an incident that was split off: said in the one it left, and in the other."""

    number: int
    text: str
    to: str
    state: str
    into_id: str
    into_title: str
    acknowledge_by: str = ""
    finish_by: str = ""
    say = _("{to}的{number}号令移入“{into_title}”")


@event("command.order_replaced", about="command.order")
class OrderReplaced(Event):
    """An order was given to somebody else, or in other words; the one it was before is void."""

    number: int
    to: str
    replacement: int
    given_to: str
    reason: str
    say = _("{to}的{number}号令改为{replacement}号令（{given_to}）：{reason}")


@event("command.order_divided", about="command.order")
class OrderSplit(Event):
    """An order was given out in parts; the whole is still owed by whoever was ordered first."""

    number: int
    to: str
    parts: list[int]
    count: int
    say = _("{to}的{number}号令拆成{count}条分办")


@event("command.order_handed_on", about="command.order")
class OrderHandedOn(Event):
    """A unit gave its order, or part of it, to somebody below it; the unit still answers for it."""

    number: int
    to: str
    part: int
    given_to: str
    text: str
    say = _("{to}将{number}号令转交{given_to}（{part}号令）：{text}")


@event("command.order_released", about="command.order")
class OrderReleased(Event):
    """What an order waited for is finished or was taken back; its own time runs from now."""

    number: int
    to: str
    after: int
    finish_by: str
    say = _("{after}号令已了，{to}的{number}号令开始计时")


@event("command.order_escalated", about="command.order")
class OrderEscalated(Event):
    """Nobody answered or finished in time; the next rung of the ladder was told."""

    number: int
    to: str
    deadline: str
    rung: int
    rung_post: str
    told: str
    kind: str = "order"
    say = _("{number}号令{deadline}超时（{to}），第{rung}级催办至{told}")
    says: ClassVar[Mapping[str, str]] = {
        "request": _("{number}号请求未获{to}答复，第{rung}次提醒{told}")
    }
