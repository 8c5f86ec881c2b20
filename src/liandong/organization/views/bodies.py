"""Bodies, their posts and duties."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from liandong.kernel.wording import pgettext
from liandong.organization import actions, forms, queries
from liandong.organization.models import Body
from liandong.organization.permissions import Permission
from liandong.organization.states import BodyKind, Management, Phase
from liandong.organization.views.fetching import found
from liandong.web.deeds import deed
from liandong.web.requests import actor_of
from liandong.web.tables import Column, Filter, Table, listing

COLUMNS: list[Column[Body]] = [
    Column(
        key="name", label=gettext_lazy("名称"), value=lambda body: body.name, sort="sort_key"
    ),
    Column(key="short", label=gettext_lazy("简称"), value=lambda body: body.short_name),
    Column(
        key="kind",
        label=gettext_lazy("类别"),
        value=lambda body: BodyKind(body.kind).label,
        sort="kind",
    ),
    Column(
        key="management",
        label=gettext_lazy("管理体制"),
        value=lambda body: Management(body.management).label,
        sort="management",
    ),
]
FILTERS = [
    Filter(
        key="kind",
        label=gettext_lazy("类别"),
        lookup="kind",
        kind="choice",
        choices=BodyKind.choices,
    ),
    Filter(key="name", label=gettext_lazy("名称"), lookup="name__icontains"),
]


def address(body: Body) -> str:
    """Where a body's page is."""
    return reverse("organization:body", args=[body.pk])


def bodies(request: HttpRequest) -> HttpResponseBase:
    """List every body."""
    table = Table(
        request=request,
        rows=queries.all_bodies(),
        columns=COLUMNS,
        filters=FILTERS,
        order=("order", "sort_key", "id"),
        name="bodies",
        link=address,
    )
    may = actor_of(request).may
    return listing(
        request,
        table,
        "organization/bodies.html",
        title=pgettext("栏目", "机构"),
        may_create=may(Permission.CREATE_BODY),
    )


def body(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a body: its posts and who holds them, its offices, its duties."""
    row = found(queries.all_bodies().select_related("parent", "office_of", "merged_into"), pk)
    posts = queries.posts_of_body(row)
    staffed = queries.chairs_at(posts)
    actor = actor_of(request)
    context = {
        "body": row,
        "chairs": [(post, staffed.get(post.pk, [])) for post in posts],
        "children": queries.all_bodies().filter(parent=row),
        "duties": queries.duties_of(row),
        "keeps_roster": row.kind in queries.CALLED,
        "may_rename": actor.may(Permission.RENAME_BODY),
        "may_merge": actor.may(Permission.MERGE_BODY) and not row.merged_into_id,
        "may_locate": actor.may(Permission.LOCATE_BODY, body=str(row.pk)),
        "may_create_post": actor.may(Permission.CREATE_POST, body=str(row.pk)),
        "may_appoint": actor.may(Permission.MAKE_APPOINTMENT, body=str(row.pk)),
        "may_end": actor.may(Permission.END_APPOINTMENT, body=str(row.pk)),
        "may_set_roles": actor.may(Permission.SET_ROLES),
        "may_set_duty": actor.may(Permission.SET_DUTY, body=str(row.pk)),
    }
    return render(request, "organization/body.html", context)


def create_body(request: HttpRequest) -> HttpResponse:
    """Set up a body."""
    actor = actor_of(request)
    actor.demand(Permission.CREATE_BODY)
    return deed(
        request,
        forms.BodyForm(request.POST or None),
        run=lambda data: actions.create_body(actor, **data),
        to=address,
        context={"back": reverse("organization:bodies")},
    )


def rename_body(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a body another name."""
    actor, row = actor_of(request), found(queries.all_bodies(), pk)
    actor.demand(Permission.RENAME_BODY, body=str(row.pk))
    initial = {"name": row.name, "short_name": row.short_name, **forms.versioned(row)}
    return deed(
        request,
        forms.RenameForm(request.POST or None, initial=initial),
        run=lambda data: actions.rename_body(
            actor, body=row, **{"expected_version": 0, **data}
        ),
        to=address(row),
        context={"back": address(row)},
    )


def merge_body(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let another take over a body's work."""
    actor, row = actor_of(request), found(queries.all_bodies(), pk)
    actor.demand(Permission.MERGE_BODY, body=str(row.pk))
    others = queries.all_bodies().filter(merged_into=None).exclude(pk=row.pk)
    return deed(
        request,
        forms.MergeForm(request.POST or None, initial=forms.versioned(row), others=others),
        run=lambda data: actions.merge_body(actor, body=row, **{"expected_version": 0, **data}),
        to=address(row),
        context={"note": row.name, "back": address(row)},
    )


def locate_body(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Fix where a body sits: the map and two boxes."""
    actor, row = actor_of(request), found(queries.all_bodies(), pk)
    actor.demand(Permission.LOCATE_BODY, body=str(row.pk))
    initial = {"lon": row.lon, "lat": row.lat, **forms.versioned(row)}
    return deed(
        request,
        forms.SeatForm(request.POST or None, initial=initial),
        run=lambda data: actions.locate_body(
            actor, body=row, **{"expected_version": 0, **data}
        ),
        to=address(row),
        template="organization/locate_body.html",
        context={"body": row, "back": address(row), "note": row.name},
    )


def set_duty(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write a cell of the duty matrix; ``?hazard=&phase=`` names an existing one."""
    actor, row = actor_of(request), found(queries.all_bodies(), pk)
    actor.demand(Permission.SET_DUTY, body=str(row.pk))
    hazard, phase = request.GET.get("hazard", "*")[:20], request.GET.get("phase", "")
    duty = queries.duty_of(row, hazard, phase) if phase in Phase.values else None
    initial = {"hazard": hazard, "phase": phase or Phase.RESPONSE}
    if duty:
        initial |= {"text": duty.text, "expected_version": str(duty.version)}
    return deed(
        request,
        forms.DutyForm(request.POST or None, initial=initial),
        run=lambda data: actions.set_duty(actor, body=row, **data),
        to=address(row),
        context={"back": address(row), "note": str(row)},
    )
