"""One record: its page, and every deed upon it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liandong.kernel.actors import ACTUAL, Actor
from liandong.kernel.files.actions import store_file
from liandong.kernel.files.models import File
from liandong.kernel.files.reading import files_of
from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _
from liandong.organization import queries as organization
from liandong.organization.permissions import Permission as Organization
from liandong.sharing import actions, queries, rules
from liandong.sharing.forms import record as forms
from liandong.sharing.forms.inspection import InspectionForm, MendedForm
from liandong.sharing.models import Inspection, Record
from liandong.sharing.permissions import Permission
from liandong.sharing.registers import AREA, register_of
from liandong.sharing.states import RecordState
from liandong.web.deeds import deed
from liandong.web.forms import DeedForm
from liandong.web.requests import actor_of

KIND = "sharing.record"


def address(record: Record) -> str:
    """Where a record's page is."""
    return reverse("sharing:record", args=[record.number])


def record(request: HttpRequest, number: str) -> HttpResponse:
    """Show a record: what it says, where it is, what it said before."""
    actor = actor_of(request)
    row = queries.record_by_number(actor, number)
    keeps = actor.realm == ACTUAL and rules.keeps(actor, row.body_id)
    shown = queries.shown_values(actor, row)
    is_current = row.state == RecordState.CURRENT
    context = {
        "record": row,
        "register": row.register,
        "layer": row.register.layer,
        "facts": [
            (one.heading, one.show(shown[one.key]))
            for one in row.register.fields
            if one.key in shown
        ],
        "township": _township(row),
        "is_stale": is_current and row.due_on <= queries.today(),
        "is_current": is_current,
        "sees_all": queries.entitled(actor, row),
        "history": queries.history_of(actor, row),
        "files": files_of(_actual(actor), KIND, str(row.pk)),
        "answering": organization.responsibilities_of(KIND, [str(row.pk)]).get(str(row.pk), []),
        "assigns": urlencode({"kind": KIND, "id": str(row.pk), "name": row.name}),
        "may_assign": is_current and actor.may(Organization.ASSIGN_RESPONSIBILITY),
        "inspections": queries.inspections_of(row),
        "may_enter": keeps and actor.may(Permission.ENTER_RECORD),
        "may_confirm": keeps and actor.may(Permission.CONFIRM_RECORD),
        "may_withdraw": keeps and actor.may(Permission.WITHDRAW_RECORD),
        "may_inspect": keeps and actor.may(Permission.INSPECT_RECORD),
        "may_outline": AREA in row.register.shapes,
        "today": queries.today(),
    }
    return render(request, "sharing/record.html", context)


def enter(request: HttpRequest, kind: str) -> HttpResponse:
    """Enter a thing in a register."""
    actor, register = actor_of(request), register_of(kind)
    actor.demand(Permission.ENTER_RECORD)
    bodies = _bodies(actor)
    own = queries.own_bodies(actor)
    form = forms.RecordForm(
        register,
        bodies,
        request.POST or None,
        hidden=frozenset(),
        initial={"body": own[0] if own and not actor.may(Permission.KEEP_ANY) else None},
    )
    title = _("登记%(what)s") % {"what": register.title}
    return deed(
        request,
        form,
        run=lambda data: actions.enter_record(actor, kind=kind, **_without_version(data)),
        to=address,
        template=_template(register.shapes),
        context={"back": reverse("sharing:records", args=[kind]), "title": title},
    )


def change(request: HttpRequest, number: str) -> HttpResponse:
    """Say anew what a record says."""
    actor, row = _kept(request, number, Permission.ENTER_RECORD)
    hidden = frozenset() if queries.entitled(actor, row) else row.register.sensitive
    form = forms.ChangeForm(
        row.register,
        _bodies(actor),
        request.POST or None,
        hidden=hidden,
        initial=forms.initial_of(row, hidden),
    )

    def run(data: dict[str, Any]) -> Record:
        said = data.pop("row")
        kept = {key: row.values[key] for key in hidden if key in row.values}
        data["row"] = replace(said, extent=row.extent, values={**said.values, **kept})
        return actions.change_record(actor, record=row, **{"expected_version": 0, **data})

    return deed(
        request,
        form,
        run=run,
        to=address,
        template=_template(row.register.shapes),
        context={
            "back": address(row),
            "title": _("变更登记"),
            "note": str(row),
        },
    )


def outline(request: HttpRequest, number: str) -> HttpResponse:
    """Draw how far a thing reaches."""
    actor, row = _kept(request, number, Permission.ENTER_RECORD)
    if AREA not in row.register.shapes:
        raise Missing(_("这种登记没有范围。"), place=str(row), remedy=_("请返回登记的页面。"))

    def run(data: dict[str, Any]) -> Record:
        ring = [[float(lon), float(lat)] for lon, lat in data.pop("points")]
        extent = {"type": AREA, "coordinates": [[*ring, *ring[:1]]]}
        drawn = replace(actions.row_of(row), extent=extent)
        return actions.change_record(
            actor,
            record=row,
            row=drawn,
            reason=_("画影响范围"),
            expected_version=row.version,
            **data,
        )

    return deed(
        request,
        forms.OutlineForm(request.POST or None),
        run=run,
        to=address,
        template="sharing/outline.html",
        context={
            "back": address(row),
            "record": row,
            "layer": row.register.layer,
            "note": str(row),
        },
    )


def confirm(request: HttpRequest, number: str) -> HttpResponse:
    """Say that a record is still so."""
    return _deed(
        request, number, Permission.CONFIRM_RECORD, forms.ConfirmForm, actions.confirm_record
    )


def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Take a record out of use."""
    return _deed(
        request, number, Permission.WITHDRAW_RECORD, forms.WithdrawForm, actions.withdraw_record
    )


def restore(request: HttpRequest, number: str) -> HttpResponse:
    """Let a withdrawn record count again."""
    return _deed(
        request, number, Permission.WITHDRAW_RECORD, forms.RestoreForm, actions.restore_record
    )


def attach(request: HttpRequest, number: str) -> HttpResponse:
    """Put a photograph or paper to a record."""
    actor, row = _kept(request, number, Permission.ENTER_RECORD)

    def run(data: dict[str, Any]) -> File:
        given, key = data["given"], data["idempotency_key"]
        file = store_file(
            actor,
            name=given.name,
            content=given,
            audience=row.audience,
            subject_kind=KIND,
            subject_id=str(row.pk),
            idempotency_key=key,
        )
        return actions.attach_record_file(actor, record=row, file=file, idempotency_key=key)

    return deed(
        request,
        forms.FileForm(request.POST or None, request.FILES or None),
        run=run,
        to=address(row),
        context={"back": address(row), "note": str(row)},
    )


def inspect(request: HttpRequest, number: str) -> HttpResponse:
    """Write down an inspection."""
    actor, row = _kept(request, number, Permission.INSPECT_RECORD)
    return deed(
        request,
        InspectionForm(
            request.POST or None,
            initial={"done_on": queries.today(), "expected_version": str(row.version)},
        ),
        run=lambda data: actions.record_inspection(
            actor, record=row, **{"expected_version": 0, **data}
        ),
        to=address(row),
        context={"back": address(row), "note": str(row)},
    )


def mended(request: HttpRequest, number: str, pk: UUID) -> HttpResponse:
    """Say that what an inspection found has been put right."""
    actor, row = _kept(request, number, Permission.INSPECT_RECORD)
    one = Inspection.objects.select_related("record").filter(record=row, pk=pk).first()
    if one is None:
        raise Missing(_("没有这次检查。"), place=str(row), remedy=_("请从登记的页面进入。"))
    return deed(
        request,
        MendedForm(
            request.POST or None,
            initial={"mended_on": queries.today(), "expected_version": str(one.version)},
        ),
        run=lambda data: actions.report_mended(
            actor, inspection=one, **{"expected_version": 0, **data}
        ),
        to=address(row),
        context={"back": address(row), "note": one.found},
    )


def _deed(
    request: HttpRequest,
    number: str,
    permission: str,
    form: type[DeedForm],
    act: Callable[..., Record],
) -> HttpResponse:
    """A deed upon a record that asks for little."""
    actor, row = _kept(request, number, permission)
    return deed(
        request,
        form(request.POST or None, initial={"expected_version": str(row.version)}),
        run=lambda data: act(actor, record=row, **{"expected_version": 0, **data}),
        to=address(row),
        context={"back": address(row), "note": str(row)},
    )


def _kept(request: HttpRequest, number: str, permission: str) -> tuple[Actor, Record]:
    """The record, for somebody who may do this to it."""
    actor = actor_of(request)
    actor.demand(permission)
    row = queries.record_by_number(actor, number)
    rules.demand_keeper(actor, permission, [row.body_id])
    return actor, row


def _bodies(actor: Actor) -> Any:
    """The bodies whose records an actor may enter."""
    if actor.may(Permission.KEEP_ANY):
        return organization.all_bodies()
    return organization.all_bodies().filter(pk__in=queries.own_bodies(actor))


def _township(row: Record) -> str:
    if not row.division_code:
        return ""
    town = organization.all_bodies().filter(division_code=row.division_code).first()
    return town.short_name if town else row.division_code


def _actual(actor: Actor) -> Actor:
    """Files of records are the county's own, whatever realm their reader is in."""
    return replace(actor, realm=ACTUAL)


def _template(shapes: tuple[str, ...]) -> str:
    return "sharing/enter.html" if shapes else "web/deed.html"


def _without_version(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name != "expected_version"}
