"""Rounds: the list, the board of each, what a unit returns and what the office does with it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL, EVERYTHING, Actor
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed
from liandong.organization import queries as organization
from liandong.organization.states import BodyKind
from liandong.sharing import actions, queries, rules
from liandong.sharing.forms import round as forms
from liandong.sharing.models import Bulletin, Record, Return, Round
from liandong.sharing.permissions import Permission
from liandong.sharing.registers import REGISTERS
from liandong.sharing.states import BulletinState, ReturnState
from liandong.web import cells
from liandong.web.deeds import deed
from liandong.web.forms import DeedForm
from liandong.web.requests import actor_of
from liandong.web.tables import Column, Filter, Table, listing

MOST = 200
COLUMNS: list[Column[Round]] = [
    Column(key="title", label=gettext_lazy("标题"), value=lambda row: row.title, sort="title"),
    Column(
        key="office", label=gettext_lazy("布置单位"), value=lambda row: row.office.short_name
    ),
    Column(
        key="kinds",
        label=gettext_lazy("登记簿"),
        value=lambda row: listed(REGISTERS[kind].title for kind in row.kinds),
    ),
    Column(
        key="due",
        label=gettext_lazy("期限"),
        value=lambda row: row.due_at,
        sort="due_at",
        draw=cells.moment,
    ),
    Column(
        key="returned",
        label=gettext_lazy("已报"),
        value=lambda row: f"{row.asked - row.owed}/{row.asked}",  # type: ignore[attr-defined]
        numeric=True,
    ),
    Column(
        key="unchecked",
        label=gettext_lazy("待审核"),
        value=lambda row: row.unchecked or "",  # type: ignore[attr-defined]
        numeric=True,
    ),
]
FILTERS = [Filter(key="title", label=gettext_lazy("标题"), lookup="title__icontains")]


def address(row: Round | Return | Bulletin) -> str:
    """Where the board is of a round, or of what belongs to one."""
    pk = row.pk if isinstance(row, Round) else row.round_id
    return reverse("sharing:round", args=[pk])


def rounds(request: HttpRequest) -> HttpResponseBase:
    """List every round, and what of them the reader owes."""
    actor = actor_of(request)
    table = Table(
        request,
        queries.rounds(),
        COLUMNS,
        FILTERS,
        order=("-opened_at", "-id"),
        name="rounds",
        link=address,
    )
    return listing(
        request,
        table,
        "sharing/rounds.html",
        title=_("报送"),
        live="sharing.round sharing.return sharing.bulletin",
        owed=queries.returns_owed_by(actor),
        unsigned=queries.unsigned_by(actor),
        may_open=actor.may(Permission.OPEN_ROUND),
        may_confirm=actor.may(Permission.CONFIRM_RECORD),
    )


def board(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a round: who has returned, who has not, what waits, who has signed."""
    actor, row = actor_of(request), queries.round_of(pk)
    returns, fresh = queries.returns_of(row), queries.fresh_counts(row)
    bulletins = queries.bulletins_of(row)
    is_office = bool({f"body:{row.office_id}", EVERYTHING} & actor.scopes)
    checks = is_office and actor.may(Permission.CHECK_RETURN)
    mine = set(queries.own_bodies(actor))
    context = {
        "round": row,
        "kinds": [REGISTERS[kind].title for kind in row.kinds],
        "returns": [
            (one, *fresh.get(one.body_id, (0, 0)), one.body_id in mine) for one in returns
        ],
        "owed": sum(one.state in queries.OWED for one in returns),
        "unchecked": sum(one.state == ReturnState.SUBMITTED for one in returns),
        "accepted": sum(one.state == ReturnState.ACCEPTED for one in returns),
        "is_over": clock.now(ACTUAL) > row.due_at,
        "checks": checks,
        "may_compile": is_office
        and actor.may(Permission.COMPILE_BULLETIN)
        and (not bulletins or bulletins[0].state == BulletinState.REJECTED),
        "bulletins": [(one, queries.tally(one.differences)) for one in bulletins],
        "reads_all": actor.may(Permission.COMPILE_BULLETIN),
        "duplicates": queries.duplicates_in(row) if checks else [],
    }
    return render(request, "sharing/round.html", context)


def open_round(request: HttpRequest) -> HttpResponse:
    """Open a round."""
    actor = actor_of(request)
    actor.demand(Permission.OPEN_ROUND)
    offices = organization.bodies_by_kind(BodyKind.HEADQUARTERS_OFFICE)
    own = organization.all_bodies().filter(
        pk__in=[one.pk for one in offices if one.pk in set(queries.own_bodies(actor))]
    )
    return deed(
        request,
        forms.RoundForm(own, request.POST or None, initial={"office": own.first()}),
        run=lambda data: actions.open_round(actor, **data),
        to=address,
        context={"back": reverse("sharing:rounds")},
    )


def own_return(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what a unit has to look at before it answers, and what it answered."""
    actor, row = actor_of(request), queries.return_of(pk)
    records = queries.records_in(row).filter(pk__in=queries.visible_to(actor))
    shown = list(records.order_by("kind", "confirmed_at", "sort_key")[:MOST])
    context = {
        "row": row,
        "records": [(one, one.confirmed_at < row.round.opened_at) for one in shown],
        "rest": max(records.count() - MOST, 0),
        "late": queries.unconfirmed_in(row).count(),
        "registers": [REGISTERS[kind] for kind in row.round.kinds],
        "is_mine": row.body_id in set(queries.own_bodies(actor)),
        "may_submit": actor.may(Permission.SUBMIT_RETURN)
        and row.body_id in set(queries.own_bodies(actor))
        and row.state in queries.OWED,
    }
    return render(request, "sharing/return.html", context)


def submit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Answer a round."""
    actor, row = _return(request, pk, Permission.SUBMIT_RETURN)
    rules.demand_own(actor, row.body_id)
    return _deed(request, row, forms.SubmitForm, actions.submit_return)


def send_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a return back."""
    actor, row = _return(request, pk, Permission.CHECK_RETURN)
    rules.demand_office(actor, row.round.office)
    return _deed(request, row, forms.SendBackForm, actions.send_back_return)


def accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Find a return good."""
    actor, row = _return(request, pk, Permission.CHECK_RETURN)
    rules.demand_office(actor, row.round.office)
    return _deed(request, row, forms.AcceptForm, actions.accept_return)


def merge(request: HttpRequest, number: str) -> HttpResponse:
    """Make one record of two."""
    actor = actor_of(request)
    actor.demand(Permission.MERGE_RECORDS)
    row = queries.record_by_number(actor, number)
    page = reverse("sharing:record", args=[row.number])
    initial = {"expected_version": str(row.version)}

    def run(data: dict[str, Any]) -> Record:
        return actions.merge_records(actor, record=row, **{"expected_version": 0, **data})

    return deed(
        request,
        forms.MergeForm(queries.alike(actor, row), request.POST or None, initial=initial),
        run=run,
        to=page,
        context={"back": page, "note": str(row)},
    )


def _return(request: HttpRequest, pk: UUID, permission: str) -> tuple[Actor, Return]:
    actor = actor_of(request)
    actor.demand(permission)
    return actor, queries.return_of(pk)


def _deed(
    request: HttpRequest, row: Return, form: type[DeedForm], act: Callable[..., Return]
) -> HttpResponse:
    """A deed upon a return."""
    actor, back = actor_of(request), reverse("sharing:return", args=[row.pk])
    return deed(
        request,
        form(request.POST or None, initial={"expected_version": str(row.version)}),
        run=lambda data: act(actor, row=row, **{"expected_version": 0, **data}),
        to=address(row),
        context={"back": back, "note": f"{row.body.short_name} · {row.round}"},
    )
