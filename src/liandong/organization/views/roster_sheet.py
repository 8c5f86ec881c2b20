"""Taking a roster in from a spreadsheet."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy

from liandong.documents.sheets import blank_workbook
from liandong.kernel.wording import gettext as _
from liandong.organization import actions
from liandong.organization.adapters.roster_sheet import LAYOUT, read_roster
from liandong.organization.permissions import Permission
from liandong.web.intake import Taking, blank_response, intake_page
from liandong.web.requests import actor_of


def roster_sheet(request: HttpRequest) -> HttpResponse:
    """Take a roster in: look first, then do it."""
    actor_of(request).demand(Permission.LAY_ROSTER)
    return intake_page(
        request,
        Taking(
            title=gettext_lazy("导入值班表"),
            layout=LAYOUT,
            read=read_roster,
            plan=lambda _actor, *read: actions.plan_roster(*read).draft,
            take=actions.take_roster,
            home=reverse("organization:roster"),
            blank=reverse("organization:roster_blank"),
        ),
    )


def roster_blank(request: HttpRequest) -> HttpResponse:
    """Hand out the blank roster."""
    actor_of(request).demand(Permission.LAY_ROSTER)
    return blank_response(_("值班表模板"), blank_workbook([LAYOUT]))
