"""What an instruction must carry, and when it may be called answered."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from liandong.command.models import Instruction, Order
from liandong.kernel.problems import IllegalMove, Invalid
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed

LEAST_URGING = timedelta(minutes=30)


def demand_due(due_at: datetime | None, now: datetime) -> None:
    """Refuse to promise an answer for a moment that is over."""
    if due_at is not None and due_at <= now:
        raise Invalid(
            _("反馈限时早于现在。"),
            place=_("反馈限时"),
            remedy=_("请核对时间；没有限时的留空。"),
            fields={"due_at": _("请核对")},
        )


def demand_carried_out(instruction: Instruction, owed: Sequence[Order]) -> None:
    """Refuse to answer a leader while an order on their words is owed."""
    if owed:
        raise IllegalMove(
            _("还有落实这条批示的指令没有办完：%(orders)s。")
            % {"orders": listed(f"{one}（{one.to_body}）" for one in owed)},
            place=str(instruction),
            remedy=_("等各条办完，或撤回不再需要的，再反馈；中间情况可以记入大事记。"),
        )


def next_urging(instruction: Instruction, now: datetime) -> datetime:
    """When it is urged again: after half of the time there was, half an hour at least."""
    had = (instruction.due_at or now) - instruction.taken_at
    return now + max(had / 2, LEAST_URGING)
