"""All registers at a glance, and the list of each."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from liandong.kernel.wording import gettext as _
from liandong.organization import queries as organization
from liandong.organization.states import BodyKind
from liandong.sharing import queries
from liandong.sharing.models import Record
from liandong.sharing.permissions import Permission
from liandong.sharing.registers import REGISTERS, Field, Kind, Register, register_of
from liandong.sharing.states import RecordState
from liandong.sharing.views.record import address
from liandong.web import cells
from liandong.web.requests import actor_of
from liandong.web.tables import Column, Filter, Table, listing

YES_NO = {"true": gettext_lazy("是"), "false": gettext_lazy("否")}


@dataclass(frozen=True, kw_only=True)
class ValueFilter(Filter):
    """A condition on a choice among a register's values, one or ``several`` of which are kept."""

    several: bool = False

    def read(self, raw: str) -> Any:
        """What the values must contain; raises ``BadQuery``."""
        chosen = super().read(raw)
        if chosen in YES_NO:
            return {self.key: chosen == "true"}
        return {self.key: [chosen] if self.several else chosen}


class StandingFilter(Filter):
    """Whether a record wants something: confirming, inspecting, mending, renewing, placing."""

    def read(self, raw: str) -> Any:
        """The records in a standing; raises ``BadQuery``."""
        condition = queries.condition(super().read(raw), queries.today())
        return Record.objects.filter(condition).values("pk")


def _due(row: Record, on: date) -> SafeString:
    """The day, and in red that it is past."""
    late = row.state == RecordState.CURRENT and on <= queries.today()
    return format_html('<span class="nowrap{}">{}</span>', " red" if late else "", on)


NAME: Column[Record] = Column(
    key="name", label=gettext_lazy("名称"), value=lambda row: row.name, sort="sort_key"
)
NUMBER: Column[Record] = Column(
    key="number",
    label=gettext_lazy("编号"),
    value=lambda row: row.number,
    sort="number",
    draw=cells.code,
)
KIND: Column[Record] = Column(
    key="kind",
    label=gettext_lazy("登记簿"),
    value=lambda row: row.register.title,
    sort="kind",
)
BODY: Column[Record] = Column(
    key="body",
    label=gettext_lazy("责任单位"),
    value=lambda row: row.body.short_name,
    sort="body__sort_key",
    most_sorted=queries.MOST_SORTED,
)
DUE: Column[Record] = Column(
    key="due",
    label=gettext_lazy("应核实"),
    value=lambda row: row.due_on,
    sort="due_on",
    draw=_due,
)


def registers(request: HttpRequest) -> HttpResponse:
    """Every register, with what it wants."""
    actor = actor_of(request)
    context = {
        "overviews": [
            (one, [(key, queries.STANDINGS[key], n) for key, n in one.standings.items()])
            for one in queries.overviews(actor)
        ],
        "may_enter": actor.may(Permission.ENTER_RECORD),
        "may_confirm": actor.may(Permission.CONFIRM_RECORD),
    }
    return render(request, "sharing/registers.html", context)


def records(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The list of a register."""
    actor, register = actor_of(request), register_of(kind)
    rows = queries.visible_to(actor).filter(kind=kind).select_related("body")
    if request.GET.get("state") != RecordState.WITHDRAWN:
        rows = rows.filter(state=RecordState.CURRENT)
    table = Table(
        request,
        rows,
        _columns(register),
        _filters(register),
        order=("sort_key", "id"),
        name=kind,
        link=address,
    )
    return listing(
        request,
        table,
        "sharing/records.html",
        title=register.title,
        register=register,
        live="sharing.record",
        may_enter=actor.may(Permission.ENTER_RECORD),
    )


def due(request: HttpRequest) -> HttpResponseBase:
    """What the reader answers for and has to confirm, inspect, mend or renew."""
    actor = actor_of(request)
    actor.demand(Permission.CONFIRM_RECORD)
    kinds = Filter(
        key="kind",
        label=gettext_lazy("登记簿"),
        lookup="kind",
        kind="choice",
        choices=[(kind, one.title) for kind, one in REGISTERS.items()],
    )
    wants = StandingFilter(
        key="wants",
        label=gettext_lazy("待办"),
        lookup="pk__in",
        kind="choice",
        choices=[one for one in queries.STANDINGS.items() if one[0] != "unplaced"],
    )
    table = Table(
        request,
        queries.owed_by(actor).select_related("body"),
        [NAME, NUMBER, KIND, BODY, DUE],
        [wants, kinds],
        order=("due_on", "id"),
        name="due",
        link=address,
    )
    return listing(
        request,
        table,
        "sharing/due.html",
        title=_("我要办的登记"),
        live="sharing.record",
        may_confirm=True,
    )


def _columns(register: Register) -> list[Column[Record]]:
    return [NAME, NUMBER, *(_column(one) for one in register.fields if one.listed), BODY, DUE]


def _column(field: Field) -> Column[Record]:
    return Column(
        key=field.key,
        label=field.title,
        value=lambda row: field.show(row.values.get(field.key)),
        sort=queries.order_of(field),
        most_sorted=queries.MOST_SORTED,
        numeric=field.kind in {Kind.INTEGER, Kind.DECIMAL},
    )


def _filters(register: Register) -> list[Filter]:
    facets = [register.by_key[key] for key in register.facets]
    bodies = organization.all_bodies().filter(
        kind__in=[BodyKind.UNIT, BodyKind.TOWNSHIP, BodyKind.PARTNER, BodyKind.ENTERPRISE]
    )
    towns = organization.bodies_by_kind(BodyKind.TOWNSHIP)
    wants = {
        key: label
        for key, label in queries.STANDINGS.items()
        if (key != "unplaced" or register.shapes)
        and (key not in {"inspect", "mend"} or register.inspection)
        and (key != "expiring" or register.expiring)
    }
    return [
        Filter(key="name", label=gettext_lazy("名称"), lookup="name__icontains"),
        *(
            ValueFilter(
                key=one.key,
                label=one.title,
                lookup="values__contains",
                kind="choice",
                choices=list((one.choices or YES_NO).items()),
                several=one.kind == Kind.CHOICES,
            )
            for one in facets
        ),
        Filter(
            key="body",
            label=gettext_lazy("责任单位"),
            lookup="body",
            kind="choice",
            choices=[(str(one.pk), one.short_name) for one in bodies],
        ),
        Filter(
            key="town",
            label=gettext_lazy("乡镇"),
            lookup="division_code",
            kind="choice",
            choices=[(one.division_code, one.short_name) for one in towns if one.division_code],
        ),
        StandingFilter(
            key="wants",
            label=gettext_lazy("待办"),
            lookup="pk__in",
            kind="choice",
            choices=list(wants.items()),
        ),
        Filter(
            key="state",
            label=gettext_lazy("状态"),
            lookup="state",
            kind="choice",
            choices=RecordState.choices,
        ),
    ]
