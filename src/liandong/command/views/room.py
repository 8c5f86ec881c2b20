"""The incident room: clock, levels, orders, proposals, what happened, who is in it, reports."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from liandong.command import queries
from liandong.command.models import Incident
from liandong.command.permissions import Permission
from liandong.command.rules.report import NOT_KNOWN
from liandong.command.states import CommandLevel, DecisionState
from liandong.kernel import clock
from liandong.kernel.actors import Actor
from liandong.kernel.events import known
from liandong.kernel.journal.reading import timeline
from liandong.web.requests import actor_of

Context = dict[str, Any]
DECISIONS = ("command.response_decided", "command.decision_signed")
# Notices and receipts are kept, but they are no part of the story.
TOLD = ("command.", "monitoring.", "plans.facts", "plans.run_replanned")
MARKS = {
    "declined": "ban",
    "escalated": "clock",
    "deadline": "clock",
    "recalled": "arrow-back-up",
    "read_back": "message-dots",
    "accepted": "check",
    "finished": "checks",
    "checked": "circle-check",
    "progressed": "camera",
    "issued": "send",
    "order": "point",
    "level_proposed": "flag",
    "report": "report",
    "consultation": "users",
    "minutes": "notes",
    "facts": "clipboard-check",
    "monitoring": "alert-triangle",
}
BAD = ("declined", "escalated", "deadline")
MOST_TOLD = 60
SENT_SHOWN = 3


@dataclass(frozen=True)
class Visit:
    """Somebody looking at an incident; ``only`` its decisions, where that was asked for."""

    actor: Actor
    incident: Incident
    only: bool


def room(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The whole room; each part is asked for again when something in it happens."""
    actor = actor_of(request)
    incident = queries.incident_for(actor, pk)
    visit = Visit(actor, incident, only=request.GET.get("only") == "decisions")
    context = _base(visit)
    for shown in PARTS.values():
        context |= shown(visit)
    return render(request, "command/room.html", context)


def part(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """One part of the room."""
    actor = actor_of(request)
    incident = queries.incident_for(actor, pk)
    visit = Visit(actor, incident, only=request.GET.get("only") == "decisions")
    context = _base(visit) | PARTS[name](visit)
    return render(request, f"command/_{name}.html", context)


def _base(visit: Visit) -> Context:
    may = {name: visit.actor.may(permission) for name, permission in ALLOWED.items()}
    return {"incident": visit.incident, "now": clock.now(visit.actor.realm), "may": may}


def _head(visit: Visit) -> Context:
    return {
        "responses": queries.active_responses(visit.incident),
        "command_label": CommandLevel(visit.incident.command_level).label,
        "not_known": NOT_KNOWN,
    }


def _board(visit: Visit) -> Context:
    groups = queries.board(visit.actor, visit.incident, clock.now(visit.actor.realm))
    return {
        "groups": [group for group in groups if group.rows],
        "orders_count": sum(len(group.rows) for group in groups),
    }


def _proposals(visit: Visit) -> Context:
    actor, incident = visit.actor, visit.incident
    # The last of each plan: each carries its whole grading.
    rows = queries.visible_proposals(actor).filter(incident=incident)
    latest = rows.order_by("plan", "-ordinal").distinct("plan")
    pending = queries.decisions_of(actor, incident).filter(state=DecisionState.PENDING)
    meetings = queries.visible_consultations(actor).filter(incident=incident)[:3]
    return {
        "proposals": sorted(latest, key=lambda one: one.made_at, reverse=True),
        "pending": list(pending),
        "consultations": list(meetings),
    }


def _story(visit: Visit) -> Context:
    names = DECISIONS if visit.only else [name for name in known if name.startswith(TOLD)]
    told = timeline(visit.actor, incident=str(visit.incident.pk), names=names, limit=MOST_TOLD)
    return {"entries": [(one, *drawn(one.name)) for one in told], "only": visit.only}


def drawn(name: str) -> tuple[str, str]:
    """The icon of an entry, and its kind: a decision stands out, what went wrong is red."""
    if name in DECISIONS:
        return "shield", "decision"
    mark = next((mark for part, mark in MARKS.items() if part in name), "point")
    return mark, "bad" if any(part in name for part in BAD) else ""


def _reports(visit: Visit) -> Context:
    rows = queries.reports_of(visit.actor, visit.incident)
    owed = [report for report in rows if not report.is_sent]
    sent = [(report.sent_at, report) for report in rows if report.sent_at]
    sent.sort(key=itemgetter(0), reverse=True)
    last = [report for _at, report in sent]
    return {"reports": [*owed, *last[:SENT_SHOWN]], "older": last[SENT_SHOWN:]}


def _people(visit: Visit) -> Context:
    actor, incident = visit.actor, visit.incident
    units: dict[str, dict[str, Any]] = {}
    for order in queries.visible_orders(actor).filter(incident=incident):
        unit = units.setdefault(
            str(order.to_body), {"orders": 0, "done": 0, "post": order.to_post}
        )
        unit["orders"] += 1
        unit["done"] += order.is_done
    return {
        "units": [{"name": name, **unit} for name, unit in units.items()],
        "decisions": list(queries.decisions_of(actor, incident)[:3]),
    }


PARTS: dict[str, Callable[[Visit], Context]] = {
    "head": _head,
    "board": _board,
    "proposals": _proposals,
    "story": _story,
    "reports": _reports,
    "people": _people,
}
ALLOWED = {
    "order": Permission.ISSUE_ORDER,
    "decide": Permission.DECIDE_RESPONSE,
    "consult": Permission.OPEN_CONSULTATION,
    "facts": Permission.RECORD_FACTS,
    "report": Permission.DRAFT_REPORT,
    "close": Permission.CLOSE_INCIDENT,
    "grade": Permission.SET_SEVERITY,
    "command": Permission.MOVE_COMMAND,
}
