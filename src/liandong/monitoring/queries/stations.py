"""Stations, what they measured last, and which bounds they are over."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from liandong.kernel.problems import Missing
from liandong.monitoring.models import Crossing, Reading, Series, Station


def stations() -> QuerySet[Station]:
    """Every station of the county, by code. The register is open to all who are signed in."""
    return Station.objects.order_by("code")


def station_by_code(code: str) -> Station:
    """The station with a code, or a word about there being none."""
    station = Station.objects.filter(code=code).first()
    if station is None:
        raise Missing(
            _("没有站码为“%(code)s”的测站。") % {"code": code[:40]},
            place=_("站码"),
            remedy=_("请核对 8 位站码,或从测站列表进入。"),
        )
    return station


def series_by_place(codes: Iterable[str]) -> dict[tuple[str, str], int]:
    """The series of stations, by station code and quantity."""
    rows = Series.objects.filter(station__code__in=set(codes))
    return {
        (code, quantity): pk
        for code, quantity, pk in rows.values_list("station__code", "quantity", "pk")
    }


def latest_readings(realm: str) -> QuerySet[Series]:
    """Every series with ``last_at`` and ``last_value``, one statement."""
    last = Reading.objects.filter(realm=realm, series=OuterRef("pk")).order_by("-at")
    return Series.objects.select_related("station").annotate(
        last_at=Subquery(last.values("at")[:1]), last_value=Subquery(last.values("value")[:1])
    )


def readings_between(
    series: Series, realm: str, since: datetime, until: datetime
) -> QuerySet[Reading]:
    """The readings of a series in a time, both ends included, oldest first."""
    rows = Reading.objects.filter(realm=realm, series=series, at__gte=since, at__lte=until)
    return rows.order_by("at")


def active_crossings(realm: str, *, station: Station | None = None) -> QuerySet[Crossing]:
    """The bounds that series are over now, longest first."""
    rows = Crossing.objects.filter(realm=realm, ended_at=None)
    if station:
        rows = rows.filter(threshold__series__station=station)
    return rows.select_related("threshold__series__station").order_by("began_at", "pk")
