"""The whole state of an incident on paper: for when power is going."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from liandong.command import queries
from liandong.command.states import ConsultationState
from liandong.command.views.parts import TOLD
from liandong.kernel import clock
from liandong.kernel.events import known
from liandong.kernel.journal.reading import head, position, timeline
from liandong.organization import queries as organization
from liandong.web.maps.extents import CHINA, box_around, county_box
from liandong.web.maps.palette import PALETTES
from liandong.web.maps.registry import Asked, gather
from liandong.web.maps.sheet import Order, draw
from liandong.web.requests import actor_of

WIDTH, HEIGHT = 1000, 700
MOST_TOLD = 80


def situation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everything the reader may see of it on one page: as long as it is, by the clock, for paper."""
    actor = actor_of(request)
    incident = queries.incident_for(actor, pk)
    now = clock.now(actor.realm)
    # Before anything is read: what comes in meanwhile must not be thought to be on the sheet.
    at, chain = position(), head()
    reports = queries.reports_of(actor, incident)
    consultations = queries.visible_consultations(actor).filter(queries.within(incident))
    context = {
        "incident": incident,
        "now": now,
        "at": at,
        "chain": chain,
        "term": queries.standing_term(incident),
        "superior_orders": list(queries.superior_orders_of(actor, incident)),
        "responses": queries.active_responses(incident),
        "decisions": list(queries.decisions_of(actor, incident)),
        "proposals": list(
            queries.visible_proposals(actor)
            .filter(incident=incident)
            .order_by("plan", "-ordinal")
            .distinct("plan")
        ),
        "groups": [one for one in queries.board(actor, incident, now) if one.rows],
        "people": queries.people_of(actor, incident),
        "shifts": organization.shifts_now(now),
        "facts": queries.facts_told(actor, incident),
        "owed": [one for one in reports if not one.is_sent],
        "tasks": list(queries.open_tasks(actor).filter(incident=incident)),
        "consultations": list(consultations.filter(state=ConsultationState.OPEN)),
        "periods": list(queries.periods_in_force(actor, now)),
        "told": timeline(
            actor,
            incident=str(incident.pk),
            also=queries.merged_into(actor, incident),
            names=[name for name in known if name.startswith(TOLD)],
            limit=MOST_TOLD,
        ),
        "map": _map(request, str(incident.pk), incident.title),
    }
    return render(request, "command/situation.html", context)


def _map(request: HttpRequest, incident: str, title: str) -> str:
    pairs = gather(request, Asked(incident=incident, box=county_box()))
    features = [one for _layer, some in pairs for one in some]
    order = Order(
        box=box_around(features) or county_box() or CHINA,
        width=WIDTH,
        height=HEIGHT,
        colors=PALETTES["light"],
        title=title,
        at=clock.now(actor_of(request).realm),
        pairs=pairs,
    )
    return draw(order)
