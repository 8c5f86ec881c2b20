"""The call list: who is called for which place, what it lacks, and the sheet it comes from."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy

from liandong.documents.sheets import blank_workbook
from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed
from liandong.messaging import actions, queries
from liandong.messaging.adapters.call_list import LAYOUT, read_call_list
from liandong.messaging.forms import ContactTestForm, RetireListingForm
from liandong.messaging.models import CallListing
from liandong.messaging.permissions import Permission
from liandong.messaging.states import Tier, Urgency
from liandong.web.deeds import deed
from liandong.web.intake import Taking, blank_response, intake_page
from liandong.web.requests import actor_of, place_of
from liandong.web.tables import Column, Filter, Table, listing

COLUMNS: list[Column[CallListing]] = [
    Column(
        key="owner",
        label=gettext_lazy("姓名或岗位"),
        value=lambda one: str(
            one.person or f"{one.post.body} {one.post}" if one.post else one.person
        ),
    ),
    Column(
        key="tier",
        label=gettext_lazy("层级"),
        value=lambda one: Tier(one.tier).label,
        sort="tier",
    ),
    Column(
        key="area", label=gettext_lazy("地方"), value=lambda one: one.area_name, sort="area"
    ),
    Column(
        key="from",
        label=gettext_lazy("起叫级别"),
        value=lambda one: Urgency(one.from_urgency).label,
        sort="from_urgency",
    ),
    Column(
        key="hazards",
        label=gettext_lazy("灾种"),
        value=lambda one: listed(one.hazards) if one.hazards else _("全部"),
    ),
    Column(key="deputy", label=gettext_lazy("替补"), value=lambda one: one.deputy or ""),
    Column(
        key="superior",
        label=gettext_lazy("上门人"),
        value=lambda one: one.superior or (one.post and one.post.superior) or _("当地上一级"),
    ),
]
FILTERS = [
    Filter(key="q", label=gettext_lazy("姓名"), lookup="person__name__icontains"),
    Filter(key="place", label=gettext_lazy("地方"), lookup="area_name__icontains"),
    Filter(
        key="tier",
        label=gettext_lazy("层级"),
        lookup="tier",
        kind="choice",
        choices=[(str(one.value), one.label) for one in Tier],
    ),
]


def call_list(request: HttpRequest) -> HttpResponseBase:
    """Show who is called, and what the list lacks."""
    actor = actor_of(request)
    actor.demand(Permission.RECORD_ANSWER)
    table = Table(
        request,
        queries.call_list(),
        COLUMNS,
        FILTERS,
        order=("tier", "area", "order", "id"),
        name="call-list",
        link=lambda one: (
            reverse("messaging:retire_call_listing", args=[one.pk])
            if actor.may(Permission.KEEP_CALL_LIST)
            else ""
        ),
    )
    return listing(
        request,
        table,
        "messaging/call_list.html",
        title=_("叫应名单"),
        gaps=queries.call_list_gaps(),
        may_keep=actor.may(Permission.KEEP_CALL_LIST),
    )


def sheet(request: HttpRequest) -> HttpResponse:
    """Take the list in: look first, then do it."""
    actor_of(request).demand(Permission.KEEP_CALL_LIST)
    place = place_of(request)
    return intake_page(
        request,
        Taking(
            title=gettext_lazy("导入叫应名单"),
            layout=LAYOUT,
            read=read_call_list,
            plan=lambda _actor, *read: actions.plan_call_list(place, *read).draft,
            take=partial(actions.take_call_list, place=place),
            home=reverse("messaging:call_list"),
            blank=reverse("messaging:call_list_blank"),
        ),
    )


def blank(request: HttpRequest) -> HttpResponse:
    """Hand out the blank list."""
    actor_of(request).demand(Permission.KEEP_CALL_LIST)
    return blank_response(_("叫应名单模板"), blank_workbook([LAYOUT]))


def retire(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take somebody off the list."""
    actor = actor_of(request)
    actor.demand(Permission.KEEP_CALL_LIST)
    row = queries.call_list().filter(pk=pk).first()
    if row is None:
        raise Missing(_("叫应名单里没有这一行。"), remedy=_("请从叫应名单进入。"))
    home = reverse("messaging:call_list")
    return deed(
        request,
        RetireListingForm(request.POST or None, initial={"expected_version": row.version}),
        run=lambda data: actions.retire_call_listing(
            actor, listing=row, **{"expected_version": row.version, **data}
        ),
        to=home,
        context={"note": str(row), "back": home},
    )


def contact_test(request: HttpRequest) -> HttpResponse:
    """Test a part of the numbers now."""
    actor = actor_of(request)
    actor.demand(Permission.KEEP_CALL_LIST)
    return deed(
        request,
        ContactTestForm(request.POST or None),
        run=lambda data: actions.start_contact_test(
            actor, percent=data["percent"], idempotency_key=data["idempotency_key"]
        ),
        to=lambda made: reverse("messaging:call_out", args=[made.pk]),
        context={"back": reverse("messaging:call_list")},
    )
