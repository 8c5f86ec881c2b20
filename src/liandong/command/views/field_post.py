"""Command on the spot: its page, and everything that is decided or told there."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liandong.command import actions, queries
from liandong.command.forms.field_post import (
    CloseFieldPostForm,
    ExpandFieldPostForm,
    FieldAdjustmentForm,
    FieldCommanderForm,
    FieldGroupForm,
    OpenFieldPostForm,
)
from liandong.command.models import FieldPost
from liandong.command.permissions import Permission
from liandong.command.rules.field_post import is_commander
from liandong.command.views.visit import Visit
from liandong.kernel.actors import Actor
from liandong.kernel.journal.reading import timeline
from liandong.organization import queries as organization
from liandong.web.deeds import deed
from liandong.web.forms import DeedForm
from liandong.web.requests import actor_of

KIND = "command.field_post"
TOLD = ["command.field_adjustment_noted"]
MOST_TOLD = 40
ADJUSTMENTS_SHOWN = 3


def shown(visit: Visit) -> dict[str, Any]:
    """The room's part: the field headquarters that stands, else the last one there was."""
    actor = visit.actor
    found = queries.visible_field_posts(actor).filter(incident=visit.incident).first()
    told = (
        timeline(actor, subject=(KIND, str(found.pk)), names=TOLD, limit=ADJUSTMENTS_SHOWN)
        if found
        else []
    )
    return {
        "field_post": found,
        "adjustments": told,
        "on_the_spot": queries.headcount(found) if found and found.is_open else 0,
        "may_open_field_post": actor.may(Permission.OPEN_FIELD_POST),
    }


def field_post(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who commands, in which groups, and what was told from there."""
    actor = actor_of(request)
    return render(request, "command/field_post.html", _page(actor, pk))


def part(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The same again, when something there has changed."""
    actor = actor_of(request)
    return render(request, "command/_field_post_page.html", _page(actor, pk))


def open_(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Set one up."""
    actor = actor_of(request)
    actor.demand(Permission.OPEN_FIELD_POST)
    incident = queries.incident_for(actor, pk)
    initial = {"place": incident.place, "lon": incident.lon, "lat": incident.lat}
    return deed(
        request,
        OpenFieldPostForm(request.POST or None, initial=initial),
        run=lambda data: actions.open_field_post(actor, incident=incident, **data),
        to=lambda made: reverse("command:field_post", args=[made.pk]),
        context={"note": incident.title, "back": reverse("command:room", args=[incident.pk])},
    )


def expand(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make a headquarters of where a commissioner was sent."""
    actor = actor_of(request)
    actor.demand(Permission.OPEN_FIELD_POST)
    found = queries.field_post_for(actor, pk)
    form = ExpandFieldPostForm(
        request.POST or None, initial={"expected_version": found.version}
    )
    return _deed(request, found, form, actions.expand_field_post)


def appoint(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put another post in command there."""
    actor = actor_of(request)
    actor.demand(Permission.APPOINT_FIELD_COMMANDER)
    found = queries.field_post_for(actor, pk)
    form = FieldCommanderForm(request.POST or None, initial={"expected_version": found.version})
    return _deed(request, found, form, actions.appoint_field_commander)


def group(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say who leads a group."""
    actor = actor_of(request)
    actor.demand(Permission.SET_FIELD_GROUP)
    found = queries.field_post_for(actor, pk)
    wanted = request.GET.get("group", "")
    now = next((one for one in found.groups.all() if one.key == wanted), None)
    initial = {
        "expected_version": found.version,
        "group": wanted,
        "leader": str(now.leader_id or "") if now else "",
        "members": [one["body"] for one in now.members] if now else [],
    }
    form = FieldGroupForm(found, request.POST or None, initial=initial)
    return _deed(request, found, form, actions.set_field_group)


def note(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Tell what was changed there."""
    actor = actor_of(request)
    actor.demand(Permission.NOTE_FIELD_ADJUSTMENT)
    found = queries.field_post_for(actor, pk)
    return _deed(
        request,
        found,
        FieldAdjustmentForm(request.POST or None),
        actions.note_field_adjustment,
    )


def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Withdraw it."""
    actor = actor_of(request)
    actor.demand(Permission.CLOSE_FIELD_POST)
    found = queries.field_post_for(actor, pk)
    form = CloseFieldPostForm(request.POST or None, initial={"expected_version": found.version})
    return _deed(request, found, form, actions.close_field_post)


def _deed(
    request: HttpRequest, found: FieldPost, form: DeedForm, act: Callable[..., FieldPost]
) -> HttpResponse:
    page = reverse("command:field_post", args=[found.pk])
    return deed(
        request,
        form,
        run=lambda data: act(actor_of(request), field_post=found, **data),
        to=page,
        context={"note": found.name, "back": page},
    )


def _page(actor: Actor, pk: UUID) -> dict[str, Any]:
    found = queries.field_post_for(actor, pk)
    leads = any(f"post:{one.leader_id}" in actor.scopes for one in found.groups.all())
    commands = is_commander(actor, found)
    decides = actor.may(Permission.OPEN_FIELD_POST)
    return {
        "field_post": found,
        "holders": organization.holders(found.commander),
        "on_the_spot": queries.headcount(found),
        "entries": timeline(actor, subject=(KIND, str(found.pk)), limit=MOST_TOLD),
        "may": {
            "appoint": found.is_open and actor.may(Permission.APPOINT_FIELD_COMMANDER),
            "expand": found.is_open and found.is_commissioner and decides,
            "group": found.is_open and (commands or decides),
            "note": found.is_open
            and (commands or leads or actor.may(Permission.NOTE_DELIVERY)),
            "close": found.is_open and actor.may(Permission.CLOSE_FIELD_POST),
        },
    }
