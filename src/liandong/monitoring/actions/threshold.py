"""Setting bounds on series."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.monitoring import rules
from liandong.monitoring.events import ThresholdSet
from liandong.monitoring.models import Series, Threshold
from liandong.monitoring.permissions import Permission
from liandong.monitoring.signals import rainstorm
from liandong.monitoring.signals.observations import plain
from liandong.monitoring.signals.rain import HOURS
from liandong.monitoring.states import Level, Quantity, SourceStatus, ThresholdKind
from liandong.organization.models import Body

LARGEST = 10**8
# A rainstorm is over when so much less (mm) has fallen for so long (minutes).
RAIN_MARGIN, RAIN_HOLD = Decimal(10), 60
FIGURES = [
    "window_hours", "bound", "clear_margin", "hold_minutes", "issuer", "areas", "status", "cite",
    "is_active",
]  # fmt: skip
# 水情预警信号:达到警戒为黄、达到保证为橙、达到历史最高为红。
LEVELS: dict[str, str] = {
    ThresholdKind.WARNING: Level.YELLOW,
    ThresholdKind.GUARANTEE: Level.ORANGE,
    ThresholdKind.HISTORICAL_MAX: Level.RED,
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
    window_hours: int | None = None,
    clear_margin: Decimal = Decimal(),
    hold_minutes: int = 0,
    issuer: Body | None = None,
    areas: Sequence[str] = (),
    is_active: bool = True,
    idempotency_key: str = "",
) -> Threshold:
    """Put a bound on a series, or move it. Publishes ``ThresholdSet``.

    It takes effect with the next reading. Refuses unknown kinds and levels, rain without a window
    of 1, 3, 6, 12 or 24 hours, anything else with one, a figure called recorded with no source,
    and a drill.
    """
    rules.demand_actual(actor)
    threshold = Threshold(
        series=series,
        kind=kind,
        level=level,
        window_hours=window_hours,
        bound=bound,
        clear_margin=clear_margin,
        hold_minutes=hold_minutes,
        issuer=issuer,
        areas=list(areas),
        status=status,
        cite=cite,
        is_active=is_active,
    )
    return put_bounds([threshold])[0]


def put_bounds(wanted: Sequence[Threshold]) -> list[Threshold]:
    """Put bounds on series, or move those there are, in as few statements as one.

    Each is named by series, kind and level. Tells of each: ``ThresholdSet``. Returns them as kept.
    """
    for one in wanted:
        one.level = one.level or LEVELS.get(one.kind, "")
        _check(one.series, one.kind, one.level, one.window_hours)
        _check_figures(one)
    Threshold.objects.bulk_create(
        {_place(one): one for one in wanted}.values(),
        update_conflicts=True,
        unique_fields=["series", "kind", "level"],
        update_fields=FIGURES,
    )
    rows = Threshold.objects.filter(series__in={one.series_id for one in wanted})
    there = {_place(row): row for row in rows.select_related("series__station", "issuer")}
    kept = [there[_place(one)] for one in wanted]
    for one in kept:
        _tell(one)
    return kept


def _place(one: Threshold) -> tuple[int, str, str]:
    return one.series_id, str(one.kind), str(one.level)


def _tell(one: Threshold) -> None:
    happened(
        ThresholdSet(
            subject_id=str(one.series_id),
            threshold_id=str(one.pk),
            station=one.series.station.name,
            kind=one.kind,
            level=one.level,
            quantity=one.series.quantity,
            window_hours=one.window_hours or 0,
            bound=plain(one.bound),
            status=one.status,
            cite=one.cite,
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
        window_hours=signal.hours,
        bound=signal.at_least_mm,
        status=SourceStatus.RECORDED,
        cite=rainstorm.table().source,
        **{"clear_margin": RAIN_MARGIN, "hold_minutes": RAIN_HOLD, **more},
    )


def _check(series: Series, kind: str, level: str, window_hours: int | None) -> None:
    is_rain = series.quantity == Quantity.RAIN
    fields: dict[str, str] = {}
    if kind not in ThresholdKind.values:
        fields["kind"] = _("没有这一类阈值")
    elif is_rain is not (kind == ThresholdKind.RAINSTORM):
        fields["kind"] = _("雨量只设暴雨信号，水位、流量只设警戒、保证、历史最高")
    if level not in Level.values:
        fields["level"] = _("级别应为蓝、黄、橙、红之一")
    if is_rain and window_hours not in HOURS:
        fields["window_hours"] = _("雨量阈值的累计时段应为 1、3、6、12 或 24 小时")
    if not is_rain and window_hours is not None:
        fields["window_hours"] = _("水位、流量阈值没有累计时段")
    _refuse(fields, str(series))


def _check_figures(one: Threshold) -> None:
    fields: dict[str, str] = {}
    if not one.bound.is_finite() or abs(one.bound) >= LARGEST:
        fields["bound"] = _("阈值应为有限的数")
    if not one.clear_margin.is_finite() or not 0 <= one.clear_margin < LARGEST:
        fields["clear_margin"] = _("回落余量应为不小于 0 的数")
    if one.status not in SourceStatus.values:
        fields["status"] = _("请说明阈值是有据还是推定")
    elif one.status == SourceStatus.RECORDED and not one.cite.strip():
        fields["cite"] = _("有据的阈值要写明出处；没有出处请选推定")
    _refuse(fields, str(one.series))


def _refuse(fields: dict[str, str], place: str) -> None:
    if fields:
        raise Invalid(
            _("阈值设置有误。"), place=place, remedy=_("请按提示改正。"), fields=fields
        )
