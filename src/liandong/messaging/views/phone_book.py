"""Taking people and their telephones in from a spreadsheet."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy

from liandong.kernel.actors import Actor
from liandong.kernel.divisions import Division
from liandong.kernel.wording import gettext as _
from liandong.messaging import actions
from liandong.messaging.adapters.phone_book import LAYOUT, read_phone_book
from liandong.messaging.permissions import Permission
from liandong.organization.models import Intake
from liandong.web.requests import actor_of, place_of
from liandong.web.sheets import (
    Draft,
    Sent,
    Taking,
    blank_response,
    blank_workbook,
    intake_page,
    refuse_findings,
)


def phone_book(request: HttpRequest) -> HttpResponse:
    """Take a telephone list in: look first, then do it."""
    actor_of(request).demand(Permission.TAKE_PHONE_BOOK)
    place = place_of(request)
    return intake_page(
        request,
        Taking(
            title=gettext_lazy("导入人员与电话"),
            layout=LAYOUT,
            plan=lambda actor, sent: _plan(actor, place, sent),
            take=lambda actor, sent, data: _take(actor, place, sent, data),
            home=reverse("organization:people"),
            blank=reverse("messaging:phone_book_blank"),
        ),
    )


def phone_book_blank(request: HttpRequest) -> HttpResponse:
    """Hand out the blank telephone list."""
    actor_of(request).demand(Permission.TAKE_PHONE_BOOK)
    return blank_response(_("人员与电话模板"), blank_workbook([LAYOUT]))


def _plan(actor: Actor, place: Division, sent: Sent) -> Draft:
    rows, findings = read_phone_book(sent.content, sent.name)
    return actions.plan_phone_book(actor, place, rows, findings).draft


def _take(actor: Actor, place: Division, sent: Sent, data: dict[str, Any]) -> Intake:
    rows, findings = read_phone_book(sent.content, sent.name)
    refuse_findings(findings)
    return actions.take_phone_book(
        actor,
        place=place,
        rows=rows,
        seen=data["seen"],
        name=sent.name,
        digest=sent.digest,
        idempotency_key=data["idempotency_key"],
    )
