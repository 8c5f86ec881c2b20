"""What time alone will change of an incident: its plans are looked at again at that moment."""

from datetime import datetime

from liandong.command.models import Incident
from liandong.kernel.timers import drop_timers, set_timer
from liandong.plans import queries as plans
from liandong.plans.models import PlanVersion

TURN_DUE = "command.turn_due"
KIND = "command.incident"


def await_turn(incident: Incident, version: PlanVersion, at: datetime) -> None:
    """Set the timer of the next moment when a version may read otherwise without anything new said.

    A time looked back on has run out (三小时内), or a period of the plan begins or ends (汛期).
    """
    turn = plans.next_turn_of(version, KIND, str(incident.pk), at, realm=incident.realm)
    if turn:
        set_timer(
            TURN_DUE,
            realm=incident.realm,
            due_at=turn,
            subject_kind=KIND,
            subject_id=str(incident.pk),
            label=str(version.pk),
            incident=str(incident.pk),
        )


def await_nothing(incident: Incident) -> None:
    """Look at a closed incident no more."""
    drop_timers(
        realm=incident.realm, subject_kind=KIND, subject_id=str(incident.pk), kind=TURN_DUE
    )
