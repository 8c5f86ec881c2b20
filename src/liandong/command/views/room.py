"""The incident room: clock, levels, orders, proposals, facts, what happened, who is in it, papers."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from liandong.command import queries
from liandong.command.permissions import Permission
from liandong.command.views import (
    action_plan,
    command_term,
    evacuation,
    field_post,
    linked,
    parts,
    step,
)
from liandong.command.views.board import board
from liandong.command.views.visit import Visit, visit_of
from liandong.kernel import clock
from liandong.web.requests import actor_of


def room(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The whole room; each part is asked for again when something in it happens."""
    visit = visit_of(request, queries.incident_for(actor_of(request), pk))
    context = _base(visit)
    for shown in PARTS.values():
        context |= shown(visit)
    return render(request, "command/room.html", context)


def part(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """One part of the room."""
    visit = visit_of(request, queries.incident_for(actor_of(request), pk))
    context = _base(visit) | PARTS[name](visit)
    return render(request, f"command/_{name}.html", context)


def _base(visit: Visit) -> dict[str, Any]:
    may = {name: visit.actor.may(permission) for name, permission in ALLOWED.items()}
    return {"incident": visit.incident, "now": clock.now(visit.actor.realm), "may": may}


PARTS: dict[str, Callable[[Visit], dict[str, Any]]] = {
    "head": parts.head,
    "board": board,
    "measures": step.shown,
    "proposals": parts.proposals,
    "facts": parts.facts,
    "story": parts.story,
    "reports": parts.reports,
    "people": parts.people,
    "superior": command_term.shown,
    "field_post": field_post.shown,
    "action_plan": action_plan.shown,
    "rescue": evacuation.shown,
    "files": parts.files,
    "linked": linked.shown,
    "minutes": parts.minutes,
}
ALLOWED = {
    "order": Permission.ISSUE_ORDER,
    "decide": Permission.DECIDE_RESPONSE,
    "consult": Permission.OPEN_CONSULTATION,
    "facts": Permission.RECORD_FACTS,
    "note": Permission.NOTE_INCIDENT,
    "attach": Permission.ATTACH_FILE,
    "report": Permission.DRAFT_REPORT,
    "close": Permission.CLOSE_INCIDENT,
    "grade": Permission.SET_SEVERITY,
    "command": Permission.MOVE_COMMAND,
    "choose": Permission.CHOOSE_FACT,
    "correct": Permission.CORRECT_INCIDENT,
    "link": Permission.LINK_INCIDENTS,
    "merge": Permission.MERGE_INCIDENTS,
    "take": Permission.TAKE_SIGNAL,
}
