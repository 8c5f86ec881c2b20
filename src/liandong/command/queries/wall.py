"""What a room full of people watches: figures, incidents, and the orders that are running out of time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, Q

from liandong.command.models import CommandTerm, Incident, IncidentLink, Report
from liandong.command.queries.incident import listed_incidents
from liandong.command.queries.load import Share, shares
from liandong.command.queries.order import LAST, BoardRow, board_row, visible_orders
from liandong.command.queries.report import sent_in_order, visible_reports
from liandong.command.states import VOID, CommandLevel, IncidentState, OrderState, ReportState
from liandong.kernel.actors import Actor


@dataclass(frozen=True)
class Watched:
    """An incident on the wall: its orders by how they stand, and the one that is due next."""

    incident: Incident
    shares: list[Share]
    total: int
    done: int
    late: int
    next_row: BoardRow | None


@dataclass(frozen=True)
class Wall:
    """Everything the wall shows of orders. Figures of people are None where nobody reported any."""

    incidents: list[Watched]
    rows: list[BoardRow]
    overdue: int
    declined: int
    owed: int
    dead: int | None
    missing: int | None


def wall(actor: Actor, now: datetime) -> Wall:
    """Gather what goes on; a fixed number of queries, however many orders."""
    standing = CommandTerm.objects.filter(ended_at=None).exclude(level=CommandLevel.COUNTY)
    incidents = list(
        listed_incidents(actor, state=IncidentState.OPEN).prefetch_related(
            Prefetch("command_terms", queryset=standing, to_attr="commanding")
        )
    )
    rows = [
        board_row(order, now)
        for order in visible_orders(actor)
        .filter(Q(incident__in=incidents) | Q(incident__merged_into__in=incidents))
        .exclude(state__in=sorted(VOID))
    ]
    owed = [row for row in rows if row.order.is_live]
    owed.sort(key=lambda row: (row.group != "attention", row.due_at or LAST, row.order.pk))
    dead, missing = _casualties(actor, incidents)
    watched = [_watched(one, rows) for one in incidents]
    return Wall(
        incidents=sorted(watched, key=lambda one: (-one.late, one.done - one.total)),
        rows=owed,
        overdue=sum(1 for row in owed if row.shown == "overdue"),
        declined=sum(1 for row in owed if row.order.state == OrderState.DECLINED),
        owed=len(owed),
        dead=dead,
        missing=missing,
    )


def _watched(incident: Incident, rows: Sequence[BoardRow]) -> Watched:
    mine = [
        row
        for row in rows
        if (row.order.incident.merged_into_id or row.order.incident_id) == incident.pk
    ]
    due = [row for row in mine if row.due_at and row.group != "attention"]
    return Watched(
        incident=incident,
        shares=shares(mine, len(mine)),
        total=len(mine),
        done=sum(1 for row in mine if row.order.is_done),
        late=sum(1 for row in mine if row.group == "attention"),
        next_row=min(due, key=lambda row: row.due_at or LAST, default=None),
    )


def _casualties(actor: Actor, incidents: Sequence[Incident]) -> tuple[int | None, int | None]:
    """The dead and the missing of the last report sent of each incident, added up.

    Whose figures stand within another's adds nothing.
    """
    sent = visible_reports(actor).filter(incident__in=incidents, state=ReportState.SENT)
    within = IncidentLink.objects.filter(is_counted=True, withdrawn_at=None, to__in=incidents)
    sent = sent.exclude(incident__in=within.values("incident"))
    last: dict[UUID, Report] = {}
    for report in sent_in_order(sent):
        last[report.incident_id] = report
    dead = [one.dead for one in last.values() if one.dead is not None]
    missing = [one.missing for one in last.values() if one.missing is not None]
    return (sum(dead) if dead else None, sum(missing) if missing else None)
