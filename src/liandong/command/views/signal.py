"""Signals: the bar that rings, one signal's page, the list, and what is pasted from a chat."""

from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from liandong.command import actions, queries
from liandong.command.forms.call import DismissForm, HandForm, PasteForm, TakeForm, TakeUpForm
from liandong.command.forms.chat import chat_context
from liandong.command.forms.sheet import around, sheet
from liandong.command.models import Signal
from liandong.command.permissions import Permission
from liandong.command.states import SignalChannel, SignalState
from liandong.kernel.actors import Actor
from liandong.kernel.files.actions import store_file
from liandong.kernel.files.reading import files_of
from liandong.kernel.ids import uuid7
from liandong.kernel.journal.reading import timeline
from liandong.kernel.wording import gettext as _
from liandong.organization import queries as organization
from liandong.web import cells
from liandong.web.deeds import deed
from liandong.web.requests import actor_of
from liandong.web.tables import Column, Filter, Table, listing

KIND = "command.signal"
OPEN = (SignalState.RINGING, SignalState.HANDED, SignalState.TAKEN)
COLUMNS: list[Column[Signal]] = [
    Column(key="caller", label=gettext_lazy("来源"), value=str, sort="caller"),
    Column(key="words", label=gettext_lazy("内容"), value=lambda row: row.words[:60]),
    Column(key="state", label=gettext_lazy("状态"), value=lambda row: row.get_state_display()),
    Column(
        key="taken", label=gettext_lazy("接听"), value=lambda row: row.taken_by, sort="taken_by"
    ),
    Column(
        key="at",
        label=gettext_lazy("接报"),
        value=lambda row: row.received_at,
        sort="received_at",
        draw=cells.moment,
    ),
]
FILTERS = [
    Filter(key="q", label=gettext_lazy("内容"), lookup="words__icontains"),
    Filter(
        key="state",
        label=gettext_lazy("状态"),
        lookup="state",
        kind="choice",
        choices=SignalState.choices,
    ),
    Filter(
        key="channel",
        label=gettext_lazy("来源"),
        lookup="channel",
        kind="choice",
        choices=SignalChannel.choices,
    ),
    Filter(key="since", label=gettext_lazy("接报自"), lookup="received_at__gte", kind="since"),
]


def signals(request: HttpRequest) -> HttpResponseBase:
    """Every call and word that came in: the record of the duty telephone."""
    actor = actor_of(request)
    actor.demand(Permission.TAKE_SIGNAL)
    table = Table(
        request,
        queries.visible_signals(actor),
        COLUMNS,
        FILTERS,
        order=("-received_at", "-pk"),
        name="signals",
        link=cells.address_of("command:signal"),
    )
    return listing(request, table, title=_("来电和信号"), live="command.signal")


def signal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One signal: what came in, and what to do with it."""
    actor = actor_of(request)
    actor.demand(Permission.TAKE_SIGNAL)
    found = queries.signal_for(actor, pk)
    chat = chat_context(found)
    files = list(files_of(actor, KIND, str(found.pk)))
    context = around(found) | chat | {
        "files": files,
        "entries": timeline(actor, subject=(KIND, str(found.pk)), limit=40),
        "is_taken": found.state == SignalState.TAKEN,
        "dismissing": DismissForm(),
        "hand_form": HandForm(),
        "take_form": TakeForm(),
        "is_open": found.state in OPEN,
        "transfers": queries.transfers_of(actor, signal=found, call=None),
    }  # fmt: skip
    context["form"] = sheet(actor, found, **chat["known"])
    return render(request, "command/signal.html", context)


def take(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Answer; the sheet stands on the desk."""
    return _settle(request, pk, TakeForm(_sent(request)), actions.take_signal)


def hand(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Pass it to the leader of the shift."""
    return _settle(request, pk, HandForm(_sent(request)), actions.hand_to_leader)


def dismiss(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let it be, with the reason."""
    return _settle(request, pk, DismissForm(_sent(request)), actions.dismiss_signal)


def paste(request: HttpRequest) -> HttpResponse:
    """Take in what was copied from a chat, and the pictures and voice notes that go with it."""
    actor = actor_of(request)
    actor.demand(Permission.TAKE_SIGNAL)

    def run(data: dict[str, Any]) -> Signal:
        key = data["idempotency_key"]
        signal_id = uuid5(NAMESPACE_URL, key) if key else uuid7()
        data["files"] = _kept(actor, signal_id, data.pop("attached"), key)
        return actions.paste_signal(actor, signal_id=signal_id, **data)

    return deed(
        request,
        PasteForm(request.POST or None, request.FILES or None),
        run=run,
        to=lambda made: reverse("command:signal", args=[made.pk]),
        template="command/paste.html",
        context={"action": reverse("command:paste")},
    )


def take_up(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make a signal of a call in the telephone's book; its sheet stands on the desk."""
    actor = actor_of(request)
    actor.demand(Permission.TAKE_SIGNAL)
    record = organization.phone_record_for(actor, pk)
    return deed(
        request,
        TakeUpForm(_sent(request), initial={"expected_version": record.version}),
        run=lambda data: actions.take_up_phone_record(
            actor, record=record, **{"expected_version": 0, **data}
        ),
        to=lambda made: f"{reverse('organization:desk')}?signal={made.pk}",
        context={
            "note": str(record),
            "back": reverse("organization:phone_record", args=[record.pk]),
        },
    )


def _sent(request: HttpRequest) -> Any:
    """What was sent, which may be nothing at all: the button alone is the deed."""
    return request.POST if request.method == "POST" else None


def _settle(request: HttpRequest, pk: UUID, form: TakeForm, act: Any) -> HttpResponse:
    actor = actor_of(request)
    actor.demand(Permission.TAKE_SIGNAL)
    found = queries.signal_for(actor, pk)
    desk = reverse("organization:desk")
    return deed(
        request,
        form,
        run=lambda data: act(actor, signal=found, **data),
        to=f"{desk}?signal={found.pk}" if act is actions.take_signal else desk,
        context={"note": str(found), "back": reverse("command:signal", args=[found.pk])},
    )


def _kept(actor: Actor, signal_id: UUID, given: list[Any], key: str) -> list[str]:
    """Take the files in; the same click brings the same files."""
    return [
        str(
            store_file(
                actor,
                name=one.name,
                content=one,
                audience=["duty"],
                subject_kind=KIND,
                subject_id=str(signal_id),
                idempotency_key=f"{key}/{at}" if key else "",
            ).pk
        )
        for at, one in enumerate(given)
    ]
