"""When a signal is taken in, and how long it rings at each rung."""

from datetime import datetime, timedelta

from liandong.command.models import Signal
from liandong.command.states import SIGNAL_MOVES, SignalState
from liandong.kernel.problems import IllegalMove, Invalid
from liandong.kernel.wording import gettext as _
from liandong.web.times import clock_face

# Nobody has answered for so long: the next is rung.
RINGS_FOR = timedelta(seconds=60)
# A gateway's clock may be a little ahead of ours; what it says counts from now.
AHEAD = timedelta(minutes=5)


def demand_content(caller: str, number: str, words: str) -> None:
    """Refuse a signal that says neither who nor what."""
    if not (caller.strip() or number.strip() or words.strip()):
        raise Invalid(
            _("信号里没有来电单位、号码，也没有内容。"),
            place=_("信号"),
            remedy=_("请至少写明一项。"),
            fields={"words": _("请填写内容")},
        )


def demand_not_ahead(at: datetime | None, now: datetime) -> None:
    """Refuse what is said to have come in later than now."""
    if at is not None and at > now + AHEAD:
        raise Invalid(
            _("接报时间晚于现在。"),
            place=_("接报时间"),
            remedy=_("请核对日期和时刻。"),
            fields={"received_at": _("不能晚于现在")},
        )


def demand_move(signal: Signal, to: SignalState) -> None:
    """Refuse what another has done already, and name who and when."""
    if signal.state == SignalState.TAKEN and to == SignalState.TAKEN:
        raise IllegalMove(
            _("%(who)s已于 %(at)s 接听。")
            % {"who": signal.taken_by, "at": clock_face(signal.taken_at)},
            place=str(signal),
            remedy=_("不必再接；要补充情况，请打开这条信号。"),
        )
    if signal.state == SignalState.TRANSFERRING and to == SignalState.TAKEN:
        raise IllegalMove(
            _("已经移送，对方还没有答复。"),
            place=str(signal),
            remedy=_("请催对方接收；对方不接的，请代录退回。"),
        )
    SIGNAL_MOVES.check(signal.state, to)
