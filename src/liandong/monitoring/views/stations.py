"""Stations: the list, and each with its hydrograph."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from liandong.kernel import clock
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import pgettext
from liandong.monitoring import queries
from liandong.monitoring.models import Reading, Series, Station
from liandong.monitoring.permissions import Permission
from liandong.monitoring.queries.charts import chart_of
from liandong.monitoring.states import Quantity, SeriesStanding, StationKind, ThresholdKind
from liandong.web import cells, signs
from liandong.web.requests import actor_of
from liandong.web.tables import Column, Filter, Table, listing

HOURS = (6, 36, 168)
USUAL_HOURS = 36
MOST_DOUBTED = 20


TONES = {
    SeriesStanding.OVER: "red",
    SeriesStanding.DOUBTED: "yellow",
    SeriesStanding.SILENT: "ink",
}


def _standing(row: Series, label: str) -> SafeString:
    """In words; what needs a look stands out."""
    tone = TONES.get(row.standing)  # type: ignore[attr-defined]
    return (
        format_html('<span class="tag tag-{}">{}</span>', tone, label)
        if tone
        else format_html("{}", label)
    )


def _over(_row: Series, color: str) -> SafeString:
    return signs.warning_sign(color) if color else cells.DASH


COLUMNS: list[Column[Series]] = [
    Column(
        key="name",
        label=gettext_lazy("测站"),
        value=lambda row: row.station.name,
        sort="station__name",
    ),
    Column(
        key="code",
        label=gettext_lazy("站码"),
        value=lambda row: row.station.code,
        sort="station__code",
        draw=cells.code,
    ),
    Column(
        key="kind",
        label=gettext_lazy("站类"),
        value=lambda row: StationKind(row.station.kind).label,
    ),
    Column(key="river", label=gettext_lazy("河流"), value=lambda row: row.station.river),
    Column(
        key="quantity",
        label=gettext_lazy("测项"),
        value=lambda row: row.label,
    ),
    Column(
        key="value",
        label=gettext_lazy("最新"),
        value=lambda row: queries.shown(row.last_value, row.unit),  # type: ignore[attr-defined]
        numeric=True,
    ),
    Column(
        key="at",
        label=gettext_lazy("时间"),
        value=lambda row: row.last_at,  # type: ignore[attr-defined]
        draw=cells.moment,
    ),
    Column(
        key="over",
        label=gettext_lazy("越限"),
        value=lambda row: row.over or "",  # type: ignore[attr-defined]
        draw=_over,
    ),
    Column(
        key="standing",
        label=gettext_lazy("状态"),
        value=lambda row: SeriesStanding(row.standing).label,  # type: ignore[attr-defined]
        draw=_standing,
    ),
]
FILTERS = [
    Filter(key="name", label=gettext_lazy("站名"), lookup="station__name__icontains"),
    Filter(
        key="kind",
        label=gettext_lazy("站类"),
        lookup="station__kind",
        kind="choice",
        choices=StationKind.choices,
    ),
    Filter(
        key="quantity",
        label=gettext_lazy("测项"),
        lookup="quantity",
        kind="choice",
        choices=Quantity.choices,
    ),
    Filter(
        key="over",
        label=gettext_lazy("越限"),
        lookup="over_kind",
        kind="choice",
        choices=ThresholdKind.choices,
    ),
    Filter(
        key="standing",
        label=gettext_lazy("状态"),
        lookup="standing",
        kind="choice",
        choices=SeriesStanding.choices,
    ),
]


def stations(request: HttpRequest) -> HttpResponseBase:
    """List every series of every station with what it measured last."""
    realm = actor_of(request).realm
    pictures: dict[int, queries.Spark] = {}
    spark = Column[Series](
        key="spark",
        label=gettext_lazy("12 小时"),
        value=lambda row: pictures[row.pk].words if row.pk in pictures else "",
        draw=lambda row, _words: pictures[row.pk].picture if row.pk in pictures else cells.DASH,
    )
    table = Table(
        request,
        queries.standings(realm),
        [*COLUMNS[:-2], spark, *COLUMNS[-2:]],
        FILTERS,
        order=("station__code", "quantity"),
        name="stations",
        link=lambda row: reverse("monitoring:station", args=[row.station.code]),
    )
    if not table.params.get("export"):
        shown = [row for row in table.fetched if row.last_at]
        pictures.update(queries.sparks_of(shown, realm))
    may = actor_of(request).may(Permission.REGISTER_STATION)
    return listing(
        request,
        table,
        "monitoring/stations.html",
        title=pgettext("栏目", "测站"),
        may_register=may,
        doubts=queries.doubted(realm).count(),
    )


def station(request: HttpRequest, code: str) -> HttpResponse:
    """Show a station: what it measured, its hydrograph, its bounds."""
    actor = actor_of(request)
    row = queries.station_by_code(code)
    hours = _hours(request)
    bounds = list(queries.bounds_of(row))
    measured = set(Series.objects.filter(station=row).values_list("quantity", flat=True))
    context = {
        "may_register": actor.may(Permission.REGISTER_STATION),
        "may_set": actor.may(Permission.SET_THRESHOLD),
        "has_rain": Quantity.RAIN in measured,
        "has_water": bool(measured - {Quantity.RAIN}),
        "station": row,
        "kind": StationKind(row.kind).label,
        "series": queries.latest_readings(actor.realm).filter(station=row),
        "crossings": queries.gravest_crossings(actor.realm, row),
        "bounds": bounds,
        "sources": sorted({bound.cite for bound in bounds if bound.cite}),
        "recent": _recent(row, actor.realm),
        "doubted": queries.doubted(actor.realm).filter(series__in=row.series.all())[
            :MOST_DOUBTED
        ],
        "may_judge": actor.may(Permission.JUDGE_READINGS),
        "sums": queries.rain_now(row, actor.realm),
        "arrivals": queries.arrivals_at(row, actor.realm, clock.now(actor.realm)),
        "reaches": queries.reaches_from(row),
        "chart": _chart(request, row, hours),
        "chart_url": f"{reverse('monitoring:hydrograph', args=[code])}?hours={hours}",
        "hours": hours,
        "spans": HOURS,
    }
    return render(request, "monitoring/station.html", context)


def _recent(row: Station, realm: str) -> list[tuple[Reading, list[Decimal]]]:
    """The newest readings, each with what stood in its place before."""
    recent = queries.recent_readings(row, realm, limit=24)
    former = queries.former_of(row, realm, recent)
    return [(one, former.get((one.series_id, one.at), [])) for one in recent]


def hydrograph(request: HttpRequest, code: str) -> JsonResponse:
    """Give the hydrograph as data, for the picture to draw anew."""
    return JsonResponse(_chart(request, queries.station_by_code(code), _hours(request)))


def _chart(request: HttpRequest, row: Station, hours: int) -> dict[str, Any]:
    realm = actor_of(request).realm
    now = clock.now(realm)
    graph = queries.hydrograph(row, now - timedelta(hours=hours), now, realm=realm)
    return chart_of(graph, now)


def _hours(request: HttpRequest) -> int:
    raw = request.GET.get("hours", str(USUAL_HOURS))
    if raw not in {str(hours) for hours in HOURS}:
        raise Invalid(
            _("时段“%(raw)s”读不懂。") % {"raw": raw[:20].replace("\0", "")},
            place="hours",
            remedy=_("请从 6 小时、36 小时、7 天里选择。"),
        )
    return int(raw)
