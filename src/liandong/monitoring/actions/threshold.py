"""Setting bounds on series, one by one or several together."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.monitoring import rules
from liandong.monitoring.events import ThresholdSet
from liandong.monitoring.models import Series, Threshold
from liandong.monitoring.permissions import Permission
from liandong.monitoring.queries.sentences import sentence_of
from liandong.monitoring.signals import rainstorm
from liandong.monitoring.signals.observations import plain
from liandong.monitoring.states import (
    Comparison,
    Hazard,
    Level,
    SourceStatus,
    Statistic,
    ThresholdKind,
)
from liandong.organization.models import Body

# A rainstorm is over when so much less (mm) has fallen for so long (minutes).
RAIN_MARGIN, RAIN_HOLD = Decimal(10), 60
MINUTES_AN_HOUR = 60
PLACE = ["series", "kind", "hazard", "level", "name", "season_from", "part_of", "place"]
FIGURES = [
    "comparison", "statistic", "window_minutes", "bound", "lasting_minutes", "clear_margin",
    "hold_minutes", "season_to", "group", "issuer", "areas", "status", "cite", "is_active",
]  # fmt: skip
# 水情预警信号:达到警戒为黄、达到保证为橙、达到历史最高为红;低于旱警为黄。The rest is the county's to say.
LEVELS: dict[str, str] = {
    ThresholdKind.WARNING: Level.YELLOW,
    ThresholdKind.GUARANTEE: Level.ORANGE,
    ThresholdKind.HISTORICAL_MAX: Level.RED,
    ThresholdKind.FLOOD_LIMIT: Level.BLUE,
    ThresholdKind.NORMAL_POOL: Level.YELLOW,
    ThresholdKind.DESIGN_FLOOD: Level.ORANGE,
    ThresholdKind.CHECK_FLOOD: Level.RED,
    ThresholdKind.DROUGHT: Level.YELLOW,
    ThresholdKind.DEAD_POOL: Level.ORANGE,
}
HAZARDS: dict[str, str] = {
    ThresholdKind.RAINSTORM: Hazard.RAINSTORM,
    ThresholdKind.DROUGHT: Hazard.DROUGHT,
    ThresholdKind.DEAD_POOL: Hazard.DROUGHT,
    **dict.fromkeys((*rules.WATER_MARKS, ThresholdKind.RATE), Hazard.FLOOD),
}


@action(Permission.SET_THRESHOLD)
def set_threshold(
    actor: Actor,
    *,
    series: Series,
    kind: str,
    bound: Decimal,
    status: str,
    cite: str = "",
    level: str = "",
    hazard: str = "",
    name: str = "",
    comparison: str = "",
    statistic: str = Statistic.VALUE,
    window_minutes: int | None = None,
    lasting_minutes: int = 0,
    clear_margin: Decimal = Decimal(),
    hold_minutes: int = 0,
    season_from: str = "",
    season_to: str = "",
    datum: str = "",
    issuer: Body | None = None,
    areas: Sequence[str] = (),
    is_active: bool = True,
    idempotency_key: str = "",
) -> Threshold:
    """Put a bound on a series, or move it. Publishes ``ThresholdSet``.

    It takes effect with the next reading. Bounds of one kind and level may stand beside each other in
    seasons that do not meet. Refuses unknown kinds and levels, levels that a signal does not have, a
    figure that the quantity has not, a datum other than the station's, a figure called recorded with
    no source, and a drill. Clause 二(一)2.
    """
    rules.demand_actual(actor)
    return put_bounds(
        [
            drawn_up(
                series=series,
                kind=kind,
                bound=bound,
                status=status,
                cite=cite,
                level=level,
                hazard=hazard,
                name=name,
                comparison=comparison,
                statistic=statistic,
                window_minutes=window_minutes,
                lasting_minutes=lasting_minutes,
                clear_margin=clear_margin,
                hold_minutes=hold_minutes,
                season_from=season_from,
                season_to=season_to,
                datum=datum,
                issuer=issuer,
                areas=list(areas),
                is_active=is_active,
            )
        ]
    )[0]


def drawn_up(*, series: Series, datum: str = "", **figures: Any) -> Threshold:
    """Draw up a bound as ``set_threshold`` would put it, without putting it; refuses what that refuses."""
    rules.demand_datum(series.station, series.quantity, datum)
    figures["name"] = figures["name"].strip()
    one = Threshold(series=series, **figures)
    complete(one)
    rules.check_bound(one)
    return one


def put_bounds(wanted: Sequence[Threshold]) -> list[Threshold]:
    """Put bounds on series, or move those there are, in as few statements as one.

    Each is named by series, kind, hazard, level, name and the season's first day. Tells of each:
    ``ThresholdSet``. Returns them as kept.
    """
    for one in wanted:
        complete(one)
        rules.check_bound(one)
    _refuse_meeting(wanted)
    kept = store(wanted)
    for one in kept:
        tell(one)
    return kept


def complete(one: Threshold) -> None:
    """Say what goes without saying: the level, hazard and direction of a kind."""
    one.level = one.level or LEVELS.get(one.kind, "")
    one.hazard = one.hazard or HAZARDS.get(one.kind, "")
    lows = (ThresholdKind.DROUGHT, ThresholdKind.DEAD_POOL)
    usual = Comparison.BELOW if one.kind in lows else Comparison.AT_LEAST
    one.comparison = one.comparison or usual


def store(wanted: Sequence[Threshold]) -> list[Threshold]:
    """Write bounds over those that stand in their places; as kept, in the order they were given."""
    Threshold.objects.bulk_create(
        {_place(one): one for one in wanted}.values(),
        update_conflicts=True,
        unique_fields=PLACE,
        update_fields=FIGURES,
    )
    rows = Threshold.objects.filter(series__in={one.series_id for one in wanted})
    there = {_place(row): row for row in rows.select_related("series__station", "issuer")}
    return [there[_place(one)] for one in wanted]


def _place(one: Threshold) -> tuple[object, ...]:
    return (
        one.series_id, str(one.kind), one.hazard, str(one.level), one.name, one.season_from,
        one.part_of_id, one.place,
    )  # fmt: skip


def _refuse_meeting(wanted: Sequence[Threshold]) -> None:
    """Of one kind and level, one bound holds at a time: seasons may not meet."""
    rows = Threshold.objects.filter(
        series__in={one.series_id for one in wanted}, is_active=True, part_of=None
    )
    there = {_place(row): row for row in rows.select_related("series__station")}
    there |= {_place(one): one for one in wanted if one.is_active}
    standing = list(there.values())
    for one in wanted:
        if one.is_active:
            rules.demand_seasons_apart(one, standing)


def tell(one: Threshold) -> None:
    """Say that a bound has been put, with the sentence it reads as."""
    happened(
        ThresholdSet(
            subject_id=str(one.series_id),
            threshold_id=str(one.pk),
            station=one.series.station.name,
            kind=one.kind,
            level=one.level,
            quantity=one.series.quantity,
            window_hours=(one.window_minutes or 0) // MINUTES_AN_HOUR,
            bound=plain(one.bound),
            status=one.status,
            cite=one.cite,
            hazard=one.hazard,
            rule=sentence_of(one),
            is_active=one.is_active,
        ),
        audience={"county"},
    )


@action(Permission.SET_THRESHOLD)
def set_rainstorm_signals(
    actor: Actor,
    *,
    series: Series,
    issuer: Body | None = None,
    areas: Sequence[str] = (),
    clear_margin: Decimal = RAIN_MARGIN,
    hold_minutes: int = RAIN_HOLD,
    idempotency_key: str = "",
) -> Series:
    """Put the national rainstorm signals of 2007 on a rain series. Publishes ``ThresholdSet`` for each. Not for drills."""
    rules.demand_actual(actor)
    put_bounds(
        [
            rainstorm_bound(
                series,
                signal,
                issuer=issuer,
                areas=list(areas),
                clear_margin=clear_margin,
                hold_minutes=hold_minutes,
            )
            for signal in rainstorm.table().signals
        ]
    )
    return series


def rainstorm_bound(series: Series, signal: rainstorm.Signal, **more: Any) -> Threshold:
    """Draw up the bound of one of the national rainstorm signals; ``more`` as a bound has it."""
    return Threshold(
        series=series,
        kind=ThresholdKind.RAINSTORM,
        level=signal.level,
        statistic=Statistic.SUM,
        window_minutes=signal.hours * MINUTES_AN_HOUR,
        bound=signal.at_least_mm,
        status=SourceStatus.RECORDED,
        cite=rainstorm.table().source,
        **{"clear_margin": RAIN_MARGIN, "hold_minutes": RAIN_HOLD, **more},
    )
