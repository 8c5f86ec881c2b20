"""Messaging's places on the pages of lower apps: unread messages on the desk, ways to a person."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from liandong.messaging import queries, rules
from liandong.messaging.permissions import Permission
from liandong.organization.models import Person
from liandong.web.nav import entry
from liandong.web.requests import actor_of
from liandong.web.slots import panel

entry(
    _("消息"),
    "messaging:messages",
    Permission.READ_MESSAGE,
    order=70,
    icon="messages",
    count=lambda request: queries.unread_count(actor_of(request)),
    live=("messaging.message",),
    key="gx",
)


@panel("organization.desk.side", order=20)
def unread(request: HttpRequest, _obj: Any) -> tuple[str, dict[str, Any]] | None:
    """Show what this person has still to read; nothing to who is no person."""
    actor = actor_of(request)
    if not actor.person or not actor.may(Permission.READ_MESSAGE):
        return None
    return "messaging/_unread.html", queries.desk(actor)


@panel("organization.person.side", order=20)
def ways(request: HttpRequest, obj: Any) -> tuple[str, dict[str, Any]] | None:
    """Show how a person is reached."""
    if not isinstance(obj, Person):
        return None
    actor = actor_of(request)
    return "messaging/_contact_points.html", {
        "points": rules.shown_points(actor, obj),
        "owner": obj,
        "kind": "person",
        "may_edit": rules.may_edit(actor, obj),
    }


@panel("organization.people.actions", order=20)
def take_in(request: HttpRequest, _obj: Any) -> tuple[str, dict[str, Any]] | None:
    """Offer to take a telephone list in; nothing to who may not."""
    if not actor_of(request).may(Permission.TAKE_PHONE_BOOK):
        return None
    return "messaging/_phone_book_button.html", {}
