"""研判: severity, what lies around, what happened like it, the next thresholds, on one page."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from liandong.command import queries
from liandong.command.permissions import Permission
from liandong.kernel import clock
from liandong.web.requests import actor_of

REACHES = (1, 3, 5, 10)
USUAL = 5


def judging(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everything that helps whoever judges; it decides nothing."""
    actor = actor_of(request)
    actor.demand(Permission.RECORD_FACTS)
    incident = queries.incident_for(actor, pk)
    asked = request.GET.get("km", "")
    km = int(asked) if asked in {str(one) for one in REACHES} else USUAL
    context = {
        "incident": incident,
        "findings": queries.severity_findings(incident, clock.now(incident.realm)),
        "around": queries.around(actor, incident, km),
        "reaches": REACHES,
        "km": km,
        "similar": queries.similar_incidents(actor, incident),
        "experience": queries.experience(actor, incident),
        "thresholds": queries.next_thresholds(actor, incident),
    }
    return render(request, "command/judging.html", context)
