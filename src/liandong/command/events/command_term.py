"""What happens to overall command, and to what a superior told the county to do."""

from typing import ClassVar

from django.utils.translation import gettext_noop as _

from liandong.kernel.events import Event, event


@event("command.command_moved", about="command.incident")
class CommandMoved(Event):
    """Overall command has gone up or come back; the county goes on with what it began.

    By a paper, or by a call that was said back. ``keeps``: what the county does by itself.
    """

    stays: ClassVar[frozenset[str]] = frozenset({"term_id", "starts_at"})
    before: str
    after: str
    reason: str
    term_id: str = ""
    headquarters: str = ""
    starts_at: str = ""
    paper: str = ""
    told_by: str = ""
    told_at: str = ""
    read_back: str = ""
    keeps: str = ""
    liaison: str = ""
    say = _("{before}转为{after}：{reason}")


@event("command.superior_order_received", about="command.superior_order")
class SuperiorOrderReceived(Event):
    """A superior told the county to do something; what it said, who said it, how it was said back."""

    stays: ClassVar[frozenset[str]] = frozenset({"incident_id", "number", "finish_by"})
    incident_id: str
    number: int
    headquarters: str
    words: str
    told_by: str
    told_at: str
    read_back: str
    paper: str
    finish_by: str
    say = _("接{headquarters}指令（{told_by}）：{words}")


@event("command.superior_order_reported", about="command.superior_order")
class SuperiorOrderReported(Event):
    """The superior was told what came of its order."""

    number: int
    headquarters: str
    text: str
    to: str
    say = _("向{headquarters}（{to}）回报上级指令 {number}：{text}")


@event("command.superior_order_withdrawn", about="command.superior_order")
class SuperiorOrderWithdrawn(Event):
    """The superior took its order back; orders that cite it stand until the county recalls them."""

    number: int
    headquarters: str
    reason: str
    told_by: str
    say = _("{headquarters}（{told_by}）收回上级指令 {number}：{reason}")
