"""What the organization does when its clocks run out."""

from liandong.kernel.actors import system_actor
from liandong.kernel.timers import Due, timer
from liandong.organization.actions import settle_appointment
from liandong.organization.models import Appointment
from liandong.organization.permissions import Permission


@timer("organization.appointment_begun")
def tell_begun(due: Due) -> None:
    """A deputy's time begins: what they may see and do is asked anew."""
    _settle(due)


@timer("organization.appointment_over")
def tell_over(due: Due) -> None:
    """A deputy's time is over."""
    _settle(due)


def _settle(due: Due) -> None:
    actor = system_actor("timer", "时钟", due.realm, Permission.END_APPOINTMENT)
    row = Appointment.objects.select_related("post__body", "person").get(pk=due.subject_id)
    settle_appointment(actor, appointment=row, idempotency_key=due.key)
