"""The picture of a station: level or flow as a line, rain hanging from the top, bounds across."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from liandong.kernel.actors import ACTUAL
from liandong.monitoring.models import Reading, Series, Station, Threshold
from liandong.monitoring.signals.observations import plain
from liandong.monitoring.states import TRUSTED, Quantity, Statistic


@dataclass(frozen=True)
class Bound:
    """A line across the picture."""

    label: str
    value: str
    kind: str
    level: str
    quantity: str


@dataclass
class Hydrograph:
    """Times, and for each of them what was measured; nothing where nothing was reported."""

    times: list[str] = field(default_factory=list)
    level: list[str | None] = field(default_factory=list)
    flow: list[str | None] = field(default_factory=list)
    rain: list[str | None] = field(default_factory=list)
    thresholds: list[Bound] = field(default_factory=list)


def hydrograph(
    station: Station, since: datetime, until: datetime, *, realm: str = ACTUAL
) -> Hydrograph:
    """Gather a station's readings of a time on one axis; a missing hour is a gap, not a zero."""
    rows = Reading.objects.filter(
        realm=realm,
        series__in=station.series.all(),
        at__gte=since,
        at__lte=until,
        quality__in=TRUSTED,
    ).values_list("series__quantity", "at", "value")
    values = {(quantity, at): plain(value) for quantity, at, value in rows}
    times = _axis(station, {at for _quantity, at in values})
    return Hydrograph(
        times=[at.isoformat() for at in times],
        level=[values.get((Quantity.LEVEL, at)) for at in times],
        flow=[values.get((Quantity.FLOW, at)) for at in times],
        rain=[values.get((Quantity.RAIN, at)) for at in times],
        thresholds=_bounds(station, until),
    )


def _axis(station: Station, reported: set[datetime]) -> list[datetime]:
    """The reported times, and those that were due between them and did not come."""
    if not reported:
        return []
    steps = Series.objects.filter(station=station).values_list("step_minutes", flat=True)
    step = timedelta(minutes=min(steps))
    times = sorted(reported)
    gaps = []
    for before, after in pairwise(times):
        if after - before > step * 3 / 2:
            gaps.append(before + step)
    return sorted({*times, *gaps})


def _bounds(station: Station, at: datetime) -> list[Bound]:
    """The bounds on readings as they are that hold at this time of the year."""
    rows = Threshold.objects.filter(
        series__station=station, is_active=True, statistic=Statistic.VALUE, part_of=None
    ).select_related("series")
    return [
        Bound(
            str(row.get_kind_display()),
            plain(row.bound),
            row.kind,
            row.level,
            row.series.quantity,
        )
        for row in rows.order_by("bound")
        if row.season.holds(at)
    ]
