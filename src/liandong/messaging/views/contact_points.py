"""Ways to people and posts: shown, entered, checked, retired."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from liandong.kernel.problems import Forbidden, Missing
from liandong.kernel.wording import gettext as _
from liandong.messaging import actions, queries, rules
from liandong.messaging.forms import CheckForm, ContactPointForm, RetireForm
from liandong.messaging.models import ContactPoint
from liandong.messaging.permissions import Permission
from liandong.messaging.states import Channel
from liandong.organization import queries as organization
from liandong.organization.models import Person, Post
from liandong.web.deeds import deed
from liandong.web.requests import actor_of
from liandong.web.tables import Column, Filter, Table, listing


def standing(row: ContactPoint) -> str:
    """How much is known of it."""
    if row.is_stale:
        return str(_("空号或错号"))
    if row.verified_at is None:
        return str(_("从未核实"))
    return str(_("核实于 %(day)s") % {"day": f"{localtime(row.verified_at):%Y-%m-%d}"})


COLUMNS: list[Column[ContactPoint]] = [
    Column(
        key="owner",
        label=gettext_lazy("姓名或岗位"),
        value=lambda one: str(rules.owner_of(one)),
    ),
    Column(
        key="channel", label=gettext_lazy("渠道"), value=lambda one: one.get_channel_display()
    ),
    Column(key="address", label=gettext_lazy("号码或地址"), value=lambda one: one.address),
    Column(key="standing", label=gettext_lazy("核实情况"), value=standing, sort="verified_at"),
]
FILTERS = [
    Filter(key="q", label=gettext_lazy("姓名"), lookup="person__name__icontains"),
    Filter(
        key="channel",
        label=gettext_lazy("渠道"),
        lookup="channel",
        kind="choice",
        choices=Channel.choices,
    ),
]


@require_GET
def ways(request: HttpRequest, kind: str, pk: UUID) -> HttpResponse:
    """Show how a person or a post is reached."""
    actor = actor_of(request)
    owner = _owner(kind, pk)
    around = {
        "owner": owner,
        "kind": kind,
        "points": rules.shown_points(actor, owner),
        "since": rules.verified_since(actor.realm),
        "may_edit": rules.may_edit(actor, owner),
        "whole": True,
        "checks": queries.checks_of(owner),
    }
    return render(request, "messaging/contact_points.html", around)


def add(request: HttpRequest, kind: str, pk: UUID) -> HttpResponse:
    """Enter another way."""
    actor = actor_of(request)
    owner = _owner(kind, pk)
    _demand(request, owner)
    here = _page(owner)
    return deed(
        request,
        ContactPointForm(request.POST or None),
        run=lambda data: actions.add_contact_point(
            actor, owner=owner, **{**data, "channel": Channel(data["channel"])}
        ),
        to=here,
        context={"note": str(owner), "back": here},
    )


def check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep whether a way works."""
    actor = actor_of(request)
    row = _point(request, pk)
    here = _page(rules.owner_of(row))
    return deed(
        request,
        CheckForm(request.POST or None, initial={"expected_version": row.version}),
        run=lambda data: actions.check_contact_point(
            actor, contact_point=row, **{"expected_version": row.version, **data}
        ),
        to=here,
        context={"note": str(row), "back": here},
    )


def to_check(request: HttpRequest) -> HttpResponseBase:
    """List the numbers that are wrong, or that nobody has verified for long."""
    actor = actor_of(request)
    actor.demand(Permission.EDIT_ANY_CONTACT)
    table = Table(
        request,
        queries.contacts_to_check(rules.verified_since(actor.realm)),
        COLUMNS,
        FILTERS,
        order=("-is_stale", "verified_at", "id"),
        name="contacts-to-check",
        link=lambda row: reverse("messaging:check_contact", args=[row.pk]),
    )
    return listing(
        request,
        table,
        title=_("待核实的联系方式"),
        note=_("空号、错号，和超过 %(n)d 天没有试拨的") % {"n": settings.CONTACT_DAYS},
    )


def retire(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Use a way no more."""
    actor = actor_of(request)
    row = _point(request, pk)
    here = _page(rules.owner_of(row))
    return deed(
        request,
        RetireForm(request.POST or None, initial={"expected_version": row.version}),
        run=lambda data: actions.retire_contact_point(
            actor, contact_point=row, **{"expected_version": row.version, **data}
        ),
        to=here,
        context={"note": str(row), "back": here},
    )


def _owner(kind: str, pk: UUID) -> Person | Post:
    owner: Person | Post | None = None
    if kind == "person":
        owner = organization.all_people().filter(pk=pk).first()
    elif kind == "post":
        owner = organization.all_posts().filter(pk=pk).first()
    if owner is None:
        raise Missing(_("没有这个人或岗位。"), remedy=_("请从通讯录打开。"))
    return owner


def _point(request: HttpRequest, pk: UUID) -> ContactPoint:
    row = queries.contact_point(pk)
    if row is None:
        raise Missing(_("没有这个联系方式，或已停用。"), remedy=_("请从通讯录打开。"))
    _demand(request, rules.owner_of(row))
    return row


def _demand(request: HttpRequest, owner: Person | Post) -> None:
    if not rules.may_edit(actor_of(request), owner):
        raise Forbidden(
            _("不能改动“%(owner)s”的联系方式。") % {"owner": owner},
            remedy=_("请本人、在岗人员、值班员或安全管理员办理。"),
        )


def _page(owner: Person | Post) -> str:
    kind = "person" if isinstance(owner, Person) else "post"
    return reverse("messaging:contacts", args=[kind, owner.pk])
