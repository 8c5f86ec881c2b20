"""Facts of the county's dictionary that readings and warnings decide. What is not known is left out."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from django.db.models import Exists, OuterRef

from liandong.kernel import clock
from liandong.monitoring.models import Crossing, Series, Threshold
from liandong.monitoring.models.threshold import SIGNALS
from liandong.monitoring.queries.received import received_now
from liandong.monitoring.queries.stations import latest_readings
from liandong.monitoring.queries.warnings import active_warnings
from liandong.monitoring.signals import rainstorm
from liandong.monitoring.states import Hazard, Quantity, Statistic, ThresholdKind

# A station silent for longer says nothing about now.
FRESH = timedelta(hours=6)
SNOW_ICE = (Hazard.SNOWSTORM, Hazard.COLD_WAVE, Hazard.ICY_ROADS)
NEAR_M = Decimal("0.5")


class Fact(NamedTuple):
    """A value, when it was observed, and from what."""

    value: object
    at: datetime
    source: str


@dataclass(frozen=True)
class _Gauge:
    """A bound on a series, and how the series stands to it."""

    series: Series
    kind: str
    bound: Decimal
    is_over: bool
    last_at: datetime | None
    last_value: Decimal | None
    is_fresh: bool


def facts_now(realm: str) -> dict[str, Fact]:
    """Say what readings know of the plan's facts. A count holds only if every gauge speaks."""
    gauges = _gauges(realm)
    facts = {
        "rainstorm_signal": _rainstorm(realm, gauges),
        "snow_ice_signal": _gravest_signal(realm, SNOW_ICE),
        "trunk_river_above_warning": _trunk(gauges),
        "rivers_entirely_above_warning": _whole_rivers(gauges),
        "stations_above_warning": _count(gauges, ThresholdKind.WARNING),
        "stations_above_guarantee": _count(gauges, ThresholdKind.GUARANTEE),
        "stations_at_record": _count(gauges, ThresholdKind.HISTORICAL_MAX),
        "stations_near_warning": _near(gauges),
    }
    return {name: fact for name, fact in facts.items() if fact}


def _gauges(realm: str) -> list[_Gauge]:
    """Every active bound with the state of its series: two statements."""
    now = clock.now(realm)
    series = {row.pk: row for row in latest_readings(realm)}
    crossed = Crossing.objects.filter(realm=realm, ended_at=None, threshold=OuterRef("pk"))
    bounds = Threshold.objects.filter(is_active=True, part_of=None).annotate(
        is_over=Exists(crossed)
    )
    gauges = []
    for bound in bounds:
        of = series[bound.series_id]
        is_fresh = bool(of.last_at) and now - of.last_at <= FRESH
        gauges.append(
            _Gauge(
                of, bound.kind, bound.bound, bound.is_over, of.last_at, of.last_value, is_fresh
            )
        )
    return gauges


def _rainstorm(realm: str, gauges: list[_Gauge]) -> Fact | None:
    """The highest signal in force: as issued, or as the rain amounts to, whichever is graver."""
    best = _gravest_signal(realm, (Hazard.RAINSTORM,))
    if best:
        return best
    rows = [gauge for gauge in gauges if gauge.kind == ThresholdKind.RAINSTORM]
    return _all_quiet(rows, "none", "各雨量站雨量核算")


def _gravest_signal(realm: str, hazards: Sequence[str]) -> Fact | None:
    """The highest level of some hazards that was issued or is measured; nothing is no proof of none."""
    issued = [row for row in active_warnings(realm) if row.hazard in hazards]
    over = Crossing.objects.filter(
        realm=realm,
        ended_at=None,
        threshold__kind__in=SIGNALS,
        threshold__hazard__in=hazards,
        threshold__part_of=None,
    ).select_related("threshold__series__station")
    # The province's or the city's own signal counts while it stands and is about us.
    heard = received_now(realm).filter(hazard__in=hazards).exclude(level="")
    levels = chain(
        ((row.level, row.sent_at or row.received_at, f"收到{row}") for row in heard),
        ((row.level, row.published_at, f"{row.issuing_body}发布{row}") for row in issued),
        ((row.threshold.level, row.seen_until, f"{_series_of(row)}核算") for row in over),
    )
    best: tuple[str, datetime, str] | None = None
    for level, at, source in levels:
        if at and (best is None or rainstorm.is_higher(level, best[0])):
            best = (level, at, source)
    return Fact(*best) if best else None


def _series_of(crossing: Crossing) -> str:
    threshold = crossing.threshold
    is_rule = threshold.statistic == Statistic.COUNT
    return f"{threshold.series.station}{'实测' if is_rule else threshold.series.label}"


def _trunk(gauges: list[_Gauge]) -> Fact | None:
    rows = [g for g in gauges if g.series.is_trunk and g.kind == ThresholdKind.WARNING]
    over = [gauge for gauge in rows if gauge.is_over]
    if over:
        return Fact(True, _last(over), "、".join(_names(over)))
    return _all_quiet(rows, False, "干流各控制站")


def _whole_rivers(gauges: list[_Gauge]) -> Fact | None:
    """Count the main rivers whose every station is over; a silent station leaves it open."""
    rows = [g for g in gauges if g.series.is_main_river and g.kind == ThresholdKind.WARNING]
    rivers: dict[str, dict[object, list[_Gauge]]] = defaultdict(lambda: defaultdict(list))
    for gauge in rows:
        rivers[gauge.series.station.river][gauge.series.station_id].append(gauge)
    whole = [
        river
        for river, at in rivers.items()
        if all(any(gauge.is_over for gauge in some) for some in at.values())
    ]
    if not _all_known(rows):
        return None
    return Fact(len(whole), _last(rows), "、".join(sorted(whole)) or "主要河流各站")


def _count(gauges: list[_Gauge], kind: str) -> Fact | None:
    rows = [gauge for gauge in gauges if gauge.kind == kind]
    if not _all_known(rows):
        return None
    over = _names(gauge for gauge in rows if gauge.is_over)
    return Fact(len(over), _last(rows), "、".join(over) or "各站实测")


def _near(gauges: list[_Gauge]) -> Fact | None:
    """Count the stations over their warning level, or less than half a meter below it."""
    rows = [
        gauge
        for gauge in gauges
        if gauge.kind == ThresholdKind.WARNING and gauge.series.quantity == Quantity.LEVEL
    ]
    if not _all_known(rows):
        return None
    near = _names(g for g in rows if g.is_over or (g.last_value or 0) > g.bound - NEAR_M)
    return Fact(len(near), _last(rows), "、".join(near) or "各站实测")


def _all_quiet(rows: list[_Gauge], value: object, source: str) -> Fact | None:
    """Say that nothing is over, if every gauge says so."""
    return Fact(value, _last(rows), source) if _all_known(rows) else None


def _all_known(rows: list[_Gauge]) -> bool:
    """A gauge last seen over its bound may be drowned: it counts as over until it says otherwise."""
    return bool(rows) and all(gauge.is_fresh or gauge.is_over for gauge in rows)


def _last(rows: Iterable[_Gauge]) -> datetime:
    return max(gauge.last_at for gauge in rows if gauge.last_at)


def _names(rows: Iterable[_Gauge]) -> list[str]:
    """A name for each station: two that are called alike are two."""
    return sorted(
        {row.pk: str(row) for row in (gauge.series.station for gauge in rows)}.values()
    )
