"""Taking bodies in from a spreadsheet."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy

from liandong.kernel.actors import Actor
from liandong.kernel.divisions import Division
from liandong.kernel.wording import gettext as _
from liandong.organization import actions
from liandong.organization.adapters.bodies_sheet import LAYOUT, read_bodies
from liandong.organization.models import Intake
from liandong.organization.permissions import Permission
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
from liandong.web.sheets import draft as drafted


def bodies_sheet(request: HttpRequest) -> HttpResponse:
    """Take bodies in: look first, then do it."""
    actor_of(request).demand(Permission.CREATE_BODY)
    place = place_of(request)
    return intake_page(
        request,
        Taking(
            title=gettext_lazy("导入机构"),
            layout=LAYOUT,
            plan=lambda _actor, sent: _plan(place, sent),
            take=lambda actor, sent, data: _take(actor, place, sent, data),
            home=reverse("organization:bodies"),
            blank=reverse("organization:bodies_blank"),
        ),
    )


def bodies_blank(request: HttpRequest) -> HttpResponse:
    """Hand out the blank sheet of bodies."""
    actor_of(request).demand(Permission.CREATE_BODY)
    return blank_response(_("机构模板"), blank_workbook([LAYOUT]))


def _plan(place: Division, sent: Sent) -> Draft:
    rows, findings = read_bodies(sent.content, sent.name)
    planned = actions.plan_bodies(place, rows)
    return drafted(planned.changes, [*planned.findings, *findings])


def _take(actor: Actor, place: Division, sent: Sent, data: dict[str, Any]) -> Intake:
    rows, findings = read_bodies(sent.content, sent.name)
    refuse_findings(findings)
    return actions.take_bodies(
        actor,
        place=place,
        rows=rows,
        seen=data["seen"],
        name=sent.name,
        digest=sent.digest,
        idempotency_key=data["idempotency_key"],
    )
