"""What is done about a receipt: another try, or the result of a telephone call."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _
from liandong.messaging import actions, queries
from liandong.messaging.forms import OutcomeForm, ResendForm
from liandong.messaging.models import Receipt
from liandong.messaging.permissions import Permission
from liandong.messaging.states import ReceiptState
from liandong.web.deeds import deed
from liandong.web.requests import actor_of


def outcome(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep what a call brought to light."""
    actor = actor_of(request)
    actor.demand(Permission.RECORD_OUTCOME)
    row = _found(request, pk)
    here = _page(row)
    return deed(
        request,
        OutcomeForm(request.POST or None, initial={"expected_version": row.version}),
        run=lambda data: actions.record_outcome(
            actor,
            receipt=row,
            **{**_versioned(row, data), "state": ReceiptState(data["state"])},
        ),
        to=here,
        context={"note": str(row), "back": here},
    )


def resend(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Try an e-mail again."""
    actor = actor_of(request)
    actor.demand(Permission.RESEND)
    row = _found(request, pk)
    here = _page(row)
    return deed(
        request,
        ResendForm(request.POST or None, initial={"expected_version": row.version}),
        run=lambda data: actions.resend(actor, receipt=row, **_versioned(row, data)),
        to=here,
        context={"note": f"{row} · {row.trouble}", "back": here},
    )


def _versioned(row: Receipt, data: dict[str, Any]) -> dict[str, Any]:
    return {"expected_version": row.version, **data}


def _page(row: Receipt) -> str:
    return reverse("messaging:message", args=[row.message_id])


def _found(request: HttpRequest, pk: UUID) -> Receipt:
    row = queries.receipt(str(pk))
    seen = queries.visible_to(actor_of(request))
    if row is None or not seen.filter(pk=row.message_id).exists():
        raise Missing(_("没有这条回执，或当前岗位看不到。"), remedy=_("请从消息页打开。"))
    return row
