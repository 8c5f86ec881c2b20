"""The wall: what a room full of people watches, without a click; each part is asked for again by itself."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from liandong.command import queries
from liandong.command.permissions import Permission
from liandong.command.views.parts import TOLD, drawn
from liandong.kernel import clock
from liandong.kernel.actors import Actor
from liandong.kernel.events import known
from liandong.kernel.journal.reading import timeline
from liandong.monitoring import queries as monitoring
from liandong.monitoring.states import Quantity
from liandong.web.requests import actor_of

INCIDENTS, WARNINGS, ORDERS, ENTRIES, PERIODS = 3, 4, 6, 4, 2
DRAWN = timedelta(hours=36)
FIGURES = 2

Context = dict[str, Any]


def wall(request: HttpRequest) -> HttpResponse:
    """The whole wall."""
    actor = _reader(request)
    context = _base(actor)
    for shown in set(PARTS.values()):
        context |= shown(actor)
    return render(request, "command/wall.html", context)


def part(request: HttpRequest, name: str) -> HttpResponse:
    """One part of it."""
    actor = _reader(request)
    return render(request, f"command/_wall_{name}.html", {**_base(actor), **PARTS[name](actor)})


def _reader(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    actor.demand(Permission.READ_INCIDENT)
    return actor


def _base(actor: Actor) -> Context:
    return {"now": clock.now(actor.realm)}


def _orders(actor: Actor) -> Context:
    wall = queries.wall(actor, clock.now(actor.realm))
    return {
        "wall": wall,
        "incidents": wall.incidents[:INCIDENTS],
        "more_incidents": wall.incidents[INCIDENTS:],
        "watched": wall.rows[:ORDERS],
        "more_watched": wall.rows[ORDERS:],
    }


def _warnings(actor: Actor) -> Context:
    rows = list(monitoring.active_warnings(actor.realm))
    return {"warnings": rows[:WARNINGS], "more_warnings": rows[WARNINGS:]}


def _periods(actor: Actor) -> Context:
    rows = list(queries.periods_in_force(actor, clock.now(actor.realm)))
    return {"periods": rows[:PERIODS], "more_periods": rows[PERIODS:]}


def _water(actor: Actor) -> Context:
    """The line of the gravest level, and the figures of the next."""
    now = clock.now(actor.realm)
    rows = [
        row
        for row in monitoring.strip_of(actor.realm, limit=12)
        if row.quantity != Quantity.RAIN
    ]
    if not rows:
        return {"water": [], "chart": None}
    station = rows[0].station
    graph = monitoring.hydrograph(station, now - DRAWN, now, realm=actor.realm)
    return {
        "water": rows[:FIGURES],
        "station": station,
        "chart": monitoring.chart_of(graph, now),
    }


def _story(actor: Actor) -> Context:
    names = [name for name in known if name.startswith(TOLD)]
    told = timeline(actor, names=names, limit=ENTRIES)
    return {"entries": [{"told": one, "kind": drawn(one.name)[1]} for one in told]}


PARTS: dict[str, Callable[[Actor], Context]] = {
    "head": _orders,
    "incidents": _orders,
    "warnings": _warnings,
    "periods": _periods,
    "water": _water,
    "watch": _orders,
    "story": _story,
}
