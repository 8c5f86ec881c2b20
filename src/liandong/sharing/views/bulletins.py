"""Bulletins: compiled, approved, given out, signed for, and read with their differences."""

import io
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liandong.documents import DOCX
from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL, Actor
from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _
from liandong.sharing import actions, queries, rules
from liandong.sharing.adapters.paper import bulletin_docx
from liandong.sharing.forms import round as forms
from liandong.sharing.models import Bulletin, Receipt
from liandong.sharing.permissions import Permission
from liandong.sharing.registers import REGISTERS
from liandong.sharing.states import BulletinState
from liandong.web.deeds import deed
from liandong.web.forms import DeedForm
from liandong.web.requests import actor_of, place_of

MOST_SHOWN = 500  # rows of one register on the page; its paper has all


def bulletin(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a bulletin: what differs from the last, what it holds, who has signed."""
    actor = actor_of(request)
    row = queries.bulletin_for(actor, pk)
    receipts = queries.receipts_of(row)
    mine = set(queries.own_bodies(actor))
    decides = actor.may(Permission.APPROVE_BULLETIN)
    context = {
        "bulletin": row,
        "counts": queries.tally(row.differences),
        "total": sum(map(len, row.content.values())),
        "parts": [
            (
                REGISTERS[kind],
                row.differences[kind],
                queries.read_content(row, kind, limit=MOST_SHOWN),
                len(row.content.get(kind, [])),
            )
            for kind in row.round.kinds
        ],
        "receipts": receipts,
        "unsigned": sum(one.signed_at is None for one in receipts),
        "to_sign": [one for one in receipts if one.signed_at is None and one.body_id in mine],
        "may_sign": actor.may(Permission.SIGN_BULLETIN),
        "may_judge": decides and row.state == BulletinState.COMPILED,
        "may_distribute": actor.may(Permission.DISTRIBUTE_BULLETIN)
        and row.state == BulletinState.APPROVED,
    }
    return render(request, "sharing/bulletin.html", context)


def word(request: HttpRequest, pk: UUID) -> FileResponse:
    """The bulletin as a paper, whole, to whoever may read it."""
    row = queries.bulletin_for(actor_of(request), pk)
    content = bulletin_docx(
        row,
        queries.receipts_of(row),
        county=place_of(request).county,
        made_at=clock.now(ACTUAL),
    )
    name = _("%(bulletin)s第%(n)d稿.docx") % {"bulletin": row, "n": row.edition}
    return FileResponse(
        io.BytesIO(content), as_attachment=True, filename=name, content_type=DOCX
    )


def compile_bulletin(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Compile what was returned in a round."""
    actor, row = actor_of(request), queries.round_of(pk)
    actor.demand(Permission.COMPILE_BULLETIN)
    rules.demand_office(actor, row.office)
    return deed(
        request,
        forms.CompileForm(request.POST or None, initial={"expected_version": str(row.version)}),
        run=lambda data: actions.compile_bulletin(
            actor, round=row, **{"expected_version": 0, **data}
        ),
        to=_address,
        context={"back": reverse("sharing:round", args=[row.pk]), "note": str(row)},
    )


def approve(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Approve a bulletin."""
    actor, row = _judged(request, pk, Permission.APPROVE_BULLETIN)
    return _deed(request, actor, row, forms.ApproveForm, actions.approve_bulletin)


def reject(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Have a bulletin compiled anew."""
    actor, row = _judged(request, pk, Permission.APPROVE_BULLETIN)
    return _deed(request, actor, row, forms.RejectForm, actions.reject_bulletin)


def distribute(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a bulletin to named units; those that returned something are named at first."""
    actor, row = _judged(request, pk, Permission.DISTRIBUTE_BULLETIN)
    asked = [one.body_id for one in queries.returns_of(row.round)]
    return deed(
        request,
        forms.DistributeForm(
            request.POST or None,
            initial={"expected_version": str(row.version), "bodies": asked},
        ),
        run=lambda data: actions.distribute_bulletin(
            actor,
            bulletin=row,
            **{"expected_version": 0, **data, "bodies": list(data["bodies"])},
        ),
        to=_address,
        context={"back": _address(row), "note": str(row)},
    )


def sign(request: HttpRequest, pk: UUID, body: UUID) -> HttpResponse:
    """Sign for a bulletin."""
    actor = actor_of(request)
    actor.demand(Permission.SIGN_BULLETIN)
    row = queries.bulletin_for(actor, pk)
    rules.demand_own(actor, body)
    receipt = next((one for one in queries.receipts_of(row) if one.body_id == body), None)
    if receipt is None:
        raise Missing(
            _("这份汇编没有发给该单位。"), place=str(row), remedy=_("请从汇编的页面进入。")
        )
    given = receipt.body

    def run(data: dict[str, Any]) -> Receipt:
        return actions.sign_bulletin(
            actor, bulletin=row, body=given, idempotency_key=data["idempotency_key"]
        )

    return deed(
        request,
        forms.SignForm(request.POST or None),
        run=run,
        to=_address(row),
        context={"back": _address(row), "note": f"{given.short_name} · {row}"},
    )


def _address(row: Bulletin) -> str:
    return reverse("sharing:bulletin", args=[row.pk])


def _judged(request: HttpRequest, pk: UUID, permission: str) -> tuple[Actor, Bulletin]:
    actor = actor_of(request)
    actor.demand(permission)
    rules.demand_committee_office(actor, queries.committee_offices())
    return actor, queries.bulletin_for(actor, pk)


def _deed(
    request: HttpRequest,
    actor: Actor,
    row: Bulletin,
    form: type[DeedForm],
    act: Callable[..., Bulletin],
) -> HttpResponse:
    """A deed upon a bulletin that asks for little."""
    return deed(
        request,
        form(request.POST or None, initial={"expected_version": str(row.version)}),
        run=lambda data: act(actor, bulletin=row, **{"expected_version": 0, **data}),
        to=_address(row),
        context={"back": _address(row), "note": str(row)},
    )
