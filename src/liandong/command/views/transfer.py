"""Handing on what came in, and what became of it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liandong.command import actions, queries
from liandong.command.forms.transfer import AcceptForm, ReadBackForm, RefuseForm, TransferForm
from liandong.command.models import Transfer
from liandong.command.permissions import Permission
from liandong.kernel.journal.reading import timeline
from liandong.web.deeds import deed
from liandong.web.forms import DeedForm
from liandong.web.requests import actor_of


def transfer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One transfer: what it is about, and taking it over or sending it back."""
    actor = actor_of(request)
    found = queries.transfer_for(actor, pk)
    version = {"expected_version": found.version}
    context = {
        "transfer": found,
        "room": queries.visible_incidents(actor).filter(calls__transfers=found).first(),
        "accepting": AcceptForm(initial=version),
        "refusing": RefuseForm(initial=version),
        "may_answer": found.is_waiting and actor.may(Permission.ANSWER_TRANSFER),
        "entries": timeline(actor, subject=("command.transfer", str(found.pk)), limit=40),
    }
    return render(request, "command/transfer.html", context)


def hand_on_signal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand a signal to whose business it is."""
    actor = actor_of(request)
    actor.demand(Permission.TAKE_SIGNAL)
    found = queries.signal_for(actor, pk)
    known = (found.caller, found.number, found.words)
    form = TransferForm(
        request.POST or None, initial={"text": "\n".join(one for one in known if one)}
    )
    return deed(
        request,
        form,
        run=lambda data: actions.transfer_signal(actor, signal=found, **data),
        to=_page,
        context={"note": str(found), "back": reverse("command:signal", args=[pk])},
    )


def hand_on_call(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand on a call that was registered here."""
    actor = actor_of(request)
    actor.demand(Permission.TAKE_SIGNAL)
    found = queries.call_for(actor, pk)
    known = (found.caller, found.number, found.place, found.what, found.measures)
    form = TransferForm(
        request.POST or None, initial={"text": "\n".join(one for one in known if one)}
    )
    return deed(
        request,
        form,
        run=lambda data: actions.transfer_call(actor, call=found, **data),
        to=_page,
        context={
            "note": str(found),
            "back": reverse("command:room", args=[found.incident_id]),
        },
    )


def read_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep that a call was said back to whoever told it."""
    actor = actor_of(request)
    actor.demand(Permission.OPEN_INCIDENT)
    found = queries.call_for(actor, pk)
    room = reverse("command:room", args=[found.incident_id])
    return deed(
        request,
        ReadBackForm(request.POST if request.method == "POST" else None),
        run=lambda data: actions.read_back_call(actor, call=found, **data),
        to=room,
        context={"note": f"{found} {found.caller}：{found.what}", "back": room},
    )


def accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take it over."""
    return _answer(request, pk, AcceptForm, actions.accept_transfer)


def refuse(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send it back."""
    return _answer(request, pk, RefuseForm, actions.refuse_transfer)


def _answer(
    request: HttpRequest, pk: UUID, form: type[DeedForm], act: Callable[..., Transfer]
) -> HttpResponse:
    actor = actor_of(request)
    actor.demand(Permission.ANSWER_TRANSFER)
    found = queries.transfer_for(actor, pk)
    sent: Any = request.POST if request.method == "POST" else None
    return deed(
        request,
        form(sent, initial={"expected_version": found.version}),
        run=lambda data: act(actor, transfer=found, **{"expected_version": 0, **data}),
        to=_page(found),
        context={"note": str(found), "back": _page(found)},
    )


def _page(transfer: Transfer) -> str:
    return reverse("command:transfer", args=[transfer.pk])
