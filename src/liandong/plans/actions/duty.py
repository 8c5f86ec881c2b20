"""Reminding of what is owed for a plan in force."""

from datetime import date, datetime, time, timedelta

from django.utils.timezone import get_current_timezone

from liandong.kernel import clock
from liandong.kernel.actions import action
from liandong.kernel.actors import ACTUAL, Actor
from liandong.kernel.timers import drop_timers, set_timer
from liandong.plans import queries
from liandong.plans.actions.passing import tell
from liandong.plans.events import DutyFellDue, OpinionsFellDue
from liandong.plans.models import PlanVersion
from liandong.plans.permissions import Permission
from liandong.plans.queries import Owed

DUTY_DUE = "plans.duty_due"
SUBJECT = "plans.plan_version"
OPINIONS = "opinions"
MORNING = time(9)
AGAIN = timedelta(days=7)  # asked again so often while a year has no calendar


@action(Permission.REMIND_OF_DUTY)
def remind_of_duty(
    actor: Actor, *, version: PlanVersion, what: str, idempotency_key: str = ""
) -> PlanVersion:
    """Say that something owed for a plan is near its day, and once more when the day is over. Publishes ``DutyFellDue``.

    Of units that have not answered, on the morning after their day: ``OpinionsFellDue``. Says
    nothing of what has been done meanwhile. Where no calendar of working days reaches, it looks
    again every week. Clause 三(二)1.
    """
    version.refresh_from_db()
    if what == OPINIONS:
        late = list(queries.opinions_outstanding([version.pk]))
        if late:
            names = [one.body.short_name for one in late]
            tell(OpinionsFellDue, version, units=names, due_on=late[0].due_on)
        return version
    now = queries.today()
    for owed in queries.owed_of(version):
        if owed.what == what:
            is_near = owed.is_near(now)
            _set(owed, after=now if is_near else None)
            if owed.due_on and is_near:
                tell(DutyFellDue, version, what=str(owed.what.label), due_on=owed.due_on)
    return version


def set_reminders(version: PlanVersion) -> None:
    """Set the clocks of what is owed for a version anew; of one that holds no longer, stop them."""
    drop_timers(realm=ACTUAL, subject_kind=SUBJECT, subject_id=str(version.pk), kind=DUTY_DUE)
    for owed in queries.owed_of(version):
        _set(owed)


def set_answer_reminder(version: PlanVersion, due_on: date) -> None:
    """Ask on the morning after the day by which units were to answer."""
    _set_timer(version, OPINIONS, morning_of(due_on + timedelta(days=1)))


def morning_of(day: date) -> datetime:
    """When people come to work."""
    return datetime.combine(day, MORNING, get_current_timezone())


def _set(owed: Owed, after: date | None = None) -> None:
    """Ring ahead of the day; once it has rung there, on the morning after the day; then no more."""
    if owed.due_on is None:
        _set_timer(owed.version, owed.what, clock.now(ACTUAL) + AGAIN)
        return
    ahead = owed.due_on - timedelta(days=queries.SOON_DAYS[owed.what])
    for day in (ahead, owed.due_on + timedelta(days=1)):
        if after is None or day > after:
            _set_timer(owed.version, owed.what, morning_of(day))
            return


def _set_timer(version: PlanVersion, label: str, due_at: datetime) -> None:
    set_timer(
        DUTY_DUE,
        realm=ACTUAL,
        due_at=due_at,
        subject_kind=SUBJECT,
        subject_id=str(version.pk),
        label=label,
    )
