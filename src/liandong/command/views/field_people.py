"""Those on the spot: how many, who, since when; signed in, resting, signed out."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liandong.command import actions, queries
from liandong.command.forms.field_people import (
    PeopleForm,
    RestForm,
    ResumeForm,
    ShiftForm,
    SignInForm,
    SignOutForm,
)
from liandong.command.models import FieldPost
from liandong.command.permissions import Permission
from liandong.command.rules.field_people import demand_may_sign, may_sign, moves_all
from liandong.command.rules.field_post import is_commander
from liandong.kernel import clock
from liandong.kernel.actors import Actor
from liandong.web.deeds import deed
from liandong.web.requests import actor_of

HOUR = timedelta(hours=1)
MOVES: dict[str, tuple[type[PeopleForm], Callable[..., FieldPost]]] = {
    "rest": (RestForm, actions.rest_field_people),
    "resume": (ResumeForm, actions.resume_field_people),
    "sign-out": (SignOutForm, actions.sign_out_field_people),
}


def people(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everybody there, by party; to whom it does not concern, only how many."""
    return render(request, "command/field_people.html", _page(actor_of(request), pk))


def part(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The same again, when somebody came or went."""
    return render(request, "command/_field_people.html", _page(actor_of(request), pk))


def sign_in(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Count a party in."""
    actor, found = _signing(request, pk)
    return deed(
        request,
        SignInForm(found, request.POST or None),
        run=lambda data: actions.sign_in_field_party(actor, field_post=found, **data),
        to=_url(found),
        context={"note": found.name, "back": _url(found)},
    )


def move(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """Let some rest, work again, or leave."""
    actor, found = _signing(request, pk)
    form, act = MOVES[name]
    parties = queries.parties_of(found, clock.now(actor.realm), named=True)
    if not moves_all(actor, found):
        parties = [one for one in parties if f"body:{one.row.body_id}" in actor.scopes]
    wanted = {one for one in request.GET.get("party", "").split(",") if one}
    chosen = [
        one.value for party in parties if str(party.row.pk) in wanted for one in party.here
    ]

    def run(data: dict[str, Any]) -> FieldPost:
        data["people"] = queries.presences_for(found, data["people"])
        return act(actor, field_post=found, **data)

    return deed(
        request,
        form(parties, request.POST or None, initial={"people": chosen}),
        run=run,
        to=_url(found),
        context={"note": found.name, "back": _url(found)},
    )


def shift(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Settle how long somebody works there."""
    actor = actor_of(request)
    actor.demand(Permission.SET_FIELD_GROUP)
    found = queries.field_post_for(actor, pk)
    initial = {
        "expected_version": found.version,
        "hours": found.shift // HOUR,
    }
    return deed(
        request,
        ShiftForm(request.POST or None, initial=initial),
        run=lambda data: actions.set_field_shift(actor, field_post=found, **data),
        to=_url(found),
        context={"note": found.name, "back": _url(found)},
    )


def _signing(request: HttpRequest, pk: UUID) -> tuple[Actor, FieldPost]:
    """Nobody is shown the names of others who could not sign them in or out."""
    actor = actor_of(request)
    actor.demand(Permission.SIGN_FIELD_PEOPLE)
    found = queries.field_post_for(actor, pk)
    demand_may_sign(actor, found)
    return actor, found


def _url(found: FieldPost) -> str:
    return reverse("command:field_people", args=[found.pk])


def _page(actor: Actor, pk: UUID) -> dict[str, Any]:
    found = queries.field_post_for(actor, pk)
    signs = may_sign(actor, found)
    parties = queries.parties_of(found, clock.now(actor.realm), named=signs)
    here = [one for one in parties if one.here]
    return {
        "field_post": found,
        "parties": here,
        "gone": [one for one in parties if one.gone],
        "there": sum(len(one.here) for one in here),
        "at_work": sum(one.at_work for one in here),
        "resting": sum(one.resting for one in here),
        "tired": sum(one.over is not None for party in here for one in party.here),
        "hours": found.shift // HOUR,
        "may": {
            "sign": signs and found.is_open,
            "read": signs,
            "shift": found.is_open
            and (is_commander(actor, found) or actor.may(Permission.OPEN_FIELD_POST)),
        },
    }
