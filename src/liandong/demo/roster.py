"""Who is on duty in the fictional county: its two duty posts, around the clock, for a month."""

from datetime import timedelta

from django.utils.timezone import localtime

from liandong.demo.county import County
from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL, system_actor
from liandong.organization.actions import by_turns, lay_shifts
from liandong.organization.permissions import Permission
from liandong.organization.queries import holders, post_by_key
from liandong.organization.states import ShiftRole

DAYS = 31
HANDOVER_HOUR = 8
ON_DUTY = {
    ShiftRole.OFFICER: "emergency.duty-officer",
    ShiftRole.LEADER: "emergency.duty-leader",
}


def lay_roster(county: County) -> None:
    """Lay the roster from this morning on."""
    builder = system_actor("node", county.builder.label, ACTUAL, Permission.LAY_ROSTER)
    now = localtime(clock.now(ACTUAL))
    since = now.replace(hour=HANDOVER_HOUR, minute=0, second=0, microsecond=0)
    since -= timedelta(days=1)
    shifts = [
        shift
        for role, key in ON_DUTY.items()
        for shift in by_turns(role, holders(post_by_key(key)), since, days=DAYS)
    ]
    lay_shifts(builder, shifts=shifts)
