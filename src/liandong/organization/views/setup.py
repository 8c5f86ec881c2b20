"""Making a new node the county's own: the checklist, and what the templates can fill in."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from liandong.kernel.wording import gettext as _
from liandong.organization import actions, queries
from liandong.organization.models import Post
from liandong.organization.permissions import Permission
from liandong.web.deeds import deed
from liandong.web.forms import DeedForm
from liandong.web.requests import actor_of, place_of
from liandong.web.setup import SLOT, Item
from liandong.web.shielding import shielded
from liandong.web.slots import panels
from liandong.web.tables import Column, Filter, Table, listing

COLUMNS: list[Column[Post]] = [
    Column(
        key="body",
        label=gettext_lazy("机构"),
        value=lambda post: post.body.short_name,
        sort="body__sort_key",
    ),
    Column(
        key="title", label=gettext_lazy("岗位"), value=lambda post: post.title, sort="title"
    ),
    Column(
        key="liaison",
        label=gettext_lazy("联络岗"),
        value=lambda post: _("是") if post.is_liaison else "",
    ),
]
FILTERS = [
    Filter(key="body", label=gettext_lazy("机构"), lookup="body__name__icontains"),
    Filter(key="title", label=gettext_lazy("岗位"), lookup="title__icontains"),
]


class LayOutForm(DeedForm):
    """按模板补齐机构."""

    title, verb = gettext_lazy("按模板补齐机构"), gettext_lazy("补齐机构、岗位和职责")
    busy, done = gettext_lazy("正在补齐"), gettext_lazy("已补齐。职责是通用文本，请逐条核改。")


class GrantForm(DeedForm):
    """按模板授权."""

    title, verb = gettext_lazy("按模板授权"), gettext_lazy("为这些岗位授权")
    busy, done = gettext_lazy("正在授权"), gettext_lazy("已授权。权限即时生效。")


def setup(request: HttpRequest) -> HttpResponse:
    """The checklist: what each app says is done and what is missing."""
    actor_of(request).demand(Permission.READ_SETUP)
    items = [item for one in panels(SLOT) if (item := _item(request, one.panel))]
    context = {
        "items": items,
        "done": sum(1 for one in items if one.is_done),
        "groups": queries.usual_groups(),
        "place": place_of(request),
    }
    return render(request, "organization/setup.html", context)


def vacant(request: HttpRequest) -> HttpResponseBase:
    """Posts at which nobody answers."""
    actor_of(request).demand(Permission.READ_SETUP)
    table = Table(
        request=request,
        rows=queries.vacant_posts(),
        columns=COLUMNS,
        filters=FILTERS,
        order=("body__order", "body__sort_key", "rank", "id"),
        name="vacant",
        link=lambda post: reverse("organization:body", args=[post.body_id]),
    )
    return listing(request, table, title=_("空缺的岗位"))


def lay_out(request: HttpRequest) -> HttpResponse:
    """Set up what is missing of the usual bodies, posts and duties."""
    actor = actor_of(request)
    actor.demand(Permission.CREATE_BODY)
    standing = queries.county_standing(place_of(request))
    note = _("还缺 %(n)d 个机构；已有的不改名、不改职责。") % {"n": len(standing.missing)}
    return deed(
        request,
        LayOutForm(request.POST or None),
        run=lambda data: actions.lay_out_county(
            actor, place=place_of(request), idempotency_key=data["idempotency_key"]
        ),
        to=reverse("organization:setup"),
        context={"back": reverse("organization:setup"), "note": note},
    )


def grant_roles(request: HttpRequest) -> HttpResponse:
    """Give the usual posts that hold no role their usual ones."""
    actor = actor_of(request)
    actor.demand(Permission.SET_ROLES)
    waiting = queries.posts_without_usual_roles(place_of(request))
    note = _("%(n)d 个岗位还没有授权；已授权的不变。") % {"n": len(waiting)}
    return deed(
        request,
        GrantForm(request.POST or None),
        run=lambda data: actions.grant_usual_roles(
            actor, place=place_of(request), idempotency_key=data["idempotency_key"]
        ),
        to=reverse("organization:setup"),
        context={"back": reverse("organization:setup"), "note": note},
    )


def _item(request: HttpRequest, panel: object) -> Item | None:
    """One app's line; a line that cannot be had says so instead of taking the page with it."""
    drawn = shielded(request, lambda: panel(request, None) if callable(panel) else None)
    if isinstance(drawn, tuple):
        item = drawn[1]["item"]
        return item if isinstance(item, Item) else None
    return None
