"""Adding to an incident's story by hand: a note, or files."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from liandong.command import actions, queries
from liandong.command.actions.note import readers
from liandong.command.forms.note import FilesForm, NoteForm
from liandong.command.models import Incident
from liandong.command.permissions import Permission
from liandong.kernel.actors import Actor
from liandong.kernel.files.actions import store_file
from liandong.web.deeds import deed
from liandong.web.requests import actor_of

KIND = "command.incident"


def note(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write something down."""
    actor = actor_of(request)
    actor.demand(Permission.NOTE_INCIDENT)
    incident = queries.incident_for(actor, pk)
    room = reverse("command:room", args=[incident.pk])
    return deed(
        request,
        NoteForm(request.POST or None),
        run=lambda data: actions.note_incident(actor, incident=incident, **data),
        to=room,
        context={"note": incident.title, "back": room},
    )


def attach(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand files in."""
    actor = actor_of(request)
    actor.demand(Permission.ATTACH_FILE)
    incident = queries.incident_for(actor, pk)
    room = reverse("command:room", args=[incident.pk])
    return deed(
        request,
        FilesForm(request.POST or None, request.FILES or None),
        run=lambda data: _take(actor, incident, data),
        to=room,
        context={"note": incident.title, "back": room},
    )


def _take(actor: Actor, incident: Incident, data: dict[str, Any]) -> None:
    """Store each file and put it among the incident's; the same click brings the same files."""
    audience = readers(actor, incident, is_shared=data["is_shared"])
    for at, given in enumerate(data["given"]):
        key = f"{data['idempotency_key']}/{at}" if data["idempotency_key"] else ""
        file = store_file(
            actor,
            name=given.name,
            content=given,
            audience=audience,
            subject_kind=KIND,
            subject_id=str(incident.pk),
            incident=str(incident.pk),
            idempotency_key=key,
        )
        actions.attach_incident_file(
            actor,
            incident=incident,
            file=file,
            caption=data["caption"],
            idempotency_key=key,
        )
