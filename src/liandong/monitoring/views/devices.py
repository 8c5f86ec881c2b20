"""Devices: which have spoken, which are silent, and what of theirs was refused."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from liandong.kernel import clock
from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _
from liandong.monitoring import queries
from liandong.monitoring.permissions import Permission
from liandong.organization.models import Account
from liandong.web import cells
from liandong.web.requests import actor_of
from liandong.web.tables import Column, Table, listing

MOST_BATCHES = 20


def _state(device: Account) -> str:
    """In words: a device that is silent, or of whose rows some were refused, is looked after."""
    if not device.is_open:
        return _("已停用")
    if not vars(device)["batches"]:
        return _("没有报送")
    return _("有拒收") if vars(device)["refused"] else _("正常")


COLUMNS: list[Column[Account]] = [
    Column(
        key="device",
        label=gettext_lazy("设备"),
        value=lambda row: row.title or row.username,
        sort="title",
    ),
    Column(
        key="username",
        label=gettext_lazy("设备账号"),
        value=lambda row: row.username,
        sort="username",
    ),
    Column(key="body", label=gettext_lazy("所属机构"), value=lambda row: row.body or ""),
    Column(key="state", label=gettext_lazy("近 24 小时"), value=_state),
    Column(
        key="last",
        label=gettext_lazy("最近报送"),
        value=lambda row: vars(row)["last_at"],
        sort="last_at",
        draw=cells.moment,
    ),
    Column(
        key="batches",
        label=gettext_lazy("批次"),
        value=lambda row: vars(row)["batches"] or 0,
        numeric=True,
    ),
    Column(
        key="stored",
        label=gettext_lazy("入库条数"),
        value=lambda row: vars(row)["stored"] or 0,
        numeric=True,
    ),
    Column(
        key="refused",
        label=gettext_lazy("拒收条数"),
        value=lambda row: vars(row)["refused"] or 0,
        numeric=True,
    ),
    Column(
        key="said", label=gettext_lazy("设备自述"), value=lambda row: vars(row)["said"] or ""
    ),
]


@require_GET
def devices(request: HttpRequest) -> HttpResponseBase:
    """List the devices, those that have been silent longest first."""
    actor = actor_of(request)
    actor.demand(Permission.REGISTER_STATION)
    table = Table(
        request,
        queries.devices_for(actor, clock.now(actor.realm)),
        COLUMNS,
        [],
        order=("has_spoken", "last_at", "username"),
        name="devices",
        link=cells.address_of("monitoring:device"),
    )
    return listing(request, table, "monitoring/devices.html", title=_("报送设备"))


@require_GET
def device(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a device, and why rows of its were refused."""
    actor = actor_of(request)
    actor.demand(Permission.REGISTER_STATION)
    found = queries.devices_for(actor, clock.now(actor.realm)).filter(pk=pk).first()
    if found is None:
        raise Missing(_("没有这台设备。"), remedy=_("请从设备列表中选择。"))
    context = {
        "device": found,
        "state": _state(found),
        "batches": queries.refused_batches(actor, found)[:MOST_BATCHES],
    }
    return render(request, "monitoring/device.html", context)
