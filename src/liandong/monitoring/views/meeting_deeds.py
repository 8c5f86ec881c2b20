"""What is done in a joint meeting and about what it decided: each a form and one action."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from liandong.kernel.actors import Actor
from liandong.kernel.files.actions import store_file
from liandong.kernel.files.models import File
from liandong.monitoring import actions, queries, rules
from liandong.monitoring.models import JointMeeting, MeetingDecision, MeetingSeat
from liandong.monitoring.permissions import Permission
from liandong.monitoring.views import meeting_forms as forms
from liandong.web.deeds import deed
from liandong.web.forms import DeedForm
from liandong.web.requests import actor_of

KIND = "monitoring.joint_meeting"
NOW = {"expected_version": 0}

Act = Callable[[dict[str, Any]], Any]


def freeze(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Freeze the data pack."""
    return _held(request, pk, forms.FreezeForm, actions.freeze_pack)


def open_(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin."""
    return _held(request, pk, forms.OpenForm, actions.open_meeting)


def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End."""
    return _held(request, pk, forms.CloseForm, actions.close_meeting)


def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Call off."""
    return _held(request, pk, forms.CancelForm, actions.cancel_meeting)


def minutes(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write the minutes."""
    return _held(request, pk, forms.MinutesForm, actions.record_meeting_minutes)


def sign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Sign the minutes."""
    actor = actor_of(request)
    actor.demand(Permission.SIGN_MINUTES)
    row = queries.meeting_for(actor, pk)
    form = forms.SignMinutesForm(
        request.POST or None, initial={"expected_version": row.version}
    )
    return _deed(
        request,
        row,
        form,
        lambda data: actions.sign_meeting_minutes(actor, meeting=row, **{**NOW, **data}),
    )


def topic(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put something on the agenda."""
    actor = actor_of(request)
    actor.demand(Permission.ATTEND_MEETING)
    row = queries.meeting_for(actor, pk)

    def run(data: dict[str, Any]) -> Any:
        data.pop("expected_version", None)
        paper = data.pop("paper")
        file = _stored(actor, row, paper) if paper else None
        return actions.add_topic(
            actor, meeting=row, title=data.pop("subject"), file=file, **data
        )

    return _deed(
        request, row, forms.TopicForm(request.POST or None, request.FILES or None), run
    )


def decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put down what was decided."""
    actor = actor_of(request)
    actor.demand(Permission.CALL_MEETING)
    row = queries.meeting_for(actor, pk)
    rules.demand_office_of(actor, row.office)

    def run(data: dict[str, Any]) -> Any:
        data.pop("expected_version", None)
        return actions.decide_in_meeting(actor, meeting=row, **data)

    return _deed(request, row, forms.DecisionForm(request.POST or None), run)


def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say whether a body comes."""
    actor, seat = _seat(request, pk, Permission.ATTEND_MEETING)
    initial = {name: getattr(seat, name) for name in ("answer", "delegate", "reason")}
    return _of_seat(request, actor, seat, forms.AnswerForm, actions.answer_meeting, initial)


def arrive(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down that a body is there."""
    actor, seat = _seat(request, pk, Permission.CALL_MEETING)
    rules.demand_office_of(actor, seat.meeting.office)
    initial = {"who": seat.delegate}
    return _of_seat(request, actor, seat, forms.ArrivalForm, actions.note_arrival, initial)


def opine(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say something that is kept by name."""
    actor, seat = _seat(request, pk, Permission.ATTEND_MEETING)

    def run(data: dict[str, Any]) -> Any:
        data.pop("expected_version", None)
        return actions.give_meeting_opinion(actor, seat=seat, **data)

    form = forms.OpinionForm(request.POST or None, initial={"who": seat.delegate})
    return _deed(request, seat.meeting, form, run, note=seat.body.short_name)


def receive(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Sign for the minutes."""
    actor, seat = _seat(request, pk, Permission.ATTEND_MEETING)
    return _of_seat(request, actor, seat, forms.ReceiveForm, actions.receive_minutes, {})


def accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Sign for what one's body has to do."""
    return _of_decision(
        request, pk, Permission.ATTEND_MEETING, forms.AcceptForm, actions.accept_decision
    )


def finish(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say what came of it."""
    return _of_decision(
        request, pk, Permission.ATTEND_MEETING, forms.FinishForm, actions.finish_decision
    )


def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for it no longer."""
    return _of_decision(
        request,
        pk,
        Permission.CALL_MEETING,
        forms.WithdrawDecisionForm,
        actions.withdraw_decision,
    )


def _held(
    request: HttpRequest, pk: UUID, face: type[DeedForm], act: Callable[..., JointMeeting]
) -> HttpResponse:
    """A deed of the office that holds the meeting."""
    actor = actor_of(request)
    actor.demand(Permission.CALL_MEETING)
    row = queries.meeting_for(actor, pk)
    rules.demand_office_of(actor, row.office)
    initial = {name: getattr(row, name) for name in ("chair", "situation", "findings")}
    form = face(request.POST or None, initial={**initial, "expected_version": row.version})
    return _deed(request, row, form, lambda data: act(actor, meeting=row, **{**NOW, **data}))


def _seat(request: HttpRequest, pk: UUID, permission: str) -> tuple[Actor, MeetingSeat]:
    actor = actor_of(request)
    actor.demand(permission)
    return actor, queries.seat_for(actor, pk)


def _of_seat(
    request: HttpRequest,
    actor: Actor,
    seat: MeetingSeat,
    face: type[DeedForm],
    act: Callable[..., MeetingSeat],
    initial: dict[str, Any],
) -> HttpResponse:
    form = face(request.POST or None, initial={**initial, "expected_version": seat.version})
    return _deed(
        request,
        seat.meeting,
        form,
        lambda data: act(actor, seat=seat, **{**NOW, **data}),
        note=seat.body.short_name,
    )


def _of_decision(
    request: HttpRequest,
    pk: UUID,
    permission: str,
    face: type[DeedForm],
    act: Callable[..., MeetingDecision],
) -> HttpResponse:
    actor = actor_of(request)
    actor.demand(permission)
    row = queries.decision_for(actor, pk)

    def run(data: dict[str, Any]) -> Any:
        if paper := data.pop("paper", None):
            data["file"] = _stored(actor, row.meeting, paper)
        return act(actor, decision=row, **{**NOW, **data})

    form = face(
        request.POST or None,
        request.FILES or None,
        initial={"expected_version": row.version},
    )
    return _deed(request, row.meeting, form, run, note=row.text[:60])


def _deed(
    request: HttpRequest, row: JointMeeting, form: DeedForm, run: Act, *, note: str = ""
) -> HttpResponse:
    back = reverse("monitoring:meeting", args=[row.pk])
    return deed(
        request, form, run=run, to=back, context={"back": back, "note": note or row.title}
    )


def _stored(actor: Actor, row: JointMeeting, paper: Any) -> File:
    """Keep a paper for everybody who sees the meeting."""
    return store_file(
        actor,
        name=str(paper.name),
        content=paper,
        audience=list(row.audience),
        subject_kind=KIND,
        subject_id=str(row.pk),
    )
