"""What the organization does when its clocks run out."""

from liandong.kernel.actors import system_actor
from liandong.kernel.timers import Due, timer
from liandong.organization.actions import settle_appointment, settle_leave
from liandong.organization.models import Appointment, Leave
from liandong.organization.permissions import Permission


@timer("organization.appointment_begun")
def tell_begun(due: Due) -> None:
    """A deputy's time begins: what they may see and do is asked anew."""
    _settle(due)


@timer("organization.appointment_over")
def tell_over(due: Due) -> None:
    """A deputy's time is over."""
    _settle(due)


@timer("organization.leave_begun")
def tell_leave_begun(due: Due) -> None:
    """Somebody is away from now on."""
    _settle_leave(due)


@timer("organization.leave_over")
def tell_leave_over(due: Due) -> None:
    """Somebody is back."""
    _settle_leave(due)


def _settle_leave(due: Due) -> None:
    actor = system_actor("timer", "时钟", due.realm, Permission.ENTER_LEAVE)
    leave = Leave.objects.select_related("person").get(pk=due.subject_id)
    settle_leave(actor, leave=leave, idempotency_key=due.key)


def _settle(due: Due) -> None:
    actor = system_actor("timer", "时钟", due.realm, Permission.END_APPOINTMENT)
    row = Appointment.objects.select_related("post__body", "person").get(pk=due.subject_id)
    settle_appointment(actor, appointment=row, idempotency_key=due.key)
