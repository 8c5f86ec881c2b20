"""Entering stations and their bounds, by hand and from a spreadsheet."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy

from liandong.documents.sheets import blank_workbook
from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _
from liandong.monitoring import actions, queries
from liandong.monitoring.adapters.stations_sheet import LAYOUT, read_stations
from liandong.monitoring.models import Series, Station
from liandong.monitoring.permissions import Permission
from liandong.monitoring.states import Quantity, StationKind
from liandong.web.deeds import deed
from liandong.web.forms import DeedForm
from liandong.web.intake import Taking, blank_response, intake_page
from liandong.web.maps.picking import PlacedForm
from liandong.web.requests import actor_of


class StationForm(PlacedForm):
    """登记测站: where it stands is clicked on the map beside it, or typed."""

    title, verb = gettext_lazy("登记测站"), gettext_lazy("登记测站")
    done = gettext_lazy("测站已登记。请接着设阈值。")
    widths = dict.fromkeys(
        ("code", "name", "kind", "river", "lon", "lat", "datum", "township_code"), "half"
    )
    field_order = (
        "code", "name", "kind", "river", "lon", "lat", "read_from", "datum", "township_code",
        "quantities", "is_main_river",
    )  # fmt: skip

    code = forms.CharField(
        label=gettext_lazy("站码"),
        max_length=12,
        help_text=gettext_lazy("水文站 8 位数字，气象站 5 位"),
    )
    name = forms.CharField(label=gettext_lazy("站名"), max_length=60)
    kind = forms.ChoiceField(label=gettext_lazy("站类"), choices=StationKind.choices)
    river = forms.CharField(label=gettext_lazy("河流"), max_length=60, required=False)
    datum = forms.CharField(
        label=gettext_lazy("基面"), max_length=40, required=False,
        help_text=gettext_lazy("测水位的站必填，例如 1985国家高程基准"),
    )  # fmt: skip
    township_code = forms.CharField(
        label=gettext_lazy("乡镇代码"), max_length=12, required=False
    )
    quantities = forms.MultipleChoiceField(
        label=gettext_lazy("测项"),
        choices=Quantity.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    is_main_river = forms.BooleanField(label=gettext_lazy("主要河流上的站"), required=False)


class RainstormForm(DeedForm):
    """按国家暴雨信号报警."""

    title, verb = gettext_lazy("按国家暴雨信号报警"), gettext_lazy("设暴雨信号")
    done = gettext_lazy("已按国家暴雨预警信号设好四级阈值。")


def register(request: HttpRequest) -> HttpResponse:
    """Enter a station."""
    return _station(request, None)


def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Enter a station's new particulars."""
    return _station(request, queries.station_by_code(code))


def _station(request: HttpRequest, station: Station | None) -> HttpResponse:
    actor = actor_of(request)
    actor.demand(Permission.REGISTER_STATION)
    initial = _particulars(station) if station else {}

    def run(data: dict[str, Any]) -> Station:
        main = data.pop("is_main_river")
        data.pop("expected_version", None)
        series = [
            actions.SeriesSpec(quantity=one, is_main_river=main)
            for one in data.pop("quantities")
        ]
        if station:
            data["code"] = station.code
        return actions.register_station(actor, series=series, **data)

    form = StationForm(request.POST or None, initial=initial)
    if station:
        form.fields["code"].disabled = True
    back = (
        reverse("monitoring:station", args=[station.code])
        if station
        else reverse("monitoring:stations")
    )
    return deed(
        request,
        form,
        run=run,
        to=lambda made: reverse("monitoring:station", args=[made.code]),
        template="monitoring/register.html",
        context={"back": back, "title": _("修改测站") if station else _("登记测站")},
    )


def _particulars(station: Station) -> dict[str, Any]:
    series = list(Series.objects.filter(station=station))
    names = ("code", "name", "kind", "river", "lon", "lat", "datum", "township_code")
    return {name: getattr(station, name) for name in names} | {
        "quantities": [one.quantity for one in series],
        "is_main_river": any(one.is_main_river for one in series),
    }


def rainstorm(request: HttpRequest, code: str) -> HttpResponse:
    """Put the national rainstorm signals on a station's rain."""
    actor, station = actor_of(request), queries.station_by_code(code)
    actor.demand(Permission.SET_THRESHOLD)
    back = reverse("monitoring:station", args=[code])

    def run(data: dict[str, Any]) -> Series:
        rain = Series.objects.select_related("station").get(
            station=station, quantity=Quantity.RAIN
        )
        return actions.set_rainstorm_signals(
            actor, series=rain, idempotency_key=data["idempotency_key"]
        )

    if not Series.objects.filter(station=station, quantity=Quantity.RAIN).exists():
        raise Missing(
            _("“%(station)s”不测雨量。") % {"station": station},
            remedy=_("请先给它加上雨量测项。"),
        )
    return deed(
        request,
        RainstormForm(request.POST or None),
        run=run,
        to=back,
        context={"back": back, "note": str(station)},
    )


def stations_sheet(request: HttpRequest) -> HttpResponse:
    """Take stations in: look first, then do it."""
    actor_of(request).demand(Permission.REGISTER_STATION)
    return intake_page(
        request,
        Taking(
            title=gettext_lazy("导入测站与阈值"),
            layout=LAYOUT,
            read=read_stations,
            plan=lambda _actor, *read: actions.plan_stations(*read),
            take=actions.take_stations,
            home=reverse("monitoring:stations"),
            blank=reverse("monitoring:stations_blank"),
        ),
    )


def stations_blank(request: HttpRequest) -> HttpResponse:
    """Hand out the blank sheet of stations."""
    actor_of(request).demand(Permission.REGISTER_STATION)
    return blank_response(_("测站与阈值模板"), blank_workbook([LAYOUT]))
