"""Call-outs: how far each has come, who is not reached yet, and what people put down."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from liandong.kernel import clock
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _
from liandong.messaging import actions, queries, rules
from liandong.messaging.forms import AbsenceForm, AnswerForm, StopForm
from liandong.messaging.models import Callee, CallOut
from liandong.messaging.permissions import Permission
from liandong.messaging.states import (
    CALLEE_MOVES,
    AnswerWay,
    CalleeState,
    CallOutcome,
    CallOutState,
    Tier,
)
from liandong.web import cells
from liandong.web.deeds import deed
from liandong.web.requests import actor_of
from liandong.web.tables import Column, Filter, Table, listing

SHOWN, LATEST = 60, 12
UNREACHED = [CalleeState.ASSIGNED, CalleeState.SILENT, CalleeState.CALLING, CalleeState.WAITING]

COLUMNS: list[Column[Any]] = [
    Column(
        key="title",
        label=gettext_lazy("叫应"),
        value=lambda one: (_("【试呼】") if one.is_test else "") + one.title,
    ),
    Column(
        key="state", label=gettext_lazy("状态"), value=lambda one: CallOutState(one.state).label
    ),
    Column(
        key="answered",
        label=gettext_lazy("应答"),
        value=lambda one: f"{one.answered} / {one.people}",
    ),
    Column(
        key="assigned",
        label=gettext_lazy("派人上门"),
        value=lambda one: one.assigned,
        numeric=True,
    ),
    Column(
        key="at",
        label=gettext_lazy("开始时间"),
        value=lambda one: one.started_at,
        sort="started_at",
        draw=cells.moment,
    ),
    Column(key="by", label=gettext_lazy("发起人"), value=lambda one: one.started_by),
]
FILTERS = [
    Filter(key="title", label=gettext_lazy("标题"), lookup="title__icontains"),
    Filter(
        key="state",
        label=gettext_lazy("状态"),
        lookup="state",
        kind="choice",
        choices=CallOutState.choices,
    ),
    Filter(key="since", label=gettext_lazy("从"), lookup="started_at__gte", kind="since"),
]


@dataclass(frozen=True)
class Line:
    """Somebody who was called, with as much of the number as the reader may see."""

    row: Callee
    number: str
    may_record: bool
    is_overdue: bool


@require_GET
def call_outs(request: HttpRequest) -> HttpResponseBase:
    """List the call-outs, newest first."""
    actor = actor_of(request)
    table = Table(
        request,
        queries.with_counts(queries.call_outs_for(actor)),
        COLUMNS,
        FILTERS,
        order=("-started_at", "-id"),
        name="call-outs",
        link=cells.address_of("messaging:call_out"),
    )
    return listing(
        request,
        table,
        "messaging/call_outs.html",
        title=_("叫应"),
        channel=queries.voice_channel(actor.realm),
        may_list=actor.may(Permission.RECORD_ANSWER),
    )


@require_GET
def call_out(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far a call-out has come, township by township, and who is not reached."""
    actor = actor_of(request)
    row = _found(actor, pk)
    callees = queries.callees_of(row)
    unreached = list(callees.filter(state__in=UNREACHED)[: SHOWN + 1])
    answered = callees.filter(state=CalleeState.ANSWERED).order_by("-recorded_at", "id")[
        :LATEST
    ]
    counts = queries.standing_of([row])[row.pk]
    context = {
        "call_out": row,
        "total": sum(counts.values()),
        "counts": counts,
        "towns": queries.counts_by_town(row),
        "unreached": _lines(actor, unreached[:SHOWN]),
        "more": len(unreached) > SHOWN,
        "answered": answered,
        "channel": queries.voice_channel(row.realm),
        "may_stop": row.state == CallOutState.RUNNING and actor.may(Permission.STOP_CALL_OUT),
    }
    return render(request, "messaging/call_out.html", context)


@require_GET
def people(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Everybody whom a call-out calls: filtered, sorted, printed, exported."""
    actor = actor_of(request)
    row = _found(actor, pk)
    table = Table(
        request,
        queries.callees_of(row),
        _columns(actor),
        PEOPLE_FILTERS,
        order=("turn", "id"),
        name="callees",
        link=lambda one: _to_answer(actor, one),
    )
    back = reverse("messaging:call_out", args=[row.pk])
    return listing(
        request, table, "messaging/callees.html", title=row.title, back=back, call_out=row
    )


def stop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Dial nobody any more."""
    actor = actor_of(request)
    actor.demand(Permission.STOP_CALL_OUT)
    row = _found(actor, pk)
    here = reverse("messaging:call_out", args=[row.pk])
    return deed(
        request,
        StopForm(request.POST or None, initial={"expected_version": row.version}),
        run=lambda data: actions.stop_call_out(
            actor, call_out=row, **{"expected_version": row.version, **data}
        ),
        to=here,
        context={"note": row.title, "back": here},
    )


def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put down that somebody has answered."""
    actor = actor_of(request)
    row = _callee(actor, pk)
    here = reverse("messaging:call_out", args=[row.call_out_id])
    initial = {
        "expected_version": row.version,
        "way": AnswerWay.DOOR if row.state == CalleeState.ASSIGNED else AnswerWay.PHONE,
        "answered_at": clock.now(actor.realm).replace(second=0, microsecond=0),
    }
    return deed(
        request,
        AnswerForm(request.POST or None, initial=initial),
        run=lambda data: actions.record_answer(
            actor, callee=row, **{"expected_version": row.version, **data}
        ),
        to=here,
        context={"note": _about(actor, row), "back": here},
    )


def absence(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put down that whoever went did not find them."""
    actor = actor_of(request)
    row = _callee(actor, pk)
    here = reverse("messaging:call_out", args=[row.call_out_id])
    return deed(
        request,
        AbsenceForm(request.POST or None, initial={"expected_version": row.version}),
        run=lambda data: actions.record_absence(
            actor, callee=row, **{"expected_version": row.version, **data}
        ),
        to=here,
        context={"note": _about(actor, row), "back": here},
    )


@require_GET
def desk_part(request: HttpRequest) -> HttpResponse:
    """The desk's card of call-outs, drawn anew."""
    return render(
        request, "messaging/_call_outs.html", queries.call_outs_on_desk(actor_of(request))
    )


PEOPLE_FILTERS = [
    Filter(key="name", label=gettext_lazy("姓名"), lookup="name__icontains"),
    Filter(key="place", label=gettext_lazy("地方"), lookup="area_name__icontains"),
    Filter(
        key="state",
        label=gettext_lazy("状态"),
        lookup="state",
        kind="choice",
        choices=CalleeState.choices,
    ),
    Filter(
        key="tier",
        label=gettext_lazy("层级"),
        lookup="tier",
        kind="choice",
        choices=[(str(one.value), one.label) for one in Tier],
    ),
    Filter(key="town", label=gettext_lazy("乡镇代码"), lookup="town"),
]


def _columns(actor: Actor) -> list[Column[Callee]]:
    return [
        Column(key="name", label=gettext_lazy("姓名"), value=lambda one: one.name),
        Column(
            key="place",
            label=gettext_lazy("地方"),
            value=lambda one: one.area_name,
            sort="area",
        ),
        Column(key="number", label=gettext_lazy("电话"), value=lambda one: _number(actor, one)),
        Column(
            key="state",
            label=gettext_lazy("状态"),
            value=lambda one: CalleeState(one.state).label,
        ),
        Column(
            key="outcome",
            label=gettext_lazy("最近一次结果"),
            value=lambda one: CallOutcome(one.outcome).label if one.outcome else "",
        ),
        Column(
            key="tries",
            label=gettext_lazy("已拨次数"),
            value=lambda one: one.tries,
            sort="tries",
            numeric=True,
        ),
        Column(
            key="way",
            label=gettext_lazy("应答方式"),
            value=lambda one: AnswerWay(one.way).label if one.way else "",
        ),
        Column(
            key="answered",
            label=gettext_lazy("应答时间"),
            value=lambda one: one.answered_at,
            sort="answered_at",
            draw=cells.moment,
        ),
        Column(
            key="recorded",
            label=gettext_lazy("登记时间"),
            value=lambda one: one.recorded_at,
            draw=cells.moment,
        ),
        Column(key="goer", label=gettext_lazy("上门人"), value=lambda one: one.goer_name),
        Column(
            key="go_by",
            label=gettext_lazy("上门时限"),
            value=lambda one: one.go_by,
            draw=cells.moment,
        ),
        Column(key="trouble", label=gettext_lazy("说明"), value=lambda one: one.trouble),
    ]


def _to_answer(actor: Actor, row: Callee) -> str:
    """Where the answer of somebody who has not answered is put down, for who may."""
    open_now = CalleeState.ANSWERED in CALLEE_MOVES.table[CalleeState(row.state)]
    if not open_now or not actor.may(Permission.RECORD_ANSWER):
        return ""
    return reverse("messaging:answer_callee", args=[row.pk])


def _lines(actor: Actor, rows: Iterable[Callee]) -> list[Line]:
    now, may = clock.now(actor.realm), actor.may(Permission.RECORD_ANSWER)
    return [
        Line(
            row=one,
            number=_number(actor, one),
            may_record=may
            and CalleeState.ANSWERED in CALLEE_MOVES.table[CalleeState(one.state)],
            is_overdue=bool(one.go_by and one.go_by < now),
        )
        for one in rows
    ]


def _number(actor: Actor, row: Callee) -> str:
    """Whole for the duty desk and for whoever goes there."""
    number = row.number_shown
    mine = actor.person and actor.person in {str(row.goer_id), str(row.person_id)}
    whole = queries.sees_every_number(actor) or mine
    return number if whole or not number else rules.veiled(number)


def _about(actor: Actor, row: Callee) -> str:
    return f"{row.area_name} {row.name} {_number(actor, row)}".strip()


def _found(actor: Actor, pk: UUID) -> CallOut:
    row = queries.call_outs_for(actor).filter(pk=pk).first()
    if row is None:
        raise Missing(_("没有这次叫应，或当前岗位看不到。"), remedy=_("请从叫应列表进入。"))
    return row


def _callee(actor: Actor, pk: UUID) -> Callee:
    actor.demand(Permission.RECORD_ANSWER)
    row = queries.callees_for(actor).filter(pk=pk).first()
    if row is None:
        raise Missing(_("没有这个人，或当前岗位看不到。"), remedy=_("请从叫应页进入。"))
    return row
