"""Follow-ups of an incident for which no response was decided, by the county's own clocks."""

from collections.abc import Iterable

from liandong.command import queries
from liandong.command.actions.claims import demand_realm, locked_incident
from liandong.command.actions.report_due import hasten, new_report, waive
from liandong.command.models import Incident, Report, Response
from liandong.command.permissions import Permission
from liandong.command.queries.report import Cadence, clocked_follow_ups, due_after
from liandong.command.states import OWED, ReportKind, ReportState
from liandong.kernel import clock
from liandong.kernel.actions import action
from liandong.kernel.actors import Actor
from liandong.kernel.timers import drop_timers, set_timer

KIND, DUE = "command.incident", "command.incident_follow_up_due"


@action(Permission.CALL_REPORT)
def call_incident_follow_up(
    actor: Actor, *, incident: Incident, idempotency_key: str = ""
) -> Incident:
    """Make the next follow-up of an incident without a response due. Publishes ``ReportFellDue``.

    Does nothing in one that is over, is not graded, was not reported once, or has a response: its
    own follow-ups are called for then. Clause 二(二)2.
    """
    demand_realm(actor, incident)
    row = locked_incident(actor, incident)
    follow_up_without_response(row)
    return row


def follow_up_without_response(incident: Incident) -> None:
    """Owe each superior whose interval is over one more follow-up, one that is owed sooner where a clock now says so."""
    cadences = _cadences(incident)
    now = clock.now(incident.realm)
    for one in cadences:
        last = _last(incident, one)
        due = due_after(one.minutes, now)
        if last is None or last.due_at is None or last.due_at <= now:
            _owe(incident, one)
        elif last.state in OWED:
            hasten(last, due, one.counted, every_minutes=one.minutes)
    _ring_next(incident, cadences)


def stop_incident_follow_ups(incident: Incident, why: str) -> None:
    """An incident that is over is followed up no more; what went up stays."""
    drop_timers(realm=incident.realm, subject_kind=KIND, subject_id=str(incident.pk), kind=DUE)
    for report in clocked_follow_ups(incident).filter(
        state__in=[ReportState.DUE, ReportState.DRAFTED]
    ):
        waive(report, why)


def hand_to_response(incident: Incident, response: Response) -> None:
    """What is owed of an incident goes on as a follow-up of the response that was decided for it."""
    drop_timers(realm=incident.realm, subject_kind=KIND, subject_id=str(incident.pk), kind=DUE)
    clocked_follow_ups(incident).update(response=response)


def _cadences(incident: Incident) -> list[Cadence]:
    first = Report.objects.filter(
        incident=incident, kind=ReportKind.FIRST, state=ReportState.SENT
    )
    if not incident.is_open or not first.exists():
        return []
    return queries.cadences_without_response(incident)


def _last(incident: Incident, cadence: Cadence) -> Report | None:
    rows = clocked_follow_ups(incident).filter(channel=cadence.channel, to=cadence.to)
    return rows.order_by("-due_at", "-ordinal").first()


def _owe(incident: Incident, cadence: Cadence) -> None:
    now = clock.now(incident.realm)
    new_report(
        incident,
        ReportKind.FOLLOW_UP,
        cadence.channel,
        cadence.to,
        due_at=due_after(cadence.minutes, now),
        counted_from=now,
        counted=cadence.counted,
        by=cadence.clock,
        every_minutes=cadence.minutes,
    )


def _ring_next(incident: Incident, cadences: Iterable[Cadence]) -> None:
    """Ring when the first of the superiors is to be reported to once more."""
    last = [_last(incident, one) for one in cadences]
    dues = [one.due_at for one in last if one is not None and one.due_at is not None]
    if dues:
        set_timer(
            DUE,
            realm=incident.realm,
            due_at=min(dues),
            subject_kind=KIND,
            subject_id=str(incident.pk),
            incident=str(incident.pk),
        )
