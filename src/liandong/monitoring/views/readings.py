"""Readings that are doubted and who settles them; and what series came to over time."""

from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy

from liandong.documents.sheets import listed_workbook
from liandong.kernel import clock
from liandong.kernel.problems import Invalid, Missing
from liandong.kernel.wording import gettext as _
from liandong.monitoring import actions, queries
from liandong.monitoring.models import Series
from liandong.monitoring.permissions import Permission
from liandong.monitoring.signals.observations import plain
from liandong.monitoring.states import FALLEN
from liandong.web.deeds import go
from liandong.web.intake import blank_response
from liandong.web.requests import actor_of

MOST = 200
PERIODS = [
    ("hour", gettext_lazy("逐时")),
    ("day", gettext_lazy("逐日")),
    ("month", gettext_lazy("逐月")),
    ("year", gettext_lazy("逐年")),
]


def doubts(request: HttpRequest) -> HttpResponse:
    """List the readings of the last week that wait for somebody to settle them."""
    actor = actor_of(request)
    rows = list(queries.doubted(actor.realm)[:MOST])
    may = actor.may(Permission.JUDGE_READINGS)
    return render(request, "monitoring/doubts.html", {"rows": rows, "may_judge": may})


def judge(request: HttpRequest, series: int) -> HttpResponse:
    """Settle a doubted reading with one press, and come back."""
    actor = actor_of(request)
    actor.demand(Permission.JUDGE_READINGS)
    row = Series.objects.select_related("station").filter(pk=series).first()
    if row is None:
        raise Missing(_("没有这个测项。"), remedy=_("请从测站页进入。"))
    if request.method == "POST":
        at = parse_datetime(request.POST.get("at", ""))
        if at is None or at.tzinfo is None:
            raise Invalid(_("时间读不懂。"), place="at", remedy=_("请刷新测站页。"))
        try:
            value = Decimal(request.POST.get("expected_value", ""))
        except InvalidOperation as error:
            raise Invalid(
                _("数值读不懂。"), place="expected_value", remedy=_("请刷新测站页。")
            ) from error
        verdict = request.POST.get("verdict", "")
        actions.judge_reading(actor, series=row, at=at, verdict=verdict, expected_value=value)
    back = request.POST.get("back", "")
    is_ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return go(
        request, back if is_ours else reverse("monitoring:station", args=[row.station.code])
    )


def statistics(request: HttpRequest, code: str) -> HttpResponse:
    """Show what a series came to by hour, day, month or year, beside other years; or hand it out."""
    station = queries.station_by_code(code)
    every = list(station.series.order_by("quantity"))
    wanted = request.GET.get("series", "")
    one = next((row for row in every if row.quantity == wanted), every[0] if every else None)
    if one is None:
        raise Missing(_("这个测站没有测项。"), remedy=_("请先登记测项。"))
    by = request.GET.get("by", "day")
    if by not in dict(PERIODS):
        raise Invalid(_("时段读不懂。"), place="by", remedy=_("请从列出的几项里选择。"))
    heads = _heads(one, by)
    lines = [_line(row, one, by) for row in _periods(one, by, actor_of(request).realm)]
    if request.GET.get("export") == "xlsx":
        title = _("%(station)s%(what)s统计") % {"station": station, "what": one.label}
        return blank_response(title, listed_workbook(title, heads, lines))
    context = {
        "station": station,
        "all": every,
        "one": one,
        "by": by,
        "choices": PERIODS,
        "fallen": one.quantity in FALLEN,
        "heads": heads,
        "rows": [list(zip(heads, line, strict=True)) for line in lines],
    }
    return render(request, "monitoring/statistics.html", context)


def _periods(one: Series, by: str, realm: str) -> Sequence[queries.Period]:
    now = clock.now(realm)
    today = localtime(now).date()
    asked: dict[str, Callable[[], Sequence[queries.Period]]] = {
        "hour": lambda: queries.hours_of(one, realm, now),
        "day": lambda: queries.days_of(one, realm, today),
        "month": lambda: queries.months_of(one, realm, today),
        "year": lambda: queries.years_of(one, realm, today),
    }
    return asked[by]()


def _heads(one: Series, by: str) -> list[str]:
    value = _("合计") if one.quantity in FALLEN else _("平均")
    heads: list[str] = [_("时段"), value, _("最大"), _("最小"), _("次数")]
    if by == "day" and one.quantity not in FALLEN:
        heads.append(_("8 时"))
    return heads if by == "hour" else [*heads, _("上年同期"), _("多年同期平均"), _("距平 %")]


def _line(row: queries.Period, one: Series, by: str) -> list[str]:
    cells = [row.label, _said(row.value), _said(row.high), _said(row.low), str(row.count)]
    if by == "day" and one.quantity not in FALLEN:
        cells.append(_said(row.at_eight))
    if by == "hour":
        return cells
    usual = _said(row.usual)
    if row.usual is not None:
        usual = _("%(value)s（%(n)d 年）") % {"value": usual, "n": row.years}
    return [*cells, _said(row.last_year), usual, _said(row.departure)]


def _said(value: Decimal | None) -> str:
    return "—" if value is None else plain(value)
