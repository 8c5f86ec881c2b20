"""Taking a roster in from a spreadsheet."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy

from liandong.kernel.actors import Actor
from liandong.kernel.wording import gettext as _
from liandong.organization import actions
from liandong.organization.adapters.roster_sheet import LAYOUT, read_roster
from liandong.organization.models import Intake
from liandong.organization.permissions import Permission
from liandong.web.requests import actor_of
from liandong.web.sheets import (
    Draft,
    Sent,
    Taking,
    blank_response,
    blank_workbook,
    intake_page,
    refuse_findings,
)


def roster_sheet(request: HttpRequest) -> HttpResponse:
    """Take a roster in: look first, then do it."""
    actor_of(request).demand(Permission.LAY_ROSTER)
    return intake_page(
        request,
        Taking(
            title=gettext_lazy("导入值班表"),
            layout=LAYOUT,
            plan=_plan,
            take=_take,
            home=reverse("organization:roster"),
            blank=reverse("organization:roster_blank"),
        ),
    )


def roster_blank(request: HttpRequest) -> HttpResponse:
    """Hand out the blank roster."""
    actor_of(request).demand(Permission.LAY_ROSTER)
    return blank_response(_("值班表模板"), blank_workbook([LAYOUT]))


def _plan(_actor: Actor, sent: Sent) -> Draft:
    return actions.plan_roster(*read_roster(sent.content, sent.name)).draft


def _take(actor: Actor, sent: Sent, data: dict[str, Any]) -> Intake:
    rows, findings = read_roster(sent.content, sent.name)
    refuse_findings(findings)
    return actions.take_roster(
        actor,
        rows=rows,
        seen=data["seen"],
        name=sent.name,
        digest=sent.digest,
        idempotency_key=data["idempotency_key"],
    )
