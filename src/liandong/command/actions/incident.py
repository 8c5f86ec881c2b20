"""Opening, grading and closing incidents."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from liandong.command.actions.claims import (
    demand_reach,
    demand_realm,
    locked_incident,
    next_number,
)
from liandong.command.actions.incident_follow_up import (
    follow_up_without_response,
    stop_incident_follow_ups,
)
from liandong.command.actions.report_due import reopen_first_reports, start_report_clocks
from liandong.command.actions.turn import await_nothing
from liandong.command.events import IncidentClosed, IncidentOpened, SeveritySet
from liandong.command.models import Incident
from liandong.command.permissions import Permission
from liandong.command.queries.command_term import standing_term
from liandong.command.queries.field_post import standing_field_post
from liandong.command.queries.incident import incident_of_warning
from liandong.command.queries.order import live_orders
from liandong.command.queries.response import active_responses
from liandong.command.rules.command_term import demand_own_command
from liandong.command.rules.field_post import demand_withdrawn
from liandong.command.rules.incident import (
    checked_position,
    demand_in_order,
    demand_nothing_left,
    demand_open,
    demand_past,
)
from liandong.command.rules.order import demand_words
from liandong.command.states import INCIDENT_MOVES, IncidentState, Severity
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import IllegalMove
from liandong.kernel.wording import gettext as _


@action(Permission.OPEN_INCIDENT)
def open_incident(
    actor: Actor,
    *,
    title: str,
    hazard: str,
    source: str,
    received_at: datetime | None = None,
    occurred_at: datetime | None = None,
    discovered_at: datetime | None = None,
    leader_informed_at: datetime | None = None,
    place: str = "",
    townships: Sequence[str] = (),
    warning: str = "",
    position: tuple[Decimal, Decimal] | None = None,
    idempotency_key: str = "",
) -> Incident:
    """Enter an emergency, number it, and start the clocks of its first reports.

    Publishes ``IncidentOpened`` and ``ReportFellDue``. A warning opens one incident only. Refuses
    one without title, class or source, moments that lie ahead or out of order, and a ``position`` (longitude and
    latitude, WGS-84) that is not in China. Clause 二(二)2.
    """
    actor.demand(Permission.OPEN_INCIDENT, hazard=hazard)
    now = clock.now(actor.realm)
    demand_words(title, field="title", what=_("事件名称"))
    demand_words(hazard, field="hazard", what=_("事件类别"))
    demand_words(source, field="source", what=_("信息来源"))
    moments = {
        "occurred_at": (occurred_at, _("发生时间")),
        "discovered_at": (discovered_at, _("发现时间")),
        "received_at": (received_at, _("接报时间")),
        "leader_informed_at": (leader_informed_at, _("负责人接报时间")),
    }
    for field, (at, what) in moments.items():
        demand_past(at, now, field=field, what=what)
    demand_in_order([(field, what, at) for field, (at, what) in moments.items()][:3])
    lon, lat = checked_position(*position) if position else (None, None)
    number = next_number(actor.realm, now)
    # Asked under the register's lock: of two readers of one warning the second finds the first's.
    if warning and (before := incident_of_warning(actor.realm, warning)):
        raise IllegalMove(
            _("这条预警已登记为“%(incident)s”。") % {"incident": before},
            place=before.number,
            remedy=_("请直接进入该事件。"),
        )
    incident = Incident(
        realm=actor.realm,
        number=number,
        title=title.strip(),
        hazard=hazard,
        occurred_at=occurred_at,
        discovered_at=discovered_at,
        received_at=received_at or now,
        leader_informed_at=leader_informed_at,
        place=place.strip(),
        lon=lon,
        lat=lat,
        townships=list(townships),
        source=source.strip(),
        warning=warning,
        opened_at=now,
    )
    incident.audience = ["duty", f"incident:{incident.pk}"]
    incident.save(force_insert=True)
    fact = IncidentOpened(
        subject_id=str(incident.pk),
        number=incident.number,
        title=incident.title,
        hazard=hazard,
        place=incident.place,
        source=incident.source,
        received_at=incident.received_at.isoformat(),
        lon=str(lon or ""),
        lat=str(lat or ""),
    )
    happened(fact, incident=str(incident.pk), audience=incident.scopes, told=received_at)
    start_report_clocks(incident)
    return incident


@action(Permission.SET_SEVERITY)
def set_severity(
    actor: Actor,
    *,
    incident: Incident,
    severity: Severity | int | None,
    reason: str,
    expected_version: int,
    known_at: datetime | None = None,
    idempotency_key: str = "",
) -> Incident:
    """Fix how severe the incident is, or that nobody can say yet. Publishes ``SeveritySet``.

    Not derived from warning or response. The reports that its severity asks for fall due, counted
    from when it was known (``known_at``, now if not said); of a graver one the first report is
    owed anew. Refuses without a reason, a moment ahead or before the incident was heard of, and in
    a closed incident. Clause 二(二)2.
    """
    demand_realm(actor, incident)
    row = locked_incident(actor, incident)
    demand_reach(actor, Permission.SET_SEVERITY, row)
    demand_open(row)
    demand_words(reason, field="reason", what=_("定级依据"))
    now = clock.now(actor.realm)
    demand_past(known_at, now, field="known_at", what=_("得知时间"))
    demand_in_order(
        [
            ("received_at", _("接报时间"), row.received_at),
            ("known_at", _("得知时间"), known_at),
        ]
    )
    before = row.severity
    value = Severity(severity).value if severity is not None else None
    moment = (known_at or now) if value != before else row.graded_at
    row.change(
        expected_version=expected_version,
        severity=value,
        graded_at=moment if value is not None else None,
    )
    fact = SeveritySet(
        subject_id=str(row.pk), before=_severity(before), after=_severity(value), reason=reason
    )
    happened(fact, incident=str(row.pk), audience=row.scopes, told=known_at)
    reopen_first_reports(row, before)
    follow_up_without_response(row)
    return row


@action(Permission.CLOSE_INCIDENT)
def close_incident(
    actor: Actor,
    *,
    incident: Incident,
    reason: str,
    expected_version: int,
    idempotency_key: str = "",
) -> Incident:
    """End an incident in which nothing is left to do. Publishes ``IncidentClosed``.

    Refuses while a response is in force, a unit still owes something, a field headquarters
    stands or a superior commands, and names what.
    Clause 二(二)2.
    """
    row = locked_incident(actor, incident)
    demand_reach(actor, Permission.CLOSE_INCIDENT, row)
    demand_words(reason, field="reason", what=_("结束情况"))
    INCIDENT_MOVES.check(row.state, IncidentState.CLOSED)
    demand_own_command(standing_term(row))
    demand_nothing_left(live_orders(row))
    if active := active_responses(row):
        raise IllegalMove(
            _("%(response)s还没有终止。") % {"response": active[0]},
            place=_("应急响应"),
            remedy=_("请先决定终止响应，再结束事件。"),
        )
    demand_withdrawn(standing_field_post(row))
    row.change(
        expected_version=expected_version,
        state=IncidentState.CLOSED,
        closed_at=clock.now(actor.realm),
    )
    await_nothing(row)
    stop_incident_follow_ups(row, _("事件已结束"))
    fact = IncidentClosed(subject_id=str(row.pk), title=row.title, reason=reason)
    happened(fact, incident=str(row.pk), audience=row.scopes)
    return row


def _severity(value: int | None) -> str:
    return str(Severity(value).label) if value is not None else _("未定")
