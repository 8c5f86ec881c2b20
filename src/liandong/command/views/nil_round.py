"""Rounds of nil reports: asking, who has answered, and a township's answer."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from liandong.command import actions, queries
from liandong.command.forms.nil_round import AnswerReturnForm, AskRoundForm
from liandong.command.permissions import Permission
from liandong.command.rules.nil_round import demand_own_return
from liandong.kernel import clock
from liandong.kernel.wording import as_kept
from liandong.web.deeds import deed
from liandong.web.requests import actor_of

QUESTION = gettext_lazy("人员伤亡、失联、转移，房屋、道路受损，险情")


def ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask townships to report by a time."""
    actor = actor_of(request)
    actor.demand(Permission.CALL_REPORT)
    incident = queries.incident_for(actor, pk)
    initial = {"question": as_kept(QUESTION)}
    return deed(
        request,
        AskRoundForm(request.POST or None, initial=initial),
        run=lambda data: actions.ask_nil_round(actor, incident=incident, **data),
        to=lambda made: reverse("command:nil_round", args=[made.pk]),
        context={"note": incident.title, "back": reverse("command:room", args=[incident.pk])},
    )


def nil_round(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who has answered what, and who has not."""
    actor = actor_of(request)
    found = queries.nil_round_for(actor, pk)
    context = {
        "told": queries.round_told(actor, found),
        "round": found,
        "incident": found.incident,
        "now": clock.now(found.realm),
        "may_note": found.incident.lives_in.is_open and actor.may(Permission.NOTE_DELIVERY),
    }
    return render(request, "command/nil_round.html", context)


def nil_return(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A township's answer; the desk writes down what was told by telephone."""
    actor = actor_of(request)
    actor.demand(Permission.ANSWER_ORDER)
    found = queries.nil_return_for(actor, pk)
    demand_own_return(actor, found)
    initial = {"expected_version": found.version, "text": found.text}
    if found.answered_at:
        initial["state"] = found.state
    desk = actor.may(Permission.CALL_REPORT)
    back = reverse("command:nil_round", args=[found.round_id]) if desk else "/"
    return deed(
        request,
        AnswerReturnForm(request.POST or None, initial=initial),
        run=lambda data: actions.answer_nil_return(actor, row=found, **data),
        to=back,
        template="command/nil_return.html",
        context={"row": found, "now": clock.now(found.realm), "back": back},
    )
