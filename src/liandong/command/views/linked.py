"""Incidents that belong together: linked, merged, split; and what is corrected or settled in one."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from liandong.command import actions, queries
from liandong.command.forms.linked import (
    ChooseForm,
    CorrectForm,
    LinkForm,
    MergeForm,
    SplitForm,
    UnlinkForm,
)
from liandong.command.models import Incident
from liandong.command.permissions import Permission
from liandong.command.views.visit import Visit
from liandong.kernel.actors import Actor
from liandong.web.deeds import deed
from liandong.web.requests import actor_of

HEAD = ("hazard", "place", "occurred_at", "discovered_at", "received_at", "leader_informed_at")
MOST_OTHERS = 200


def shown(visit: Visit) -> dict[str, Any]:
    """The room's part: what belongs together, and what it comes to."""
    return {
        "linked": queries.linked(visit.actor, visit.incident),
        "calls": queries.calls_of(visit.actor, visit.incident),
    }


def link(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say how this incident belongs to another."""
    actor, incident = _asked(request, pk, Permission.LINK_INCIDENTS)
    others = queries.visible_incidents(actor).exclude(pk=pk).filter(merged_into=None)
    form = LinkForm(request.POST or None, others=others[:MOST_OTHERS])
    return deed(
        request,
        form,
        run=lambda data: actions.link_incidents(actor, incident=incident, **data),
        to=_room(incident),
        context=_around(incident),
    )


def unlink(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a link back."""
    actor = actor_of(request)
    actor.demand(Permission.LINK_INCIDENTS)
    found = queries.link_for(actor, pk)
    form = UnlinkForm(request.POST or None, initial={"expected_version": found.version})
    return deed(
        request,
        form,
        run=lambda data: actions.unlink_incidents(
            actor, link=found, **{"expected_version": 0, **data}
        ),
        to=_room(found.incident),
        context={"note": str(found), "back": _room(found.incident)},
    )


def merge(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that this incident is another."""
    actor, incident = _asked(request, pk, Permission.MERGE_INCIDENTS)
    form = MergeForm(
        request.POST or None,
        others=queries.visible_open_incidents(actor).exclude(pk=pk)[:MOST_OTHERS],
        initial={"expected_version": incident.version},
    )
    return deed(
        request,
        form,
        run=lambda data: actions.merge_incidents(
            actor, incident=incident, **{"expected_version": 0, **data}
        ),
        to=_room,
        context=_around(incident),
    )


def split(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make part of this incident one of its own."""
    actor, incident = _asked(request, pk, Permission.MERGE_INCIDENTS)
    free = queries.visible_orders(actor).filter(incident=incident, run=None)
    form = SplitForm(
        request.POST or None,
        calls=[one for one in queries.calls_of(actor, incident) if one.incident_id == pk],
        orders=free[:MOST_OTHERS],
        facts=queries.facts_told(actor, incident),
        initial={"expected_version": incident.version, "hazard": incident.hazard},
    )
    return deed(
        request,
        form,
        run=lambda data: actions.split_incident(
            actor, incident=incident, **{"expected_version": 0, **data}
        ),
        to=_room,
        context=_around(incident),
    )


def correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put the head right."""
    actor, incident = _asked(request, pk, Permission.CORRECT_INCIDENT)
    initial = {name: getattr(incident, name) for name in HEAD}
    initial |= {"name": incident.title, "expected_version": incident.version}
    form = CorrectForm(request.POST or None, hazard=incident.hazard, initial=initial)
    return deed(
        request,
        form,
        run=lambda data: actions.correct_incident(
            actor, incident=incident, **{"expected_version": 0, **data}
        ),
        to=_room(incident),
        context=_around(incident),
    )


def choose(request: HttpRequest, pk: UUID, telling: UUID) -> HttpResponse:
    """Settle on what one of several tellers said of a figure."""
    actor, incident = _asked(request, pk, Permission.CHOOSE_FACT)
    told = queries.facts_told(actor, incident)
    found = [(one, said) for one in told for said in one.tellers if said.pk == telling]
    fact, said = found[0] if found else (None, None)
    choice = fact.choice if fact else None
    note = f"{fact.label} {said.value} · {said.source}" if fact and said else incident.title
    form = ChooseForm(request.POST or None, initial={"replaces": choice.pk if choice else None})
    return deed(
        request,
        form,
        run=lambda data: actions.choose_fact(actor, incident=incident, telling=telling, **data),
        to=_room(incident),
        context={"note": note, "back": _room(incident)},
    )


def _asked(request: HttpRequest, pk: UUID, permission: Permission) -> tuple[Actor, Incident]:
    actor = actor_of(request)
    actor.demand(permission)
    return actor, queries.incident_for(actor, pk)


def _room(incident: Incident) -> str:
    return reverse("command:room", args=[incident.pk])


def _around(incident: Incident) -> dict[str, Any]:
    return {"note": incident.title, "back": _room(incident)}
