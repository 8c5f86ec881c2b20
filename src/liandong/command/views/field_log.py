"""The field's own log, and command there given and taken."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from liandong.command import actions, queries
from liandong.command.forms.field_log import GiveForm, LogForm, MergeLogForm, TakeForm
from liandong.command.models import FieldPost
from liandong.command.permissions import Permission
from liandong.command.rules.field_people import may_sign
from liandong.command.rules.field_post import is_commander
from liandong.kernel import clock
from liandong.kernel.actors import Actor
from liandong.web.deeds import deed
from liandong.web.requests import actor_of

MOST_SHOWN = 200


def log(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was noted, in the order in which it happened, and who handed over to whom."""
    return render(request, "command/field_log.html", _page(actor_of(request), pk))


def part(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The same again, when something came in."""
    return render(request, "command/_field_log.html", _page(actor_of(request), pk))


def write(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note something."""
    actor = actor_of(request)
    actor.demand(Permission.WRITE_FIELD_LOG)
    found = queries.field_post_for(actor, pk)
    return deed(
        request,
        LogForm(found, request.POST or None),
        run=lambda data: actions.write_field_log(actor, field_post=found, **data),
        to=_url(found),
        context={"note": found.name, "back": _url(found)},
    )


def merge(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put in what was written while nothing could be sent."""
    actor = actor_of(request)
    actor.demand(Permission.WRITE_FIELD_LOG)
    found = queries.field_post_for(actor, pk)
    today = timezone.localtime(clock.now(actor.realm)).date()
    return deed(
        request,
        MergeLogForm(found, request.POST or None, initial={"day": today}),
        run=lambda data: actions.merge_field_log(actor, field_post=found, **data),
        to=_url(found),
        context={"note": found.name, "back": _url(found)},
    )


def give(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Sign command over."""
    actor = actor_of(request)
    actor.demand(Permission.HAND_OVER_FIELD)
    found = queries.field_post_for(actor, pk)
    return deed(
        request,
        GiveForm(request.POST or None),
        run=lambda data: actions.give_field_command(actor, field_post=found, **data),
        to=_url(found),
        context={"note": found.name, "back": _url(found)},
    )


def take(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Sign for it."""
    actor = actor_of(request)
    actor.demand(Permission.HAND_OVER_FIELD)
    found = queries.field_handover_for(actor, pk)
    page = _url(found.field_post)
    return deed(
        request,
        TakeForm(request.POST or None, initial={"expected_version": found.version}),
        run=lambda data: actions.take_field_command(actor, handover=found, **data),
        to=page,
        context={"note": str(found), "back": page},
    )


def _url(found: FieldPost) -> str:
    return reverse("command:field_log", args=[found.pk])


def _page(actor: Actor, pk: UUID) -> dict[str, Any]:
    found = queries.field_post_for(actor, pk)
    handovers = queries.field_handovers(found)
    waiting = next((one for one in handovers if one.is_waiting), None)
    hands_over = actor.may(Permission.HAND_OVER_FIELD) and found.is_open
    return {
        "field_post": found,
        "lines": queries.field_log(found, limit=MOST_SHOWN),
        "handovers": handovers,
        "waiting": waiting,
        "may": {
            "write": found.is_open
            and actor.may(Permission.WRITE_FIELD_LOG)
            and may_sign(actor, found),
            "give": hands_over and waiting is None and is_commander(actor, found),
            "take": hands_over
            and waiting is not None
            and f"post:{waiting.to_post_id}" in actor.scopes,
        },
    }
