"""Who commands: handing it over with its sheet, and what a superior told the county to do."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liandong.command import actions, queries
from liandong.command.forms.command_term import (
    CommandForm,
    ReportBackForm,
    SuperiorOrderForm,
    WithdrawnForm,
)
from liandong.command.models import CommandTerm, Incident
from liandong.command.permissions import Permission
from liandong.command.views.visit import Visit
from liandong.kernel import clock
from liandong.kernel.actors import Actor
from liandong.kernel.journal.reading import timeline
from liandong.web.deeds import deed
from liandong.web.requests import actor_of

KIND = "command.superior_order"
ORDERS_SHOWN = 4
MOST_TOLD = 40


def shown(visit: Visit) -> dict[str, Any]:
    """The room's part: who commands from above, whom it speaks to, and what it told the county."""
    orders = list(queries.superior_orders_of(visit.actor, visit.incident))
    return {
        "terms": list(_terms(visit.actor, visit.incident)),
        "superior_orders": orders[:ORDERS_SHOWN],
        "more_superior_orders": orders[ORDERS_SHOWN:],
        "may_receive": visit.actor.may(Permission.RECEIVE_SUPERIOR_ORDER),
    }


def command(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter that overall command passes, up or back."""
    actor = actor_of(request)
    actor.demand(Permission.MOVE_COMMAND)
    incident = queries.incident_for(actor, pk)
    room = reverse("command:room", args=[incident.pk])
    form = CommandForm(
        request.POST or None, initial={"expected_version": incident.version, "level": "city"}
    )
    return deed(
        request,
        form,
        run=lambda data: actions.move_command(actor, incident=incident, **data),
        to=room,
        template="command/move_command.html",
        context={"incident": incident, "back": room, "terms": _terms(actor, incident)},
    )


def sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The sheet for handing over as it would be now."""
    actor = actor_of(request)
    incident = queries.incident_for(actor, pk)
    return _sheet(request, actor, incident, None)


def term(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One handing over, with the sheet as it was then."""
    actor = actor_of(request)
    found = queries.command_term_for(actor, pk)
    return _sheet(request, actor, found.incident, found)


def _sheet(
    request: HttpRequest, actor: Actor, incident: Incident, found: CommandTerm | None
) -> HttpResponse:
    until = found.entered_at if found else None
    terms = list(_terms(actor, incident))
    earlier = terms[terms.index(found) + 1 :] if found else terms
    context = {
        "incident": incident,
        "term": found,
        "before": queries.command_words(next(iter(earlier), None)),
        "sheet": queries.command_sheet(actor, incident, until=until),
        "at": until or clock.now(actor.realm),
    }
    return render(request, "command/command_sheet.html", context)


def receive(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down what a superior says."""
    actor = actor_of(request)
    actor.demand(Permission.RECEIVE_SUPERIOR_ORDER)
    incident = queries.incident_for(actor, pk)
    now = queries.standing_term(incident)
    commanding = now.headquarters if now and now.is_superior else ""
    return deed(
        request,
        SuperiorOrderForm(request.POST or None, commanding=commanding),
        run=lambda data: actions.receive_superior_order(actor, incident=incident, **data),
        to=lambda made: reverse("command:superior_order", args=[made.pk]),
        context={
            "note": f"{incident.title} · {commanding}" if commanding else incident.title,
            "back": reverse("command:room", args=[incident.pk]),
        },
    )


def superior_order(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What it said, which orders carry it out, and what the superior was told."""
    actor = actor_of(request)
    return render(request, "command/superior_order.html", _page(actor, pk))


def part(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The same again, when something about it has changed."""
    actor = actor_of(request)
    return render(request, "command/_superior_order.html", _page(actor, pk))


def report_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep what the superior was told."""
    actor = actor_of(request)
    actor.demand(Permission.RECEIVE_SUPERIOR_ORDER)
    found = queries.superior_order_for(actor, pk)
    page = reverse("command:superior_order", args=[found.pk])
    return deed(
        request,
        ReportBackForm(request.POST or None, initial={"expected_version": found.version}),
        run=lambda data: actions.report_superior_order(actor, superior_order=found, **data),
        to=page,
        context={"note": found.words[:80], "back": page},
    )


def withdrawn(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep that the superior took it back."""
    actor = actor_of(request)
    actor.demand(Permission.RECEIVE_SUPERIOR_ORDER)
    found = queries.superior_order_for(actor, pk)
    page = reverse("command:superior_order", args=[found.pk])
    return deed(
        request,
        WithdrawnForm(request.POST or None, initial={"expected_version": found.version}),
        run=lambda data: actions.withdraw_superior_order(actor, superior_order=found, **data),
        to=page,
        context={"note": found.words[:80], "back": page},
    )


def _terms(actor: Actor, incident: Incident) -> Any:
    return queries.visible_command_terms(actor).filter(incident=incident)


def _page(actor: Actor, pk: UUID) -> dict[str, Any]:
    found = queries.superior_order_for(actor, pk)
    seen = {one.pk for one in queries.visible_orders(actor).filter(superior_order=found)}
    return {
        "superior_order": found,
        "orders": [one for one in found.orders.all() if one.pk in seen],
        "entries": timeline(actor, subject=(KIND, str(found.pk)), limit=MOST_TOLD),
        "may_receive": actor.may(Permission.RECEIVE_SUPERIOR_ORDER),
        "may_order": actor.may(Permission.ISSUE_ORDER),
    }
