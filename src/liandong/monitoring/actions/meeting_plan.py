"""Joint meetings that come again: in which months, on which day, called by themselves so long ahead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.timezone import localdate, make_aware

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import ACTUAL, Actor
from liandong.kernel.problems import Invalid
from liandong.kernel.timers import drop_timers, set_timer
from liandong.kernel.wording import gettext as _
from liandong.kernel.working_days import is_working
from liandong.monitoring import rules
from liandong.monitoring.actions.meeting import call_meeting
from liandong.monitoring.events import MeetingPlanSet
from liandong.monitoring.models import JointMeeting, MeetingPlan
from liandong.monitoring.permissions import Permission
from liandong.monitoring.signals.meeting_days import MONTHS, next_meeting_day
from liandong.monitoring.states import MeetingState
from liandong.organization.models import Body

PLAN, DUE = "monitoring.meeting_plan", "monitoring.meeting_plan_due"
MOST_AHEAD = 60


@dataclass(frozen=True, kw_only=True)
class MeetingPlanSpec:
    """When a meeting comes again, and who is invited."""

    name: str
    office: Body
    bodies: Sequence[Body]
    months: Sequence[int]
    day: int
    at: time
    place: str = ""
    ahead_days: int = 7
    in_force: bool = True


@action(Permission.CALL_MEETING)
def set_meeting_plan(
    actor: Actor,
    *,
    spec: MeetingPlanSpec,
    plan: MeetingPlan | None = None,
    expected_version: int = 0,
    idempotency_key: str = "",
) -> MeetingPlan:
    """Lay down when a meeting comes again, change it, or end it (``in_force``). Publishes ``MeetingPlanSet``.

    Meetings that were called already stand. Refuses no name, no month, nobody to come, another's
    office, an older version, and a drill. Clause 二(一)2.
    """
    rules.demand_no_drill(actor)
    rules.demand_office_of(actor, spec.office)
    _check(spec)
    plain = {
        "name": spec.name.strip()[:60],
        "office": spec.office,
        "months": sorted(set(spec.months)),
        "day": spec.day,
        "at": spec.at,
        "place": spec.place.strip()[:120],
        "ahead_days": spec.ahead_days,
        "in_force": spec.in_force,
    }
    if plan is None:
        plan = MeetingPlan.objects.create(**plain)
    else:
        rules.demand_office_of(actor, plan.office)
        plan.change(expected_version=expected_version, **plain)
    plan.bodies.set(spec.bodies)
    if plan.in_force:
        _ring(plan, _next(plan, localdate(clock.now(ACTUAL))))
    else:
        drop_timers(realm=ACTUAL, subject_kind=PLAN, subject_id=str(plan.pk))
    fact = MeetingPlanSet(
        subject_id=str(plan.pk),
        plan=plan.name,
        months=plan.months,
        day=plan.day,
        in_force=plan.in_force,
    )
    happened(fact, audience={"county"})
    return plan


@action(Permission.CALL_MEETING)
def call_planned_meeting(
    actor: Actor, *, plan: MeetingPlan, idempotency_key: str = ""
) -> MeetingPlan:
    """Call the meeting that comes next by its plan, and set the clock for the one after it.

    Publishes ``MeetingCalled``. Does nothing for a plan that ended, nor twice for a day. Clause 二(一)2.
    """
    rules.demand_no_drill(actor)
    row = (
        MeetingPlan.objects.select_for_update(no_key=True)
        .select_related("office")
        .get(pk=plan.pk)
    )
    if not row.in_force:
        return row
    now = clock.now(ACTUAL)
    today = localdate(now)
    day = _next(row, today)
    begins_at = _moment(row, day)
    known = JointMeeting.objects.filter(plan=row, begins_at=begins_at)
    bodies = list(row.bodies.filter(merged_into=None))
    is_near = begins_at - timedelta(days=row.ahead_days) <= now
    if is_near and bodies and not known.exclude(state=MeetingState.CANCELED).exists():
        call_meeting(
            actor,
            office=row.office,
            title=f"{row.name}（{day.year}年{day.month}月）",
            begins_at=begins_at,
            bodies=bodies,
            place=row.place,
            plan=row,
        )
    _ring(row, _next(row, day) if is_near else day)
    return row


def _next(plan: MeetingPlan, after: date) -> date:
    return next_meeting_day(plan.months, plan.day, after, is_working)


def _moment(plan: MeetingPlan, day: date) -> datetime:
    return make_aware(datetime.combine(day, plan.at))


def _ring(plan: MeetingPlan, day: date) -> None:
    at = max(
        _moment(plan, day) - timedelta(days=plan.ahead_days),
        clock.now(ACTUAL) + timedelta(minutes=1),
    )
    set_timer(DUE, realm=ACTUAL, due_at=at, subject_kind=PLAN, subject_id=str(plan.pk))


def _check(spec: MeetingPlanSpec) -> None:
    wrong = {
        "name": not spec.name.strip() and _("请填写名称"),
        "months": (not spec.months or set(spec.months) - set(MONTHS)) and _("请选择月份"),
        "bodies": not spec.bodies and _("请选择与会单位"),
        "day": not 1 <= spec.day <= 31 and _("1 到 31 日"),
        "ahead_days": not 0 <= spec.ahead_days <= MOST_AHEAD and _("提前 0 到 60 天"),
    }
    named = {name: str(why) for name, why in wrong.items() if why}
    if named:
        raise Invalid(_("会期设定有误。"), remedy=_("请按提示改正。"), fields=named)
