"""The orders of an incident: as a list, over time, by unit; one state of them or all."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from liandong.command import queries
from liandong.command.views.visit import VIEWS, Visit
from liandong.kernel import clock

PAST_SHOWN = 30
LABELS = dict(zip(VIEWS, (_("列表"), _("甘特图"), _("按单位")), strict=True))


def board(visit: Visit) -> dict[str, Any]:
    """What the board shows: a fixed number of queries, and of what is over the newest only.

    Every row is read where one state of them was asked for, over time and by unit.
    """
    now = clock.now(visit.actor.realm)
    past = PAST_SHOWN if visit.view == "list" and not visit.state else None
    groups = queries.board(visit.actor, visit.incident, now, past=past)
    kept = queries.board_with(groups, visit.state)
    rows = queries.board_rows(kept)
    shown: dict[str, Any] = {
        "groups": kept,
        "orders_count": sum(group.count for group in groups),
        "view": visit.view,
        "visit": visit,
        "views": [
            {"key": key, "label": label, "query": visit.shown_as(view=key)}
            for key, label in LABELS.items()
        ],
        "chips": [
            {
                "kind": chip.state,
                "count": chip.count,
                "current": chip.state == visit.state,
                "query": visit.shown_as(state="" if chip.state == visit.state else chip.state),
            }
            for chip in queries.board_chips(groups)
        ],
        "all_query": visit.shown_as(state=""),
    }
    if visit.view == "gantt":
        shown["gantt"] = queries.gantt(rows, now, is_open=visit.incident.is_open)
    elif visit.view == "units":
        shown["loads"] = queries.loads(rows)
    elif not visit.state:
        shown["groups"] = queries.folded(kept)
    return shown
