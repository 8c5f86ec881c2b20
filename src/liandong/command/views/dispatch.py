"""Ordering the same of many at once, and taking it back."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from liandong.command import actions, queries
from liandong.command.forms.giving import DispatchForm, RecallDispatchForm
from liandong.command.models import Dispatch
from liandong.command.permissions import Permission
from liandong.command.rules.incident import family
from liandong.command.views.enclosing import asked_for, enclosed
from liandong.web.deeds import deed
from liandong.web.requests import actor_of


def dispatch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One form, many units."""
    actor = actor_of(request)
    actor.demand(Permission.ISSUE_ORDER)
    incident = queries.incident_for(actor, pk)
    room = reverse("command:room", args=[incident.pk])
    circle = queries.circles(actor, incident)
    form = DispatchForm(
        request.POST or None,
        request.FILES or None,
        initial=asked_for(request),
        groups=circle.groups,
        labels=circle.labels,
        units=circle.units,
        before=queries.live_orders(incident),
        phrases=queries.order_phrases_for(incident, family(incident.hazard)),
    )

    def run(data: dict[str, Any]) -> Dispatch:
        posts = [one.post for one in queries.staffed_addresses(data["to_posts"])]
        data["files"] = enclosed(actor, incident, data, [*data["to_posts"], *posts])
        return actions.dispatch_order(actor, incident=incident, **data)

    return deed(
        request,
        form,
        run=run,
        to=room,
        template="command/issue.html",
        context={"note": incident.title, "back": room, "incident": incident},
        undo=lambda made: reverse("command:recall_dispatch", args=[made.pk]),
    )


def recall(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back what went to many."""
    actor = actor_of(request)
    actor.demand(Permission.ISSUE_ORDER)
    found = queries.dispatch_for(actor, pk)
    room = reverse("command:room", args=[found.incident_id])
    return deed(
        request,
        RecallDispatchForm(request.POST or None),
        run=lambda data: actions.recall_dispatch(actor, dispatch=found, **data),
        to=room,
        context={"note": found.text[:60], "back": room},
    )
