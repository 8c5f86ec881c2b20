"""What may be given out, and for how long."""

from datetime import datetime, timedelta

from django.utils import timezone

from liandong.command.models import Assignment
from liandong.kernel.problems import IllegalMove, Invalid
from liandong.kernel.wording import gettext as _
from liandong.sharing.models import Record
from liandong.sharing.states import RecordState

# What is sent somewhere, or taken; of the other registers one reads.
KINDS = ("team", "equipment", "shelter", "expert")
LONGEST = timedelta(days=60)


def demand_assignable(record: Record) -> None:
    """Refuse what is no resource, and what the county has no more."""
    if record.kind not in KINDS or record.state != RecordState.CURRENT:
        raise IllegalMove(
            _("“%(record)s”不能调派。") % {"record": record.name},
            place=_("力量"),
            remedy=_("可以调派的是登记簿里现有的队伍、物资装备、避难场所和专家。"),
        )


def demand_span(from_at: datetime, until_at: datetime | None, now: datetime) -> None:
    """Refuse what ends before it begins, is over already, or lasts longer than any emergency."""
    if until_at is None:
        return
    if until_at <= from_at or until_at <= now or until_at - from_at > LONGEST:
        raise Invalid(
            _("调派的时段不对。"),
            place=_("时段"),
            remedy=_("止要晚于起和现在，最长 60 天；没有定的留空，任务结束时自动放回。"),
            fields={"until_at": _("请核对")},
        )


def taken_by(other: Assignment) -> Invalid:
    """Say who has it, until when."""
    until = other.during.upper
    end = timezone.localtime(until).strftime("%m-%d %H:%M") if until else _("任务结束")
    return Invalid(
        _("“%(name)s”已经派给%(whither)s，到%(end)s。")
        % {"name": other.name, "whither": other.whither, "end": end},
        place=_("力量"),
        remedy=_("请另选，或先从那里放回，或改时段。"),
    )
