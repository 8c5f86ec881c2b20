"""Stations, what they measured last, and which bounds they are over."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Case, IntegerField, Max, OuterRef, QuerySet, Subquery, When
from django.db.models.expressions import OrderBy

from liandong.kernel.problems import Missing
from liandong.kernel.statements import execute
from liandong.kernel.wording import gettext as _
from liandong.monitoring.models import (
    Crossing,
    Latest,
    Reading,
    ReadingVersion,
    Series,
    Station,
    Threshold,
)
from liandong.monitoring.queries.thresholds import every_threshold
from liandong.monitoring.signals.observations import plain
from liandong.monitoring.signals.rain import HOURS, Rain, RainSum, rain_sums
from liandong.monitoring.signals.rainstorm import COLORS, is_higher
from liandong.monitoring.states import TRUSTED, Quantity, StationKind

MEASURED = """
SELECT g.code, s.quantity, s.id, s.low, s.high, s.jump, s.stuck_after
FROM monitoring_series s JOIN monitoring_station g ON g.id = s.station_id
WHERE g.code = ANY(%s) AND (g.kind = %s) = %s
"""


def stations() -> QuerySet[Station]:
    """Every station of the county, by code. The register is open to all who are signed in.

    Not those under which units file: who sees their figures is asked of the filings.
    """
    return Station.objects.exclude(kind=StationKind.FILED).order_by("code")


def station_by_code(code: str) -> Station:
    """The station with a code, or a word about there being none."""
    station = stations().filter(code=code).first()
    if station is None:
        raise Missing(
            _("没有站码为“%(code)s”的测站。") % {"code": code[:40]},
            place=_("站码"),
            remedy=_("请核对站码，或从测站列表进入。"),
        )
    return station


def series_by_place(codes: Iterable[str]) -> dict[tuple[str, str], int]:
    """The series of stations, by station code and quantity."""
    rows = Series.objects.filter(station__code__in=set(codes))
    return {
        (code, quantity): pk
        for code, quantity, pk in rows.values_list("station__code", "quantity", "pk")
    }


class Measured(NamedTuple):
    """A series, and what is credible of it where it says so itself."""

    pk: int
    quantity: str
    low: Decimal | None
    high: Decimal | None
    jump: Decimal | None
    stuck_after: int | None


def measured_at(
    codes: Iterable[str], *, filed: bool = False
) -> dict[tuple[str, str], Measured]:
    """The series of stations with what is credible of each, by station code and quantity.

    ``filed``: of the forms that units file, which nothing else may write. Plain rows: a batch may
    have a hundred thousand of them.
    """
    asked = [list(set(codes)), StationKind.FILED.value, filed]
    rows = execute(MEASURED, asked).fetchall()
    return {(code, quantity): Measured(pk, quantity, *own) for code, quantity, pk, *own in rows}


def every_series() -> list[Series]:
    """Every series with its station, in the order of codes."""
    return list(_measured().select_related("station"))


def _measured() -> QuerySet[Series]:
    """The series that gauges keep, not units."""
    return Series.objects.exclude(station__kind=StationKind.FILED)


def latest_readings(realm: str) -> QuerySet[Any]:
    """Every series with ``last_at`` and ``last_value``, and the gravest bound it is ``over``.

    The last value is the last that is trusted; ``said_at``, ``said_value`` and ``said_quality`` are of
    the last one whatever is thought of it.
    """
    last = Latest.objects.filter(realm=realm, series=OuterRef("pk"))
    over = Crossing.objects.filter(
        realm=realm, ended_at=None, threshold__series=OuterRef("pk"), threshold__part_of=None
    ).order_by(_gravest("threshold__level"))
    return (
        _measured()
        .select_related("station")
        .annotate(
            last_at=Subquery(last.values("at")[:1]),
            last_value=Subquery(last.values("value")[:1]),
            said_at=Subquery(last.values("said_at")[:1]),
            said_value=Subquery(last.values("said_value")[:1]),
            said_quality=Subquery(last.values("said_quality")[:1]),
            over=Subquery(over.values("threshold__level")[:1]),
            over_kind=Subquery(over.values("threshold__kind")[:1]),
        )
    )


def former_of(
    station: Station, realm: str, readings: Sequence[Reading]
) -> dict[tuple[int, datetime], list[Decimal]]:
    """What stood in the place of these readings before, oldest first."""
    found: dict[tuple[int, datetime], list[Decimal]] = {}
    if not readings:
        return found
    rows = ReadingVersion.objects.filter(
        realm=realm,
        series__in=station.series.all(),
        at__gte=min(one.at for one in readings),
        at__lte=max(one.at for one in readings),
    )
    for series, at, value in rows.order_by("id").values_list("series", "at", "value"):
        found.setdefault((series, at), []).append(value)
    return found


def strip_of(realm: str, *, limit: int) -> list[Series]:
    """The series for the desk: those over a bound first, then those of the main rivers."""
    rows = latest_readings(realm).filter(last_at__isnull=False)
    return list(
        rows.order_by(_gravest("over"), "-is_main_river", "station__code", "quantity")[:limit]
    )


def shown(value: Decimal | None, unit: str) -> str:
    """A figure with its unit; a dash where there is none."""
    return f"{plain(value)} {unit}" if value is not None else "—"


def bounds_of(station: Station) -> QuerySet[Threshold]:
    """The bounds of a station that are in use, lowest first."""
    rows = every_threshold().filter(series__station=station, is_active=True)
    return rows.order_by("series", "bound", "-window_minutes")


def recent_readings(station: Station, realm: str, *, limit: int) -> list[Reading]:
    """The newest readings of a station up to its last one, newest first; of its last week with any."""
    last = Latest.objects.filter(realm=realm, series__in=station.series.all())
    until = last.aggregate(until=Max("said_at"))["until"]
    if until is None:
        return []
    rows = Reading.objects.filter(
        realm=realm,
        series__in=station.series.all(),
        at__lte=until,
        at__gt=until - timedelta(days=7),
    )
    return list(rows.select_related("series").order_by("-at", "series")[:limit])


def rain_now(station: Station, realm: str) -> list[RainSum]:
    """What fell at a station in the last 1, 3, 6, 12 and 24 hours, up to its last reading."""
    series = station.series.filter(quantity=Quantity.RAIN).first()
    last = (
        series and Latest.objects.filter(realm=realm, series=series, at__isnull=False).first()
    )
    if not series or not last or not last.at:
        return []
    since = last.at - timedelta(hours=max(HOURS))
    trusted = readings_between(series, realm, since, last.at).filter(quality__in=TRUSTED)
    rows = trusted.values_list("at", "value")
    step = timedelta(minutes=series.step_minutes)
    *_before, now = rain_sums((Rain(at, mm) for at, mm in rows), step=step)
    return list(now.values())


def _gravest(field: str) -> OrderBy:
    """The gravest level first, none last."""
    order = [When(**{field: level}, then=n) for n, level in enumerate(COLORS, 1)]
    return Case(*order, default=0, output_field=IntegerField()).desc()


def readings_between(
    series: Series, realm: str, since: datetime, until: datetime
) -> QuerySet[Reading]:
    """The readings of a series in a time, both ends included, oldest first."""
    rows = Reading.objects.filter(realm=realm, series=series, at__gte=since, at__lte=until)
    return rows.order_by("at")


def active_crossings(realm: str, *, station: Station | None = None) -> QuerySet[Crossing]:
    """The bounds that series are over now, longest first."""
    rows = Crossing.objects.filter(realm=realm, ended_at=None, threshold__part_of=None)
    if station:
        rows = rows.filter(threshold__series__station=station)
    return rows.select_related("threshold__series__station").order_by("began_at", "pk")


def gravest_crossings(realm: str, station: Station) -> list[Crossing]:
    """Of each series of a station the gravest bound it is over now."""
    found: dict[int, Crossing] = {}
    for crossing in active_crossings(realm, station=station):
        series, level = crossing.threshold.series_id, crossing.threshold.level
        if series not in found or is_higher(level, found[series].threshold.level):
            found[series] = crossing
    return list(found.values())


def bounds_missing() -> tuple[int, int]:
    """How many series there are, and how many of them have no bound in use."""
    bound = Threshold.objects.filter(is_active=True).values("series")
    return _measured().count(), _measured().exclude(pk__in=bound).count()
