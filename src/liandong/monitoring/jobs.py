"""What monitoring does when its clocks run out."""

from liandong.kernel.actors import Actor, system_actor
from liandong.kernel.timers import Due, timer
from liandong.monitoring import queries
from liandong.monitoring.actions import note_expiry, urge_approval
from liandong.monitoring.actions.issuing import APPROVAL_DUE, EXPIRES
from liandong.monitoring.permissions import Permission


@timer(APPROVAL_DUE)
def urge_who_approves(due: Due) -> None:
    """Nobody has approved a warning in time: tell the next above."""
    actor = _watch(due)
    warning = queries.warnings_for(actor).get(pk=due.subject_id)
    urge_approval(actor, warning=warning, idempotency_key=due.key)


@timer(EXPIRES)
def ask_what_of_it(due: Due) -> None:
    """The time of a warning is over: its unit prolongs or lifts it."""
    actor = _watch(due)
    warning = queries.warnings_for(actor).get(pk=due.subject_id)
    note_expiry(actor, warning=warning, idempotency_key=due.key)


def _watch(due: Due) -> Actor:
    return system_actor("timer", "监测值守", due.realm, Permission.DRAFT_WARNING)
