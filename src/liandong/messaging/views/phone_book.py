"""Taking people and their telephones in from a spreadsheet."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy

from liandong.documents.sheets import blank_workbook
from liandong.kernel.wording import gettext as _
from liandong.messaging import actions
from liandong.messaging.adapters.phone_book import LAYOUT, read_phone_book
from liandong.messaging.permissions import Permission
from liandong.web.intake import Taking, blank_response, intake_page
from liandong.web.requests import actor_of, place_of


def phone_book(request: HttpRequest) -> HttpResponse:
    """Take a telephone list in: look first, then do it."""
    actor_of(request).demand(Permission.TAKE_PHONE_BOOK)
    place = place_of(request)
    return intake_page(
        request,
        Taking(
            title=gettext_lazy("导入人员与电话"),
            layout=LAYOUT,
            read=read_phone_book,
            plan=lambda actor, *read: actions.plan_phone_book(actor, place, *read).draft,
            take=partial(actions.take_phone_book, place=place),
            home=reverse("organization:people"),
            blank=reverse("messaging:phone_book_blank"),
        ),
    )


def phone_book_blank(request: HttpRequest) -> HttpResponse:
    """Hand out the blank telephone list."""
    actor_of(request).demand(Permission.TAKE_PHONE_BOOK)
    return blank_response(_("人员与电话模板"), blank_workbook([LAYOUT]))
