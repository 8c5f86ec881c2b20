"""Messaging's places on the pages of lower apps: unread messages on the desk, ways to a person."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liandong.kernel.permissions import Role
from liandong.kernel.wording import gettext as words
from liandong.messaging import queries, rules
from liandong.messaging.permissions import Permission
from liandong.organization import queries as organization
from liandong.organization.models import Person
from liandong.web.nav import entry
from liandong.web.requests import actor_of
from liandong.web.setup import DONE, PARTLY, SLOT, Item, Link, shown, state_of
from liandong.web.slots import panel

entry(
    pgettext_lazy("栏目", "消息"),
    "messaging:messages",
    Permission.READ_MESSAGE,
    order=70,
    icon="messages",
    count=lambda request: queries.unread_count(actor_of(request)),
    live=("messaging.message",),
    key="gx",
)


entry(
    pgettext_lazy("栏目", "叫应"),
    "messaging:call_outs",
    Permission.RECORD_ANSWER,
    order=83,
    icon="phone-outgoing",
    in_menu=True,
    key="gj",
)


@panel("organization.desk.now", order=6)
def calling(request: HttpRequest, _obj: Any) -> tuple[str, dict[str, Any]] | None:
    """Show who is being called, and where the line or somebody who should go fails."""
    actor = actor_of(request)
    if not actor.may(Permission.RECORD_ANSWER):
        return None
    return "messaging/_call_outs.html", queries.call_outs_on_desk(actor)


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
        "since": rules.verified_since(actor.realm),
        "owner": obj,
        "kind": "person",
        "may_edit": rules.may_edit(actor, obj),
    }


@panel("organization.body.side", order=20)
def wrong_numbers(request: HttpRequest, obj: Any) -> tuple[str, dict[str, Any]] | None:
    """Show which numbers of a body's people and posts are known to be wrong."""
    posts = organization.posts_of_body(obj)
    chairs = organization.chairs_at(posts)
    people = [one.person_id for some in chairs.values() for one in some]
    rows = queries.wrong_numbers(people, [post.pk for post in posts])
    if not rows:
        return None
    actor = actor_of(request)
    shown = [
        (one, rules.owner_of(one), rules.may_edit(actor, rules.owner_of(one))) for one in rows
    ]
    return "messaging/_wrong_numbers.html", {"rows": shown}


@panel("organization.desk.later", order=15)
def to_check(request: HttpRequest, _obj: Any) -> tuple[str, dict[str, Any]] | None:
    """Say how many numbers are wrong or have not been verified for long."""
    actor = actor_of(request)
    if not actor.may(Permission.EDIT_ANY_CONTACT):
        return None
    found = queries.contacts_to_check(rules.verified_since(actor.realm)).order_by()
    wrong = found.filter(is_stale=True).count()
    rest = found.filter(is_stale=False).count()
    if not wrong and not rest:
        return None
    return "messaging/_to_check.html", {
        "wrong": wrong,
        "rest": rest,
        "days": settings.CONTACT_DAYS,
    }


@panel("organization.people.actions", order=20)
def take_in(request: HttpRequest, _obj: Any) -> tuple[str, dict[str, Any]] | None:
    """Offer to take a telephone list in; nothing to who may not."""
    if not actor_of(request).may(Permission.TAKE_PHONE_BOOK):
        return None
    return "messaging/_phone_book_button.html", {}


@panel(SLOT, order=25)
def phones_item(request: HttpRequest, _obj: Any) -> tuple[str, dict[str, Any]]:
    """Telephones: people at posts who cannot be reached by one."""
    seated, silent = queries.reached_by_phone()
    may = actor_of(request).may(Permission.TAKE_PHONE_BOOK)
    by = Role.SECURITY_ADMIN.label
    lacks = (words("%(n)d 人没有登记电话") % {"n": silent},) if silent else ()
    return shown(
        Item(
            title=_("联系电话"),
            state=state_of(seated - silent, seated),
            said=words("任职的 %(seated)d 人中，%(n)d 人有电话")
            % {"seated": seated, "n": seated - silent},
            lacks=lacks,
            links=(
                Link(
                    _("导入人员与电话"),
                    reverse("messaging:phone_book"),
                    may,
                    by,
                    bool(silent or not seated),
                ),
            ),
        )
    )


@panel(SLOT, order=80)
def channels_item(_request: HttpRequest, _obj: Any) -> tuple[str, dict[str, Any]]:
    """Channels: whether a mail server is set; messages within and telephone work without."""
    if settings.EMAIL_HOST:
        return shown(
            Item(
                title=_("通知渠道"),
                state=DONE,
                said=words("站内消息、电话核实、邮件（%(host)s）")
                % {"host": settings.EMAIL_HOST},
            )
        )
    return shown(
        Item(
            title=_("通知渠道"),
            state=PARTLY,
            said=words("站内消息、电话核实可用"),
            lacks=(words("没有设邮件服务器：由系统管理员设置 LIANDONG_SMTP_HOST 后重启节点"),),
        )
    )
