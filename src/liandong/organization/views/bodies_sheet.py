"""Taking bodies in from a spreadsheet."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy

from liandong.documents.sheets import blank_workbook
from liandong.kernel.wording import gettext as _
from liandong.organization import actions
from liandong.organization.adapters.bodies_sheet import LAYOUT, read_bodies
from liandong.organization.permissions import Permission
from liandong.web.intake import Taking, blank_response, intake_page
from liandong.web.requests import actor_of, place_of


def bodies_sheet(request: HttpRequest) -> HttpResponse:
    """Take bodies in: look first, then do it."""
    actor_of(request).demand(Permission.CREATE_BODY)
    place = place_of(request)
    return intake_page(
        request,
        Taking(
            title=gettext_lazy("导入机构"),
            layout=LAYOUT,
            read=read_bodies,
            plan=lambda _actor, *read: actions.plan_bodies(place, *read),
            take=partial(actions.take_bodies, place=place),
            home=reverse("organization:bodies"),
            blank=reverse("organization:bodies_blank"),
        ),
    )


def bodies_blank(request: HttpRequest) -> HttpResponse:
    """Hand out the blank sheet of bodies."""
    actor_of(request).demand(Permission.CREATE_BODY)
    return blank_response(_("机构模板"), blank_workbook([LAYOUT]))
