"""Laying down by when reports go up."""

from django.db import IntegrityError, transaction

from liandong.command.events import ReportClockSet, ReportClockWithdrawn
from liandong.command.models import ReportClock
from liandong.command.permissions import Permission
from liandong.command.queries.report import clock_text
from liandong.command.rules.order import demand_words
from liandong.command.rules.report import demand_clock
from liandong.command.states import Anchor, BasisStatus, Channel, ReportKind, Severity
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import ACTUAL, Actor
from liandong.kernel.problems import Forbidden, Invalid, Stale
from liandong.kernel.wording import gettext as _


@action(Permission.SET_REPORT_CLOCK)
def set_report_clock(
    actor: Actor,
    *,
    kind: ReportKind,
    channel: Channel,
    to: str,
    hazard: str = "",
    severity: Severity | int | None = None,
    level: str = "",
    anchor: Anchor = Anchor.RECEIVED,
    minutes: int | None = None,
    every_minutes: int | None = None,
    basis: str = "",
    status: BasisStatus = BasisStatus.ASSUMED,
    replaces: ReportClock | None = None,
    expected_version: int | None = None,
    idempotency_key: str = "",
) -> ReportClock:
    """Lay down by when reports of a kind go up; the clock before it is kept, out of force.

    ``replaces``: the clock that was changed, also where it was for another case. Publishes
    ``ReportClockSet``. Reports already due keep theirs. Refuses a clock that says nothing or asks
    for what its kind cannot have, a recorded one without its paper, whoever saw an older version,
    and a drill. Clause 二(二)2.
    """
    _demand_actual(actor)
    demand_words(to, field="to", what=_("报送单位"))
    demand_clock(ReportKind(kind), level, minutes, every_minutes)
    if status == BasisStatus.RECORDED and not basis.strip():
        raise Invalid(
            _("标明有原文的时限要写出处。"),
            place=_("依据"),
            remedy=_("请写文件名和条款；没有原文的标为暂定。"),
            fields={"basis": _("请写出处")},
        )
    case = {
        "hazard": hazard.strip(),
        "severity": severity,
        "level": level,
        "kind": kind,
        "channel": channel,
        "to": to.strip(),
    }
    if replaces is not None:
        replaces.change(expected_version=expected_version or replaces.version, in_force=False)
    ReportClock.objects.filter(in_force=True, **case).update(in_force=False)
    row = ReportClock(
        **case,
        anchor=anchor,
        minutes=minutes,
        every_minutes=every_minutes,
        basis=basis.strip(),
        status=status,
    )
    try:
        with transaction.atomic():  # the refusal is the database's
            ReportClock.objects.bulk_create([row])
    except IntegrityError:
        raise Stale(
            _("别人刚刚为同一种情况设定了时限。"),
            place=_("报告时限"),
            remedy=_("您填的内容还在，请看最新的时限后再办一次。"),
        ) from None
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


@action(Permission.SET_REPORT_CLOCK)
def withdraw_report_clock(
    actor: Actor,
    *,
    clock: ReportClock,
    reason: str,
    expected_version: int,
    idempotency_key: str = "",
) -> ReportClock:
    """Let a clock count no longer; it is kept. Publishes ``ReportClockWithdrawn``.

    Reports already due keep theirs. Refuses without a reason, and in a drill. Clause 二(二)2.
    """
    _demand_actual(actor)
    demand_words(reason, field="reason", what=_("停用原因"))
    clock.change(expected_version=expected_version, in_force=False)
    fact = ReportClockWithdrawn(
        subject_id=str(clock.pk),
        text=f"{clock}，{clock_text(clock)}",
        reason=reason.strip(),
    )
    happened(fact, audience={"duty", "security", "audit"})
    return clock


def _demand_actual(actor: Actor) -> None:
    if actor.realm != ACTUAL:
        raise Forbidden(_("演练中不能改动报告时限。"), remedy=_("请先退出演练。"))
