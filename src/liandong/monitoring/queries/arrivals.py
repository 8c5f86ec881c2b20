"""When what is high above comes to the stations below."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from liandong.monitoring.models import Crossing, Reach, Station
from liandong.monitoring.signals.travel import arrivals
from liandong.monitoring.states import Quantity, ThresholdKind

# What travels down: a river over a mark, or rising fast; not a reservoir over its limit.
TRAVELS = (
    ThresholdKind.WARNING,
    ThresholdKind.GUARANTEE,
    ThresholdKind.HISTORICAL_MAX,
    ThresholdKind.RATE,
)


@dataclass(frozen=True)
class Arrival:
    """What is expected at a station: since which crossing above, when, and past which townships."""

    crossing: Crossing
    station: Station
    at: datetime
    areas: tuple[str, ...]


def travels(crossing: Crossing) -> bool:
    """Say whether a crossing is one that comes down the river."""
    row = crossing.threshold
    water = row.series.quantity in (Quantity.LEVEL, Quantity.FLOW)
    return water and row.kind in TRAVELS and row.part_of_id is None


def reaches_from(station: Station) -> QuerySet[Reach]:
    """The reaches that begin at a station, the nearest end first."""
    rows = Reach.objects.filter(upstream=station).select_related("downstream")
    return rows.order_by("minutes", "downstream__code")


def arrivals_of(crossings: Sequence[Crossing]) -> list[Arrival]:
    """Where and when what some crossings tell comes to the stations below, soonest first; one statement."""
    moving = [one for one in crossings if travels(one)]
    if not moving:
        return []
    reaches = list(Reach.objects.select_related("upstream", "downstream"))
    stations = {str(row.downstream_id): row.downstream for row in reaches}
    ways = [row.way for row in reaches]
    areas: dict[str, set[str]] = {}
    for row in reaches:
        areas.setdefault(str(row.downstream_id), set()).update(row.areas)
    found = []
    for one in moving:
        series = one.threshold.series
        flow = one.peak if series.quantity == Quantity.FLOW else None
        found += [
            Arrival(one, stations[place], one.began_at + after, tuple(sorted(areas[place])))
            for place, after in arrivals(ways, str(series.station_id), flow).items()
        ]
    return sorted(found, key=lambda row: (row.at, row.station.code))


def arrivals_at(station: Station, realm: str, now: datetime) -> list[Arrival]:
    """What is on its way to a station: what goes on above and has not come yet, soonest first."""
    rows = Crossing.objects.filter(
        Q(ended_at=None), realm=realm, threshold__kind__in=TRAVELS, is_void=False
    ).select_related("threshold__series__station")
    return [
        one for one in arrivals_of(list(rows)) if one.station.pk == station.pk and one.at >= now
    ]
