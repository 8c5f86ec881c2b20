"""Ways to people and posts: shown, entered, checked, retired."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from liandong.kernel.problems import Forbidden, Missing
from liandong.kernel.wording import gettext as _
from liandong.messaging import actions, queries, rules
from liandong.messaging.forms import CheckForm, ContactPointForm, RetireForm
from liandong.messaging.models import ContactPoint
from liandong.messaging.states import Channel
from liandong.organization import queries as organization
from liandong.organization.models import Person, Post
from liandong.web.deeds import deed
from liandong.web.requests import actor_of


@require_GET
def ways(request: HttpRequest, kind: str, pk: UUID) -> HttpResponse:
    """Show how a person or a post is reached."""
    actor = actor_of(request)
    owner = _owner(kind, pk)
    around = {
        "owner": owner,
        "kind": kind,
        "points": rules.shown_points(actor, owner),
        "may_edit": rules.may_edit(actor, owner),
        "whole": True,
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
