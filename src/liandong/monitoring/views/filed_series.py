"""The figures one unit files as series: what they were, and the bounds that call for a warning."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from liandong.monitoring import actions, queries
from liandong.monitoring.models import FiledStation, Series, Threshold
from liandong.monitoring.permissions import Permission
from liandong.monitoring.states import Level, SourceStatus, ThresholdKind
from liandong.organization import queries as organization
from liandong.web.deeds import deed
from liandong.web.forms import DeedForm
from liandong.web.requests import actor_of

MOST = 60


class FiledBoundForm(DeedForm):
    """设阈值: over it, a warning is proposed as by a gauge."""

    title, verb = gettext_lazy("给报送数据设阈值"), gettext_lazy("设阈值")
    done = gettext_lazy("阈值已设，下一次报送起生效。")
    widths = dict.fromkeys(("series", "level", "bound", "status"), "half")

    series = forms.ModelChoiceField(
        label=gettext_lazy("统计项"), queryset=Series.objects.none()
    )
    level = forms.ChoiceField(label=gettext_lazy("级别"), choices=Level.choices)
    bound = forms.DecimalField(
        label=gettext_lazy("阈值"),
        max_digits=12,
        decimal_places=3,
        help_text=gettext_lazy("达到就拟发预警，由发布单位确认"),
    )
    status = forms.ChoiceField(label=gettext_lazy("依据"), choices=SourceStatus.choices)
    cite = forms.CharField(
        label=gettext_lazy("出处"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("有据的阈值写文件名"),
    )
    issuer = forms.ModelChoiceField(
        label=gettext_lazy("由谁发布预警"), queryset=organization.all_bodies(), required=False
    )

    def __init__(self, row: FiledStation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        series = self.fields["series"]
        series.queryset = row.station.series.select_related("station")  # type: ignore[attr-defined]
        series.label_from_instance = lambda one: one.label  # type: ignore[attr-defined]


def filed_series(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what a unit's figures have been, and their bounds."""
    actor = actor_of(request)
    row = queries.filed_station_for(actor, pk)
    context = {
        "row": row,
        "series": queries.filed_figures(row, limit=MOST),
        "bounds": queries.bounds_of(row.station),
        "crossings": list(queries.active_crossings(actor.realm, station=row.station)),
        "may_set": actor.may(Permission.SET_THRESHOLD),
    }
    return render(request, "monitoring/filed_series.html", context)


def filed_bound(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Set a bound on a filed figure."""
    actor = actor_of(request)
    actor.demand(Permission.SET_THRESHOLD)
    row = queries.filed_station_for(actor, pk)
    back = reverse("monitoring:filed_series", args=[row.pk])

    def run(data: dict[str, Any]) -> Threshold:
        data.pop("expected_version", None)
        form = row.form
        about: dict[str, Any] = {"hazard": form.hazard, "name": form.category or form.name}
        return actions.set_threshold(actor, kind=ThresholdKind.OWN, **about, **data)

    initial = {"issuer": row.body_id, "level": Level.YELLOW}
    return deed(
        request,
        FiledBoundForm(row, request.POST or None, initial=initial),
        run=run,
        to=back,
        context={"back": back, "note": str(row)},
    )
