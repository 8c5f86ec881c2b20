"""Setting bounds on series."""

from collections.abc import Sequence
from decimal import Decimal

from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.monitoring.events import ThresholdSet
from liandong.monitoring.models import Series, Threshold
from liandong.monitoring.permissions import Permission
from liandong.monitoring.signals import rainstorm
from liandong.monitoring.signals.observations import plain
from liandong.monitoring.signals.rain import HOURS
from liandong.monitoring.states import Level, Quantity, SourceStatus, ThresholdKind
from liandong.organization.models import Body

LARGEST = 10**8
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
    of 1, 3, 6, 12 or 24 hours, anything else with one, and a figure called recorded with no source.
    """
    level = level or LEVELS.get(kind, "")
    _check(series, kind, level, window_hours)
    _check_figures(bound, clear_margin, status, cite, place=str(series))
    values = {
        "window_hours": window_hours,
        "bound": bound,
        "clear_margin": clear_margin,
        "hold_minutes": hold_minutes,
        "issuer": issuer,
        "areas": list(areas),
        "status": status,
        "cite": cite,
        "is_active": is_active,
    }
    threshold, _made = Threshold.objects.update_or_create(
        series=series, kind=kind, level=level, defaults=values
    )
    happened(
        ThresholdSet(
            subject_id=str(series.pk),
            threshold_id=str(threshold.pk),
            station=series.station.name,
            kind=kind,
            level=level,
            quantity=series.quantity,
            window_hours=window_hours or 0,
            bound=plain(bound),
            status=status,
            cite=cite,
        ),
        audience={"county"},
    )
    return threshold


@action(Permission.SET_THRESHOLD)
def set_rainstorm_signals(
    actor: Actor,
    *,
    series: Series,
    issuer: Body | None = None,
    areas: Sequence[str] = (),
    clear_margin: Decimal = Decimal(10),
    hold_minutes: int = 60,
    idempotency_key: str = "",
) -> Series:
    """Put the national rainstorm signals of 2007 on a rain series. Publishes ``ThresholdSet`` for each."""
    for signal in rainstorm.table().signals:
        set_threshold(
            actor,
            series=series,
            kind=ThresholdKind.RAINSTORM,
            level=signal.level,
            window_hours=signal.hours,
            bound=signal.at_least_mm,
            clear_margin=clear_margin,
            hold_minutes=hold_minutes,
            issuer=issuer,
            areas=areas,
            status=SourceStatus.RECORDED,
            cite=rainstorm.table().source,
        )
    return series


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


def _check_figures(
    bound: Decimal, clear_margin: Decimal, status: str, cite: str, *, place: str
) -> None:
    fields: dict[str, str] = {}
    if not bound.is_finite() or abs(bound) >= LARGEST:
        fields["bound"] = _("阈值应为有限的数")
    if not clear_margin.is_finite() or not 0 <= clear_margin < LARGEST:
        fields["clear_margin"] = _("回落余量应为不小于 0 的数")
    if status not in SourceStatus.values:
        fields["status"] = _("请说明阈值是有据还是推定")
    elif status == SourceStatus.RECORDED and not cite.strip():
        fields["cite"] = _("有据的阈值要写明出处；没有出处请选推定")
    _refuse(fields, place)


def _refuse(fields: dict[str, str], place: str) -> None:
    if fields:
        raise Invalid(
            _("阈值设置有误。"), place=place, remedy=_("请按提示改正。"), fields=fields
        )
