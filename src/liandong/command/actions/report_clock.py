"""Laying down by when reports go up."""

from liandong.command.events import ReportClockSet
from liandong.command.models import ReportClock
from liandong.command.permissions import Permission
from liandong.command.queries.report import clock_text
from liandong.command.rules.order import demand_words
from liandong.command.states import Anchor, BasisStatus, Channel, ReportKind
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import ACTUAL, Actor
from liandong.kernel.problems import Forbidden, Invalid
from liandong.kernel.wording import gettext as _


@action(Permission.SET_REPORT_CLOCK)
def set_report_clock(
    actor: Actor,
    *,
    kind: ReportKind,
    channel: Channel,
    to: str,
    hazard: str = "",
    level: str = "",
    anchor: Anchor = Anchor.RECEIVED,
    minutes: int | None = None,
    every_minutes: int | None = None,
    basis: str = "",
    status: BasisStatus = BasisStatus.ASSUMED,
    idempotency_key: str = "",
) -> ReportClock:
    """Lay down by when reports of a kind go up; the clock before it is kept, out of force.

    Publishes ``ReportClockSet``. Reports already due keep theirs. Refuses a clock that says
    nothing, a recorded one without its paper, and a drill. Clause 二(二)2.
    """
    if actor.realm != ACTUAL:
        raise Forbidden(_("演练中不能改动报告时限。"), remedy=_("请先退出演练。"))
    demand_words(to, field="to", what=_("报送单位"))
    if minutes is None and not every_minutes:
        raise Invalid(
            _("没有写时限。"),
            place=_("报告时限"),
            remedy=_("请写从起算时刻起多少分钟，或每多少分钟一次。"),
            fields={"minutes": _("请填写时限或间隔")},
        )
    if status == BasisStatus.RECORDED and not basis.strip():
        raise Invalid(
            _("标明有原文的时限要写出处。"),
            place=_("依据"),
            remedy=_("请写文件名和条款；没有原文的标为暂定。"),
            fields={"basis": _("请写出处")},
        )
    case = {
        "hazard": hazard,
        "level": level,
        "kind": kind,
        "channel": channel,
        "to": to.strip(),
    }
    ReportClock.objects.filter(in_force=True, **case).update(in_force=False)
    row = ReportClock.objects.create(
        **case,
        anchor=anchor,
        minutes=minutes,
        every_minutes=every_minutes,
        basis=basis.strip(),
        status=status,
    )
    fact = ReportClockSet(
        subject_id=str(row.pk),
        text=f"{row}，{clock_text(row)}",
        minutes=minutes or 0,
        every_minutes=every_minutes or 0,
        basis=row.basis,
        status=row.status,
    )
    happened(fact, audience={"duty", "security", "audit"})
    return row
