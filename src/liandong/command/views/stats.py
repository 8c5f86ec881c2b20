"""How the units of an incident carry on: what each was given, and how quickly it answered."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from liandong.command import queries
from liandong.command.queries.load import Load, Pace, Response
from liandong.kernel import clock
from liandong.kernel.wording import gettext as _
from liandong.web.requests import actor_of

LABELS = {
    "done": (gettext_lazy("已完成"), "green"),
    "work": (gettext_lazy("执行中"), "accent"),
    "wait": (gettext_lazy("等待回应"), "grey"),
    "late": (gettext_lazy("需要处置"), "red"),
}


def stats(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Load and response times, drawn and as tables."""
    actor = actor_of(request)
    incident = queries.incident_for(actor, pk)
    now = clock.now(actor.realm)
    groups = queries.board(actor, incident, now)
    rows = queries.board_rows(groups)
    loads = queries.loads(rows)
    times = queries.response_times([row.order for row in rows])
    context = {
        "incident": incident,
        "now": now,
        "loads": loads,
        "times": times,
        "load_chart": load_chart(loads),
        "pace_chart": pace_chart(times),
    }
    return render(request, "command/stats.html", context)


def load_chart(loads: list[Load]) -> dict[str, Any]:
    """Orders of each unit, stacked by how they stand."""
    return {
        "unit": _("条"),
        "names": [one.unit for one in loads],
        "stacked": True,
        "series": [
            {"name": label, "tone": tone, "values": [one.counted(kind) for one in loads]}
            for kind, (label, tone) in LABELS.items()
        ],
    }


def pace_chart(times: list[Response]) -> dict[str, Any]:
    """Minutes until an order was read back: the median and the worst of each unit."""
    answered = [one for one in times if one.read_back.count]
    return {
        "unit": _("分钟"),
        "names": [one.unit for one in answered],
        "stacked": False,
        "series": [
            {
                "name": _("复诵用时中位数"),
                "tone": "blue",
                "values": [_minutes(one.read_back, worst=False) for one in answered],
            },
            {
                "name": _("复诵用时最长"),
                "tone": "orange",
                "values": [_minutes(one.read_back, worst=True) for one in answered],
            },
        ],
    }


def _minutes(pace: Pace, *, worst: bool) -> str:
    """A length in minutes, to a tenth."""
    length = pace.worst if worst else pace.median
    return f"{length.total_seconds() / 60:.1f}" if length else ""
