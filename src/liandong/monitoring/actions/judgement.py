"""Saying whether a doubted reading holds, and what is credible of a series."""

from datetime import datetime
from decimal import Decimal

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Invalid, Missing, Stale
from liandong.kernel.wording import gettext as _
from liandong.monitoring import rules
from liandong.monitoring.actions.crossing import evaluate
from liandong.monitoring.actions.reading_quality import hold, look_closer
from liandong.monitoring.actions.total import mark_stale
from liandong.monitoring.events import LimitsSet, ReadingJudged
from liandong.monitoring.models import Reading, Series
from liandong.monitoring.permissions import Permission
from liandong.monitoring.signals.observations import Column, at_text, plain
from liandong.monitoring.states import Quality

VERDICTS = (Quality.CONFIRMED, Quality.REJECTED)


@action(Permission.JUDGE_READINGS)
def judge_reading(
    actor: Actor,
    *,
    series: Series,
    at: datetime,
    verdict: str,
    expected_value: Decimal,
    reason: str = "",
    idempotency_key: str = "",
) -> Series:
    """Confirm a reading, or reject it; its neighbours and the bounds are looked at anew.

    Publishes ``ReadingJudged``, and what follows: ``ThresholdCrossed``, ``ThresholdCleared``. Nothing
    is deleted. Refuses verdicts that are none, the same verdict again, and whoever saw another value.
    """
    rows = Reading.objects.select_for_update().select_related("series__station")
    row = rows.filter(realm=actor.realm, series=series, at=at).first()
    if row is None:
        raise Missing(_("没有这条读数。"), remedy=_("请刷新测站页。"))
    if verdict not in VERDICTS:
        raise Invalid(
            _("结论只能是确认或判废。"), place="verdict", remedy=_("请从两者中选一个。")
        )
    if row.value != expected_value:
        raise Stale(_("这条读数已被更正。"), remedy=_("请看新的数值后再核实。"))
    if row.quality == verdict:
        raise Invalid(_("这条读数已有同样的结论。"), remedy=_("请刷新测站页。"))
    Reading.objects.filter(pk=row.pk).update(quality=verdict)
    mark_stale(actor.realm, [row.series_id], [row.at])
    station = row.series.station
    happened(
        ReadingJudged(
            subject_id=str(row.series_id),
            station=station.name,
            quantity=row.series.quantity,
            unit=row.series.unit,
            at=row.at.isoformat(),
            value=plain(row.value),
            flags=row.flags,
            verdict=verdict,
            reason=reason.strip() or str(Quality(verdict).label),
        ),
        audience={"county"},
    )
    said = {at_text(row.at): f"{row.value:.3f}"}
    _look_anew(
        actor, Column(station.code, row.series.quantity, row.series_id, said), row.series
    )
    return row.series


def _look_anew(actor: Actor, column: Column, series: Series) -> None:
    """What was measured by this reading, and what rests on it, may stand otherwise now."""
    now = clock.now(actor.realm)
    latest = hold(actor.realm, [column])
    limits = {series.pk: rules.limits_of(series)}
    changed = look_closer(actor.realm, [column], limits, latest, now=now)
    evaluate(actor, changed)


@action(Permission.SET_THRESHOLD)
def set_limits(
    actor: Actor,
    *,
    series: Series,
    low: Decimal | None,
    high: Decimal | None,
    jump: Decimal | None,
    stuck_after: int | None,
    idempotency_key: str = "",
) -> Series:
    """Settle what is credible of a series. Publishes ``LimitsSet``.

    What is left out is as usual of the quantity; 0 equal readings means never too many. Holds for what
    comes in from now on. Refuses a range that is empty, steps that are none, and drills.
    """
    rules.demand_actual(actor)
    wrong = {}
    if low is not None and high is not None and low >= high:
        wrong["high"] = _("上限应大于下限")
    if jump is not None and jump <= 0:
        wrong["jump"] = _("变幅应大于 0")
    if stuck_after is not None and not (stuck_after == 0 or 2 <= stuck_after <= 48):
        wrong["stuck_after"] = _("应在 2 到 48 之间；填 0 表示不判")
    if wrong:
        raise Invalid(_("可信范围有误。"), remedy=_("请按提示改正。"), fields=wrong)
    row = Series.objects.select_for_update().select_related("station").get(pk=series.pk)
    row.low, row.high, row.jump, row.stuck_after = low, high, jump, stuck_after
    row.save(update_fields=["low", "high", "jump", "stuck_after"])
    told = {"low": low, "high": high, "jump": jump, "stuck_after": stuck_after}
    happened(
        LimitsSet(
            subject_id=str(row.pk),
            station=row.station.name,
            quantity=row.quantity,
            **{name: "" if one is None else f"{one}" for name, one in told.items()},
        ),
        audience={"county"},
    )
    return row
