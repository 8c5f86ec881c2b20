"""What the law wants while a warning is in force: seen, decided, or passed over."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from liandong.command import actions, queries
from liandong.command.forms.step import PassOverForm, PrecautionForm
from liandong.command.permissions import Permission
from liandong.command.states import PrecautionState
from liandong.plans import queries as plans
from liandong.plans.language import read_level
from liandong.web.deeds import deed
from liandong.web.requests import actor_of


def precaution(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The measures of a warning's level, each with the item of the law; chosen and decided here."""
    actor = actor_of(request)
    found = queries.precaution_for(actor, pk)
    if request.method == "POST":
        actor.demand(Permission.DECIDE_RESPONSE)
    room = reverse("command:room", args=[found.incident_id])
    level = read_level(found.level)
    offered = plans.plan_of(found.plan_version).steps_of(level)
    is_open = found.state == PrecautionState.PROPOSED
    return deed(
        request,
        PrecautionForm(
            request.POST or None,
            initial={"expected_version": found.version},
            offered=offered,
        ),
        run=lambda data: actions.adopt_precaution(actor, precaution=found, **data),
        to=room,
        template="command/precaution.html",
        context={
            "precaution": found,
            "incident": found.incident,
            "offered": offered,
            "may_decide": is_open and actor.may(Permission.DECIDE_RESPONSE),
            "back": room,
        },
    )


def pass_over(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take none of them."""
    actor = actor_of(request)
    actor.demand(Permission.DECIDE_RESPONSE)
    found = queries.precaution_for(actor, pk)
    return deed(
        request,
        PassOverForm(request.POST or None, initial={"expected_version": found.version}),
        run=lambda data: actions.pass_over_precaution(actor, precaution=found, **data),
        to=reverse("command:room", args=[found.incident_id]),
        context={"note": str(found), "back": reverse("command:precaution", args=[found.pk])},
    )
