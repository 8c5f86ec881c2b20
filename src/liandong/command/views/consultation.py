"""Consultations: calling one, its page, its data pack, its minutes, and everything done in it."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liandong.command import actions, queries
from liandong.command.adapters.minutes import minutes_docx
from liandong.command.forms import consultation as forms
from liandong.command.models import Attendee, Consultation, ConsultationItem
from liandong.command.permissions import Permission
from liandong.command.rules.consultation import demand_speaks, is_own
from liandong.command.rules.incident import family
from liandong.command.rules.pack import changes_between
from liandong.documents import DOCX
from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL, Actor
from liandong.kernel.files.actions import store_file
from liandong.kernel.files.models import File
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import recorded
from liandong.web.deeds import deed
from liandong.web.forms import DeedForm
from liandong.web.requests import actor_of, place_of

KIND = "command.consultation"
ONE_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Seat:
    """Somebody who was called, and whether the reader may speak for them."""

    attendee: Attendee
    speaks: bool

    @property
    def is_heard(self) -> bool:
        """Whether they have answered, come or spoken."""
        one = self.attendee
        return bool(one.answer or one.came_at or one.said)


def consult(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Call people together; whom the plans and the duty matrix name is chosen already."""
    actor = actor_of(request)
    actor.demand(Permission.OPEN_CONSULTATION)
    incident = queries.incident_for(actor, pk)
    called: list[str] = []
    if request.method != "POST":
        now = clock.now(actor.realm)
        first = queries.called_first(incident, family(incident.hazard), now)
        called = [str(post.pk) for post in first]
    form = forms.ConsultForm(
        request.POST or None,
        initial={"attendees": called},
        experts=queries.experts_for(actor, incident),
    )
    return deed(
        request,
        form,
        run=lambda data: actions.open_consultation(actor, incident=incident, **data),
        to=lambda made: reverse("command:consultation", args=[made.pk]),
        context={"note": incident.title, "back": reverse("command:room", args=[incident.pk])},
    )


def widen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Call more people."""
    actor = actor_of(request)
    actor.demand(Permission.OPEN_CONSULTATION)
    found = queries.consultation_for(actor, pk)
    form = forms.CallForm(
        request.POST or None, experts=queries.experts_for(actor, found.incident)
    )
    return _deed(
        request,
        found,
        form,
        lambda data: actions.widen_consultation(actor, consultation=found, **data),
    )


def consultation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who is there, what is known, what each says, what is decided, and the minutes."""
    actor = actor_of(request)
    found = queries.consultation_for(actor, pk)
    records = actor.may(Permission.RECORD_MINUTES)
    if request.method == "POST":
        actor.demand(Permission.RECORD_MINUTES)
    return deed(
        request,
        forms.MinutesForm(request.POST or None, initial=_minutes(found)),
        run=lambda data: actions.record_minutes(actor, consultation=found, **data),
        to=_page(found),
        template="command/consultation.html",
        context=_around(actor, found)
        | {
            "records": records and found.is_open,
            "closing": forms.CloseConsultationForm(initial={"expected_version": found.version}),
            "closing_url": reverse("command:close_consultation", args=[found.pk]),
        },
    )


def part(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who is there, or what each says and what is decided, again."""
    actor = actor_of(request)
    found = queries.consultation_for(actor, pk)
    name = "_attendees" if request.GET.get("of") == "attendees" else "_consultation"
    return render(request, f"command/{name}.html", _around(actor, found))


def pack(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was known when it was called, and what has changed since."""
    actor = actor_of(request)
    found = queries.consultation_for(actor, pk)
    changes = None
    if found.pack and "duty" in actor.scopes:  # who sees less would read that as gone
        with recorded():  # as it was kept, so that words are compared with like words
            now = queries.data_pack(actor, found.incident, clock.now(actor.realm))
        changes = changes_between(found.pack, now)
    context = {
        "consultation": found,
        "incident": found.incident,
        "pack": found.pack,
        "changes": changes,
        "now": clock.now(actor.realm),
    }
    return render(request, "command/pack.html", context)


def minutes(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The minutes for paper."""
    actor = actor_of(request)
    found = queries.consultation_for(actor, pk)
    attendees = queries.attendees_of(found)
    context = {
        "consultation": found,
        "incident": found.incident,
        "attendees": attendees,
        "present": queries.present(attendees),
        "items": queries.items_of(found, clock.now(actor.realm)),
        "now": clock.now(actor.realm),
    }
    return render(request, "command/minutes.html", context)


def word(request: HttpRequest, pk: UUID) -> FileResponse:
    """The minutes as a Word file, to whoever sees the consultation."""
    actor = actor_of(request)
    found = queries.consultation_for(actor, pk)
    with recorded():
        content = minutes_docx(
            found,
            queries.attendees_of(found),
            queries.items_of(found, clock.now(actor.realm)),
            county=place_of(request).county,
            made_at=clock.now(ACTUAL),
        )
        name = _("%(incident)s%(consultation)s纪要.docx") % {
            "incident": found.incident.title,
            "consultation": found,
        }
    return FileResponse(
        io.BytesIO(content), as_attachment=True, filename=str(name), content_type=DOCX
    )


def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End it."""
    return _judged(
        request,
        pk,
        Permission.RECORD_MINUTES,
        forms.CloseConsultationForm,
        actions.close_consultation,
    )


def sign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put one's name under the minutes."""
    return _judged(
        request, pk, Permission.SIGN_MINUTES, forms.SignMinutesForm, actions.sign_minutes
    )


def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say whether and how one takes part."""
    actor, attendee = _chair(request, pk)
    initial = {
        "answer": attendee.answer,
        "deputy": attendee.deputy,
        "reason": attendee.reason,
        "expected_version": attendee.version,
    }
    return _deed(
        request,
        attendee.consultation,
        forms.AnswerForm(request.POST or None, initial=initial),
        lambda data: actions.answer_invitation(actor, attendee=attendee, **data),
        note=attendee.name,
    )


def join(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note that somebody is there."""
    actor, attendee = _chair(request, pk)
    ways = {"phone": "phone", "video": "video"}
    initial = {
        "way": ways.get(attendee.answer, "room"),
        "expected_version": attendee.version,
    }
    return _deed(
        request,
        attendee.consultation,
        forms.JoinForm(request.POST or None, initial=initial),
        lambda data: actions.join_consultation(actor, attendee=attendee, **data),
        note=attendee.name,
    )


def leave(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note that somebody left."""
    actor, attendee = _chair(request, pk)
    return _deed(
        request,
        attendee.consultation,
        forms.LeaveForm(request.POST or None, initial={"expected_version": attendee.version}),
        lambda data: actions.leave_consultation(actor, attendee=attendee, **data),
        note=attendee.name,
    )


def opinion(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say what one thinks, or write down what somebody said."""
    actor, attendee = _chair(request, pk)
    form = forms.OpinionForm(
        request.POST or None, request.FILES or None, on_behalf=not is_own(actor, attendee)
    )

    def run(data: dict[str, Any]) -> Any:
        given = data.pop("paper")
        key = data["idempotency_key"]
        file = _kept(actor, attendee.consultation, given, key) if given else None
        return actions.give_opinion(actor, attendee=attendee, file=file, **data)

    return _deed(request, attendee.consultation, form, run, note=attendee.name)


def decide_item(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down what was decided."""
    actor = actor_of(request)
    actor.demand(Permission.RECORD_MINUTES)
    found = queries.consultation_for(actor, pk)
    return _deed(
        request,
        found,
        forms.ItemForm(request.POST or None),
        lambda data: actions.decide_item(actor, consultation=found, **data),
    )


def withdraw_item(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Strike an item out."""
    actor, item = _item(request, pk, Permission.RECORD_MINUTES)
    return _deed(
        request,
        item.consultation,
        forms.WithdrawItemForm(
            request.POST or None, initial={"expected_version": item.version}
        ),
        lambda data: actions.withdraw_item(actor, item=item, **data),
        note=item.decision,
    )


def order_item(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make an item an order; everything is filled in from it."""
    actor, item = _item(request, pk, Permission.ISSUE_ORDER)
    left = item.due_at - clock.now(actor.realm) if item.due_at else None
    initial = {
        "expected_version": item.version,
        "to_post": str(item.owner_id or ""),
        "text": f"{item.decision}（{item.by}）" if item.by else item.decision,
        "acknowledge_within": 10,
        "finish_within": left // ONE_MINUTE if left and left > ONE_MINUTE else None,
    }
    return _deed(
        request,
        item.consultation,
        forms.OrderItemForm(request.POST or None, initial=initial),
        lambda data: actions.order_item(actor, item=item, **data),
        note=item.decision,
    )


def settle_item(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say what came of an item."""
    actor, item = _item(request, pk, Permission.ANSWER_TASK)
    return _deed(
        request,
        item.consultation,
        forms.SettleItemForm(request.POST or None, initial={"expected_version": item.version}),
        lambda data: actions.settle_item(actor, item=item, **data),
        note=item.decision,
    )


def _around(actor: Actor, found: Consultation) -> dict[str, Any]:
    """What the page shows beside the minutes."""
    attendees = queries.attendees_of(found)
    records = actor.may(Permission.RECORD_MINUTES)
    seats = [
        Seat(one, speaks=found.is_open and (records or is_own(actor, one))) for one in attendees
    ]
    return {
        "consultation": found,
        "incident": found.incident,
        "is_open": found.is_open,
        "called": len(seats),
        "heard": [one for one in seats if one.is_heard],
        "silent": [one for one in seats if not one.is_heard],
        "voices": [one for one in attendees if one.said],
        "differ": len(queries.differing(attendees)),
        "there": sum(one.is_there for one in attendees),
        "answered": sum(bool(one.answer) for one in attendees),
        "items": [
            {"row": row, "mine": records or f"post:{row.item.owner_id}" in actor.scopes}
            for row in queries.items_of(found, clock.now(actor.realm))
        ],
        "may": {
            "call": found.is_open and actor.may(Permission.OPEN_CONSULTATION),
            "decide": found.is_open and records,
            "order": actor.may(Permission.ISSUE_ORDER) and found.incident.lives_in.is_open,
            "settle": actor.may(Permission.ANSWER_TASK),
            "sign": not found.is_open
            and not found.signed_at
            and actor.may(Permission.SIGN_MINUTES),
        },
    }


def _minutes(found: Consultation) -> dict[str, Any]:
    """The form's first values: what was written, before that what is on record."""
    said = {"expected_version": found.version}
    if found.recorder:
        return said | {
            name: getattr(found, name) for name in ("chair", "situation", "findings", "dissent")
        }
    with recorded():  # it is going to be kept
        draft = queries.draft_minutes(found)
    return said | vars(draft)


def _chair(request: HttpRequest, pk: UUID) -> tuple[Actor, Attendee]:
    actor = actor_of(request)
    actor.demand(Permission.JOIN_CONSULTATION)
    attendee = queries.attendee_for(actor, pk)
    demand_speaks(actor, attendee)
    return actor, attendee


def _item(
    request: HttpRequest, pk: UUID, permission: Permission
) -> tuple[Actor, ConsultationItem]:
    actor = actor_of(request)
    actor.demand(permission)
    return actor, queries.item_for(actor, pk)


def _kept(actor: Actor, found: Consultation, given: Any, key: str) -> File:
    """Take a written opinion in, to be seen by whoever sees the consultation; the same click brings it once."""
    return store_file(
        actor,
        name=given.name,
        content=given,
        audience=found.audience,
        subject_kind=KIND,
        subject_id=str(found.pk),
        incident=str(found.incident_id),
        idempotency_key=f"{key}/paper" if key else "",
    )


def _judged(
    request: HttpRequest,
    pk: UUID,
    permission: Permission,
    form: type[DeedForm],
    act: Callable[..., Consultation],
) -> HttpResponse:
    actor = actor_of(request)
    actor.demand(permission)
    found = queries.consultation_for(actor, pk)
    return _deed(
        request,
        found,
        form(request.POST or None, initial={"expected_version": found.version}),
        lambda data: act(actor, consultation=found, **data),
        note=str(found),
    )


def _deed(
    request: HttpRequest,
    found: Consultation,
    form: DeedForm,
    run: Callable[[dict[str, Any]], Any],
    *,
    note: str = "",
) -> HttpResponse:
    """A deed that leads back to the consultation's page."""
    page = _page(found)
    return deed(
        request, form, run=run, to=page, context={"note": note or str(found), "back": page}
    )


def _page(found: Consultation) -> str:
    return reverse("command:consultation", args=[found.pk])
