"""Leaders' instructions: the register, taking one down, its page and what is done with it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liandong.command import actions, queries
from liandong.command.forms import instruction as forms
from liandong.command.models import Instruction
from liandong.command.permissions import Permission
from liandong.command.states import InstructionState
from liandong.kernel import clock
from liandong.web.deeds import deed
from liandong.web.forms import DeedForm
from liandong.web.requests import actor_of

MOST_LISTED = 100


def instructions(request: HttpRequest) -> HttpResponse:
    """The register: what is owed an answer, and what was answered."""
    actor = actor_of(request)
    actor.demand(Permission.RECORD_INSTRUCTION)
    rows = queries.visible_instructions(actor)
    context = {
        "owed": rows.filter(state=InstructionState.OPEN),
        "past": rows.exclude(state=InstructionState.OPEN)[:MOST_LISTED],
        "now": clock.now(actor.realm),
    }
    return render(request, "command/instructions.html", context)


def record(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take down what a leader said."""
    actor = actor_of(request)
    actor.demand(Permission.RECORD_INSTRUCTION)
    incident = queries.incident_for(actor, pk)
    return deed(
        request,
        forms.InstructionForm(request.POST or None),
        run=lambda data: actions.record_instruction(actor, incident=incident, **data),
        to=_page,
        context={
            "note": incident.title,
            "back": reverse("command:room", args=[incident.pk]),
        },
    )


def instruction(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One instruction: the words, the orders on it, and what is to be done next."""
    actor = actor_of(request)
    actor.demand(Permission.RECORD_INSTRUCTION)
    found = queries.instruction_for(actor, pk)
    offers = [
        {"form": form(initial={"expected_version": found.version}), "url": _url(name, found)}
        for name, (form, _act) in DEEDS.items()
        if _offered(name, found)
    ]
    now = clock.now(actor.realm)
    orders = queries.orders_on(actor, found)
    context = {
        "instruction": found,
        "incident": found.incident,
        "rows": [queries.board_row(order, now) for order in orders],
        "offers": offers,
        "now": now,
    }
    return render(request, "command/instruction.html", context)


def answer(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """Do one thing with it; refused, the form comes back with what was typed."""
    actor = actor_of(request)
    actor.demand(Permission.RECORD_INSTRUCTION)
    found = queries.instruction_for(actor, pk)
    form, act = DEEDS[name]
    return deed(
        request,
        form(request.POST or None, initial={"expected_version": found.version}),
        run=lambda data: act(actor, instruction=found, **data),
        to=_page,
        context={"note": str(found), "back": _page(found)},
    )


def _offered(name: str, one: Instruction) -> bool:
    return one.wants_read_back if name == "read-back" else one.is_open


def _page(one: Instruction) -> str:
    return reverse("command:instruction", args=[one.pk])


def _url(name: str, one: Instruction) -> str:
    return reverse(f"command:instruction_{name.replace('-', '_')}", args=[one.pk])


DEEDS: dict[str, tuple[type[DeedForm], Any]] = {
    "read-back": (forms.ReadBackInstructionForm, actions.read_back_instruction),
    "order": (forms.OrderInstructionForm, actions.order_instruction),
    "answer": (forms.AnswerInstructionForm, actions.answer_instruction),
}
