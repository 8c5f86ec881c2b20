"""How long water takes from a station to the next below: its form."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy

from liandong.kernel.wording import gettext as _
from liandong.monitoring import actions, queries
from liandong.monitoring.forms import AreasField, SpanField
from liandong.monitoring.models import Station
from liandong.monitoring.permissions import Permission
from liandong.monitoring.states import SourceStatus, StationKind
from liandong.web.deeds import deed
from liandong.web.forms import DeedForm
from liandong.web.requests import actor_of

WATER_STATIONS = (
    StationKind.ZZ,
    StationKind.ZQ,
    StationKind.RR,
    StationKind.DD,
    StationKind.TT,
)


class FlowsField(forms.CharField):
    """Times by flow as people write them: 1000：180、3000：120, m³/s and minutes."""

    def clean(self, value: Any) -> Any:
        """Make pairs of it."""
        found = []
        for part in re.split(r"[、，,；;\s]+", super().clean(value) or ""):
            pair = re.fullmatch(r"([0-9.]{1,12})[:：]([0-9]{1,6})", part)
            if part and not pair:
                raise forms.ValidationError(_("请写成 1000：180、3000：120。"))
            if pair:
                found.append((_flow(pair[1]), int(pair[2])))
        return found


def _flow(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise forms.ValidationError(_("请写成 1000：180、3000：120。")) from None


class ReachForm(DeedForm):
    """设河段."""

    title, verb, done = (
        gettext_lazy("设到下游站的传播时间"),
        gettext_lazy("保存"),
        gettext_lazy("已保存，上游越限时按它预计到达时间。"),
    )
    widths = dict.fromkeys(("downstream", "minutes", "status", "cite"), "half")

    downstream = forms.ModelChoiceField(
        label=gettext_lazy("下游站"), queryset=Station.objects.none()
    )
    minutes = SpanField(
        label=gettext_lazy("传播时间"), max_length=20, help_text=gettext_lazy("例如 3 小时")
    )
    by_flow = FlowsField(
        label=gettext_lazy("按流量分级"), required=False, max_length=200,
        help_text=gettext_lazy("可不填；流量（m³/s）达到多少时用多少分钟，例如 1000：180、3000：120"),
    )  # fmt: skip
    areas = AreasField(label=gettext_lazy("沿途乡镇"), required=False, max_length=1000)
    status = forms.ChoiceField(label=gettext_lazy("依据"), choices=SourceStatus.choices)
    cite = forms.CharField(label=gettext_lazy("出处"), max_length=200, required=False)

    def __init__(self, station: Station, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Station.objects.exclude(pk=station.pk).filter(kind__in=WATER_STATIONS)
        self.fields["downstream"].queryset = rows  # type: ignore[attr-defined]


def reach(request: HttpRequest, code: str) -> HttpResponse:
    """Say how long water takes from a station to the next one below."""
    actor, station = actor_of(request), queries.station_by_code(code)
    actor.demand(Permission.SET_THRESHOLD)
    back = reverse("monitoring:station", args=[code])

    def run(data: dict[str, Any]) -> Any:
        data.pop("expected_version", None)
        return actions.set_reach(actor, upstream=station, **data)

    return deed(
        request,
        ReachForm(station, request.POST or None),
        run=run,
        to=back,
        context={"back": back, "note": str(station)},
    )
