"""What plans do when time has come."""

from liandong.kernel.actors import system_actor
from liandong.kernel.timers import Due, timer
from liandong.plans.actions import let_step_fall_due, remind_of_duty
from liandong.plans.actions.duty import DUTY_DUE
from liandong.plans.actions.run import STEP_DUE
from liandong.plans.permissions import Permission
from liandong.plans.queries import run_visible, version_by_id


@timer(STEP_DUE)
def say_that_a_step_is_due(due: Due) -> None:
    pacer = system_actor("run", "预案执行", due.realm, Permission.LET_STEP_FALL_DUE)
    let_step_fall_due(
        pacer,
        run=run_visible(pacer, due.subject_id),
        step_id=due.label,
        due_at=due.at,
        idempotency_key=due.key,
    )


@timer(DUTY_DUE)
def say_what_is_owed_for_a_plan(due: Due) -> None:
    calendar = system_actor("timer", "预案日历", due.realm, Permission.REMIND_OF_DUTY)
    version = version_by_id(due.subject_id)
    remind_of_duty(calendar, version=version, what=due.label, idempotency_key=due.key)
