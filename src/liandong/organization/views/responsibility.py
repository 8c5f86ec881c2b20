"""Responsibilities: who answers for what, what nobody does any more, and handing that on."""

import hashlib
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.organization import actions, queries, rules
from liandong.organization.forms import PostField
from liandong.organization.models import Person, Post, Responsibility
from liandong.organization.permissions import Permission
from liandong.organization.states import PlainObject, ResponsibilityRole
from liandong.organization.views.fetching import found
from liandong.web.deeds import deed
from liandong.web.forms import DeedForm
from liandong.web.pickers import Picker
from liandong.web.requests import actor_of
from liandong.web.tables import Column, Filter, Table, listing


class AssignForm(DeedForm):
    """明确责任."""

    title, verb, done = (
        gettext_lazy("明确责任"),
        gettext_lazy("明确责任"),
        gettext_lazy("责任人已明确。"),
    )
    widths = {"role": "half", "person": "half", "post": "half"}

    role = forms.ChoiceField(label=gettext_lazy("责任"), choices=ResponsibilityRole.choices)
    person = forms.ModelChoiceField(
        label=gettext_lazy("责任人"),
        queryset=Person.objects.none(),
        required=False,
        widget=Picker,
    )
    post = PostField(
        label=gettext_lazy("以什么岗位"),
        queryset=Post.objects.none(),
        required=False,
        help_text=gettext_lazy("只选岗位，则由现任者负责；同时选人，则本人离任时提醒移交"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = queries.people_here()  # type: ignore[attr-defined]
        self.fields["post"].queryset = queries.all_posts()  # type: ignore[attr-defined]


class PlainForm(AssignForm):
    """明确责任, for what stands in no register."""

    widths = {"kind": "half", "object_name": "half", **AssignForm.widths}

    kind = forms.ChoiceField(label=gettext_lazy("责任对象类别"), choices=PlainObject.choices)
    object_name = forms.CharField(
        label=gettext_lazy("责任对象"),
        max_length=180,
        help_text=gettext_lazy(
            "写明在哪里，例如“柳湾村三组河边 12 户”；水库、隐患点等请从其登记页进入"
        ),
    )
    field_order = ("kind", "object_name", "role", "person", "post")


class HandOnForm(AssignForm):
    """移交责任."""

    title, verb, done = (
        gettext_lazy("移交责任"),
        gettext_lazy("移交"),
        gettext_lazy("责任已移交。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["role"]


class EndForm(DeedForm):
    """解除责任."""

    title, verb, done = (
        gettext_lazy("解除责任"),
        gettext_lazy("解除"),
        gettext_lazy("责任已解除。"),
    )
    dangerous = True


def who(row: Responsibility) -> str:
    """The person, with the post they answer as; or the post."""
    at = f"{row.post.body.short_name} {row.post.title}" if row.post else ""
    return f"{row.person.name} {at}".strip() if row.person else at


def mend(row: Responsibility, _value: Any) -> SafeString:
    """The way to hand it on or end it."""
    return format_html(
        '<a href="{}">{}</a> <a href="{}">{}</a>',
        reverse("organization:hand_on_responsibility", args=[row.pk]),
        _("移交"),
        reverse("organization:end_responsibility", args=[row.pk]),
        _("解除"),
    )


COLUMNS: list[Column[Responsibility]] = [
    Column(
        key="object",
        label=gettext_lazy("责任对象"),
        value=lambda one: one.object_name,
        sort="object_name",
    ),
    Column(
        key="role",
        label=gettext_lazy("责任"),
        value=lambda one: one.get_role_display(),
        sort="role",
    ),
    Column(key="who", label=gettext_lazy("责任人"), value=who),
    Column(
        key="from", label=gettext_lazy("开始"), value=lambda one: one.from_at, sort="from_at"
    ),
]
MENDED = [
    *COLUMNS,
    Column(key="mend", label=gettext_lazy("办理"), value=lambda _one: "", draw=mend),
]
FILTERS = [
    Filter(key="q", label=gettext_lazy("责任对象"), lookup="object_name__icontains"),
    Filter(key="who", label=gettext_lazy("责任人"), lookup="person__name__icontains"),
    Filter(
        key="role",
        label=gettext_lazy("责任"),
        lookup="role",
        kind="choice",
        choices=ResponsibilityRole.choices,
    ),
]


def responsibilities(request: HttpRequest) -> HttpResponseBase:
    """List who answers for what; with ``?orphaned=1`` only that for which nobody does any more."""
    orphaned = request.GET.get("orphaned") == "1"
    rows = queries.orphaned_responsibilities() if orphaned else queries.responsibilities()
    may = actor_of(request).may(Permission.ASSIGN_RESPONSIBILITY)
    table = Table(
        request=request,
        rows=rows,
        columns=MENDED if may else COLUMNS,
        filters=FILTERS,
        order=("object_name", "id"),
        name="responsibilities",
    )
    return listing(
        request,
        table,
        "organization/responsibilities.html",
        title=_("责任关系"),
        orphaned=orphaned,
        waiting=queries.orphaned_responsibilities().count(),
        may=may,
    )


def assign(request: HttpRequest) -> HttpResponse:
    """Make somebody answer for the object that the address names: ``kind``, ``id``, ``name``.

    Where it names none, the form asks what it is: a group of households, a stretch of road.
    """
    actor = actor_of(request)
    actor.demand(Permission.ASSIGN_RESPONSIBILITY)
    named = [request.GET.get(one, "").strip() for one in ("kind", "id", "name")]
    if any(named) and not all(named):
        raise Invalid(_("没有写明责任对象。"), remedy=_("请从水库、隐患点等的页面进入。"))
    kind, key, name = named
    home = reverse("organization:responsibilities")
    if name:
        home = f"{home}?{urlencode({'q': name})}"

    def run(data: dict[str, Any]) -> Responsibility:
        data.pop("expected_version", None)
        target: dict[str, Any] = {
            "object_kind": kind[:60],
            "object_id": key[:64],
            "object_name": name[:200],
        }
        return actions.assign_responsibility(
            actor, **(target if name else _plain(data)), **data
        )

    return deed(
        request,
        (AssignForm if name else PlainForm)(request.POST or None),
        run=run,
        to=home,
        context={"back": home, "note": name},
    )


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    """What stands in no register is the same again under the same words; spaces make no other."""
    kind, name = PlainObject(data.pop("kind")), " ".join(data.pop("object_name").split())
    words = hashlib.sha256("".join(name.split()).encode()).hexdigest()
    return {
        "object_kind": f"organization.{kind.value}",
        "object_id": words[:64],
        "object_name": f"{kind.label} {name}" if kind != PlainObject.OTHER else name,
    }


def hand_on(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let somebody else answer for it."""
    return _deed(request, pk, HandOnForm, actions.hand_on_responsibility)


def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let it end; nobody answers for it any more."""
    return _deed(request, pk, EndForm, actions.end_responsibility)


def _deed(
    request: HttpRequest,
    pk: UUID,
    form: type[DeedForm],
    act: Callable[..., Responsibility],
) -> HttpResponse:
    """A deed upon a responsibility that runs."""
    actor, row = actor_of(request), found(queries.responsibilities(), pk)
    actor.demand(Permission.ASSIGN_RESPONSIBILITY)
    rules.demand_answering(actor, [(row.person, row.post)])
    home = reverse("organization:responsibilities")
    return deed(
        request,
        form(request.POST or None, initial={"expected_version": row.version}),
        run=lambda data: act(actor, responsibility=row, **{"expected_version": 0, **data}),
        to=home,
        context={"back": home, "note": f"{row} {who(row)}"},
    )
