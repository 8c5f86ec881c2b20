"""The air quality index that new readings of pollutants come to, hour by hour."""

from collections import defaultdict
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from liandong.monitoring.models import Reading, Series
from liandong.monitoring.queries.samples import told_since
from liandong.monitoring.signals.air import HOURLY, air_of
from liandong.monitoring.signals.observations import Observation
from liandong.monitoring.signals.statistics import Told
from liandong.monitoring.states import Quantity

POLLUTANTS = frozenset(quantity for quantity, _hours in HOURLY)
DAY = timedelta(hours=24)
# Of a mean over several hours so many must be told: 20 of 24, 6 of 8 (GB 3095-2012).
ENOUGH = {1: 1, 8: 6, 24: 20}


def air_due(realm: str, batch_id: str) -> list[Observation]:
    """The indices of the stations that keep one, from the first hour on that a batch told of.

    Hours for which one of the pollutants is not told enough have none. In a few statements, whatever
    the batch holds; in one where no station keeps an index.
    """
    keeping = Series.objects.filter(quantity=Quantity.AQI)
    stations = {one.station_id: one.station.code for one in keeping.select_related("station")}
    if not stations:
        return []
    rows = Reading.objects.filter(
        realm=realm,
        batch=UUID(batch_id),
        series__quantity__in=POLLUTANTS,
        series__station__in=stations,
    )
    first: dict[UUID, datetime] = {}
    last: dict[UUID, datetime] = {}
    for place, at in rows.values_list("series__station", "at"):
        first[place] = min(at, first.get(place, at))
        last[place] = max(at, last.get(place, at))
    if not first:
        return []
    series = Series.objects.filter(station__in=first, quantity__in=POLLUTANTS)
    keys = {one.pk: (one.station_id, one.quantity) for one in series}
    told = told_since(realm, keys, min(first.values()) - DAY)
    by_station: dict[UUID, dict[str, list[Told]]] = defaultdict(dict)
    for pk, (place, quantity) in keys.items():
        by_station[place][quantity] = [one for one in told.get(pk, ()) if one.is_sure]
    return [
        Observation(stations[place], Quantity.AQI, at, Decimal(index))
        for place, since in first.items()
        for at, index in _hours(by_station[place], since, last[place] + DAY)
    ]


def _hours(
    told: dict[str, list[Told]], since: datetime, until: datetime
) -> list[tuple[datetime, int]]:
    times = sorted(
        {one.at for some in told.values() for one in some if since <= one.at <= until}
    )
    found = []
    for at in times:
        values = {
            (quantity, hours): mean
            for quantity, hours in HOURLY
            if (mean := _mean(told.get(quantity, []), at, hours)) is not None
        }
        air = air_of(values, HOURLY)
        if air:
            found.append((at, air.index))
    return found


def _mean(told: list[Told], at: datetime, hours: int) -> Decimal | None:
    """The mean of the hours up to a time, where enough of them are told."""
    some = [one.value for one in told if at - timedelta(hours=hours) < one.at <= at]
    return sum(some, Decimal()) / len(some) if len(some) >= ENOUGH[hours] else None
