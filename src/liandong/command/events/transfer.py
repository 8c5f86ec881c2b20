"""What is said of what was handed to whose business it is."""

from django.utils.translation import gettext_noop as _

from liandong.kernel.events import Event, event


@event("command.transfer_made", about="command.transfer")
class TransferMade(Event):
    """What came in was handed to somebody else; whoever received it answers for it until it is taken over."""

    what: str
    to: str
    reason: str
    text: str
    answer_by: str
    say = _("移送{to}：{what}，{reason}")


@event("command.transfer_urged", about="command.transfer")
class TransferUrged(Event):
    """Nobody has taken it over in time: the next is told besides."""

    to: str
    rung: int
    told: str
    say = _("移送{to}还没有接收，第{rung}次催办至{told}")


@event("command.transfer_accepted", about="command.transfer")
class TransferAccepted(Event):
    """It was taken over; the first receiver answers for it no longer."""

    to: str
    by: str
    answer: str
    on_behalf: bool
    say = _("{to}已接收移送（{by}）{answer}")


@event("command.transfer_refused", about="command.transfer")
class TransferRefused(Event):
    """It was sent back with the reason, and lies where it came in."""

    to: str
    by: str
    answer: str
    on_behalf: bool
    say = _("{to}退回移送：{answer}")
