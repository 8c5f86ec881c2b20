"""Incidents: the list, entering one, and what is decided about it as a whole."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from liandong.command import actions, queries
from liandong.command.forms.incident import CloseForm, FactForm, OpenIncidentForm, SeverityForm
from liandong.command.models import Incident
from liandong.command.permissions import Permission
from liandong.command.states import IncidentState, Severity
from liandong.kernel import clock
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed, pgettext
from liandong.web import cells, signs
from liandong.web.deeds import deed
from liandong.web.forms import DeedForm
from liandong.web.requests import actor_of
from liandong.web.tables import Column, Filter, Table, listing


def _incident(row: Incident, _title: str) -> SafeString:
    return format_html('<b>{}</b> <span class="muted">{}</span>', row.title, row.number)


def _responses(row: Incident, _names: str) -> SafeString:
    active = row.in_force  # type: ignore[attr-defined]
    if not active:
        return format_html('<span class="muted">{}</span>', _("未启动"))
    line = '<span class="row row-tight">{} {}</span>'
    return format_html_join("", line, ((signs.response_sign(one.level), one) for one in active))


COLUMNS: list[Column[Incident]] = [
    Column(
        key="title",
        label=gettext_lazy("事件"),
        value=lambda row: row.title,
        sort="title",
        draw=_incident,
    ),
    Column(
        key="response",
        label=gettext_lazy("响应"),
        value=lambda row: listed(str(one) for one in row.in_force),  # type: ignore[attr-defined]
        draw=_responses,
    ),
    Column(
        key="severity",
        label=gettext_lazy("事件级别"),
        value=lambda row: Severity(row.severity).label if row.severity else _("未定"),
        sort="severity",
    ),
    Column(
        key="orders",
        label=gettext_lazy("未办完指令"),
        value=lambda row: row.live_orders,  # type: ignore[attr-defined]
        numeric=True,
        sort="live_orders",
    ),
    Column(
        key="state",
        label=gettext_lazy("状态"),
        value=lambda row: IncidentState(row.state).label,
    ),
    Column(
        key="at",
        label=gettext_lazy("接报"),
        value=lambda row: row.received_at,
        sort="received_at",
        draw=cells.moment,
    ),
]
FILTERS = [
    Filter(key="q", label=gettext_lazy("名称"), lookup="title__icontains"),
    Filter(
        key="state",
        label=gettext_lazy("状态"),
        lookup="state",
        kind="choice",
        choices=IncidentState.choices,
    ),
    Filter(key="since", label=gettext_lazy("接报自"), lookup="received_at__gte", kind="since"),
]


def incidents(request: HttpRequest) -> HttpResponseBase:
    """Every incident the reader may see."""
    actor = actor_of(request)
    table = Table(
        request,
        queries.listed_incidents(actor),
        COLUMNS,
        FILTERS,
        order=("-opened_at", "-pk"),
        name="incidents",
        link=cells.address_of("command:room"),
    )
    may_open = actor.may(Permission.OPEN_INCIDENT)
    return listing(
        request,
        table,
        "command/incidents.html",
        title=pgettext("栏目", "突发事件"),
        live="command.incident command.response command.order",
        may_open=may_open,
    )


def enter(request: HttpRequest) -> HttpResponse:
    """Enter an incident."""
    actor = actor_of(request)
    actor.demand(Permission.OPEN_INCIDENT)
    form = OpenIncidentForm(request.POST or None)
    return deed(
        request,
        form,
        run=lambda data: actions.open_incident(actor, **data),
        to=lambda made: reverse("command:room", args=[made.pk]),
        context={"back": reverse("command:incidents")},
    )


def severity(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Fix how severe it is, beside what the tables of law make of what is known."""
    actor_of(request).demand(Permission.SET_SEVERITY)
    incident = queries.incident_for(actor_of(request), pk)
    initial = {"expected_version": incident.version, "severity": incident.severity}
    form = SeverityForm(request.POST or None, initial=initial)
    found = queries.severity_findings(incident, clock.now(incident.realm))
    return _deed(
        request,
        incident,
        form,
        actions.set_severity,
        template="command/severity.html",
        context={"incident": incident, "findings": found},
    )


def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End it."""
    actor_of(request).demand(Permission.CLOSE_INCIDENT)
    incident = queries.incident_for(actor_of(request), pk)
    form = CloseForm(request.POST or None, initial={"expected_version": incident.version})
    return _deed(request, incident, form, actions.close_incident)


def fact(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record what was found out."""
    actor_of(request).demand(Permission.RECORD_FACTS)
    incident = queries.incident_for(actor_of(request), pk)
    initial = {"fact": request.GET.get("fact", "")}
    form = FactForm(request.POST or None, initial=initial)
    return _deed(request, incident, form, actions.record_incident_facts)


def _deed(
    request: HttpRequest,
    incident: Incident,
    form: DeedForm,
    act: Callable[..., Incident],
    *,
    template: str = "web/deed.html",
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    room = reverse("command:room", args=[incident.pk])
    return deed(
        request,
        form,
        run=lambda data: act(actor_of(request), incident=incident, **data),
        to=room,
        template=template,
        context={"note": incident.title, "back": room, **(context or {})},
    )
