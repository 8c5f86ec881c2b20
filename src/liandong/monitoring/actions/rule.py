"""Rules of several conditions, the weather's signals, and putting bounds out of use."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import F, Q

from liandong.kernel.actions import action
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Invalid, Stale
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed
from liandong.monitoring import rules
from liandong.monitoring.actions.crossing import close
from liandong.monitoring.actions.threshold import (
    complete,
    put_bounds,
    rainstorm_bound,
    store,
    tell,
)
from liandong.monitoring.models import Crossing, Series, Station, Threshold
from liandong.monitoring.permissions import Permission
from liandong.monitoring.signals import rainstorm, weather
from liandong.monitoring.states import (
    Comparison,
    Hazard,
    Quantity,
    SourceStatus,
    Statistic,
    ThresholdKind,
)
from liandong.organization.models import Body

# How far back, and for how many minutes, before a signal's condition is over again: ours, not the table's.
MARGINS: dict[str, Decimal] = {
    Quantity.TEMPERATURE: Decimal("0.5"),
    Quantity.WIND: Decimal(1),
    Quantity.GUST: Decimal(1),
    Quantity.SNOW: Decimal(1),
    Quantity.VISIBILITY: Decimal(20),
}
HOLD = 60


@dataclass(frozen=True, kw_only=True)
class ConditionSpec:
    """One condition of a rule; those of a group stand in for each other, one without is its own."""

    series: Series
    bound: Decimal
    group: str = ""
    comparison: str = Comparison.AT_LEAST
    statistic: str = Statistic.VALUE
    window_minutes: int | None = None
    lasting_minutes: int = 0
    clear_margin: Decimal = Decimal()
    hold_minutes: int = 0


@dataclass(frozen=True, kw_only=True)
class RuleSpec:
    """A rule as it is to be put: how many groups must hold at once, and what it then calls for."""

    name: str
    level: str
    need: int
    conditions: Sequence[ConditionSpec]
    kind: str = ThresholdKind.OWN
    hazard: str = ""
    season_from: str = ""
    season_to: str = ""
    issuer: Body | None = None
    areas: Sequence[str] = field(default_factory=tuple)
    status: str = SourceStatus.ASSUMED
    cite: str = ""

    @property
    def groups(self) -> set[str]:
        """The groups that can hold; a condition without one is a group of its own."""
        return {one.group or str(number) for number, one in enumerate(self.conditions, 1)}


@action(Permission.SET_THRESHOLD)
def set_rule(
    actor: Actor,
    *,
    name: str,
    level: str,
    need: int,
    conditions: Sequence[ConditionSpec],
    kind: str = ThresholdKind.OWN,
    hazard: str = "",
    season_from: str = "",
    season_to: str = "",
    issuer: Body | None = None,
    areas: Sequence[str] = (),
    status: str = SourceStatus.ASSUMED,
    cite: str = "",
    idempotency_key: str = "",
) -> Threshold:
    """Put a rule of several conditions, at one station or many, or put it anew. Publishes ``ThresholdSet``.

    It is over while ``need`` of its groups hold at once; a group holds while one of its conditions does.
    Refuses a rule without conditions, a need that cannot be met, whatever a bound may not be, and a
    drill. Clause 二(一)2.
    """
    rules.demand_actual(actor)
    spec = RuleSpec(
        name=name.strip(),
        level=level,
        need=need,
        conditions=tuple(conditions),
        kind=kind,
        hazard=hazard,
        season_from=season_from,
        season_to=season_to,
        issuer=issuer,
        areas=tuple(areas),
        status=status,
        cite=cite,
    )
    return _put(spec)


@action(Permission.SET_THRESHOLD)
def set_weather_signals(
    actor: Actor,
    *,
    station: Station,
    hazards: Sequence[str],
    issuer: Body | None = None,
    areas: Sequence[str] = (),
    idempotency_key: str = "",
) -> Station:
    """Put chosen signals of 2007 on a station's series, every level there is. Publishes ``ThresholdSet``.

    They remind and check; the level is the weather bureau's to give. Refuses a signal that readings
    cannot tell, a station that lacks a quantity it needs, and a drill. Clause 二(一)2.
    """
    rules.demand_actual(actor)
    series = {
        one.quantity: one
        for one in Series.objects.filter(station=station).select_related("station")
    }
    more = {"issuer": issuer, "areas": list(areas)}
    for hazard in hazards:
        signal = _measurable(hazard, station)
        if hazard == Hazard.RAINSTORM:
            rain = _present(signal, signal.levels[0], series, station)[0][1]
            put_bounds(
                [rainstorm_bound(rain, one, **more) for one in rainstorm.table().signals]
            )
            continue
        for level in signal.levels:
            _put_level(signal, level, _present(signal, level, series, station), more)
    return station


@action(Permission.SET_THRESHOLD)
def retire_threshold(
    actor: Actor, *, threshold: Threshold, idempotency_key: str = ""
) -> Threshold:
    """Put a bound or a rule out of use. Publishes ``ThresholdSet``, and ``ThresholdCleared`` if it was crossed.

    What it has told stays. Refuses one that is out of use already, a condition of a rule by itself, and
    a drill. Clause 二(一)2.
    """
    rules.demand_actual(actor)
    row = (
        Threshold.objects.select_for_update(of=("self",))
        .select_related("series__station")
        .get(pk=threshold.pk)
    )
    if not row.is_active or row.part_of_id:
        raise Stale(
            _("“%(what)s”已经停用，或只是一条组合规则里的条件。") % {"what": row},
            place=str(row.series),
            remedy=_("请回到阈值列表，看它现在的样子。"),
        )
    both = Threshold.objects.filter(Q(pk=row.pk) | Q(part_of=row))
    both.update(is_active=False)
    row.is_active = False
    tell(row)
    close(actor, list(both))
    return row


def _put(spec: RuleSpec) -> Threshold:
    """Write a rule and its conditions; those it had more of before go out of use."""
    _check(spec)
    whole = Threshold(
        series=spec.conditions[0].series,
        comparison=Comparison.AT_LEAST,
        statistic=Statistic.COUNT,
        bound=Decimal(spec.need),
        clear_margin=Decimal(),
        issuer=spec.issuer,
        areas=list(spec.areas),
        **_shared(spec),
    )
    complete(whole)
    rules.check_bound(whole)
    for part in _parts(spec, whole):
        rules.check_bound(part)
    (kept,) = store([whole])
    parts = store(list(_parts(spec, kept)))
    dropped = Threshold.objects.filter(part_of=kept, is_active=True).exclude(
        pk__in=[part.pk for part in parts]
    )
    Crossing.objects.filter(threshold__in=dropped, ended_at=None).update(
        ended_at=F("seen_until"), is_void=True
    )
    dropped.update(is_active=False)
    tell(kept)
    return kept


def _shared(spec: RuleSpec) -> dict[str, Any]:
    names = ("kind", "hazard", "level", "name", "season_from", "season_to", "status", "cite")
    return {name: getattr(spec, name) for name in names}


def _parts(spec: RuleSpec, whole: Threshold) -> Iterator[Threshold]:
    for number, one in enumerate(spec.conditions, 1):
        part = Threshold(
            part_of=whole,
            place=str(number),
            **{**_shared(spec), "hazard": whole.hazard},
            **vars(one),
        )
        yield part


def _check(spec: RuleSpec) -> None:
    wrong: dict[str, str] = {}
    if not spec.conditions:
        wrong["conditions"] = _("请至少写一条条件")
    elif not 1 <= spec.need <= len(spec.groups):
        wrong["need"] = _("应在 1 到条件组数 %(n)d 之间") % {"n": len(spec.groups)}
    if spec.kind not in (ThresholdKind.OWN, ThresholdKind.SIGNAL, ThresholdKind.RAINSTORM):
        wrong["kind"] = _("组合规则只能是气象信号、暴雨信号或自定")
    if not spec.name:
        wrong["name"] = _("请给这条规则起个名字")
    if wrong:
        raise Invalid(
            _("组合规则设置有误。"),
            place=spec.name or _("组合规则"),
            remedy=_("请按提示改正。"),
            fields=wrong,
        )


def _measurable(hazard: str, station: Station) -> weather.Signal:
    signal = weather.signals().by_hazard.get(hazard)
    if signal is None or not signal.is_measurable:
        problem = _("%(signal)s信号不能由实测判定。%(why)s") % {
            "signal": signal.name if signal else hazard[:5],
            "why": signal.why if signal else "",
        }
        raise Invalid(
            problem,
            place=str(station),
            remedy=_("这一类以气象台站发布的预警为准，收到后在预警里登记。"),
            fields={"hazards": problem},
        )
    return signal


Present = list[tuple[weather.Condition, Series]]


def _present(
    signal: weather.Signal,
    level: weather.SignalLevel,
    series: dict[str, Series],
    station: Station,
) -> Present:
    """The conditions of a level that the station measures: all where all are needed, else at least one."""
    found = [(one, series[one.quantity]) for one in level.conditions if one.quantity in series]
    if found and (len(found) == len(level.conditions) or not level.needs_all):
        return found
    lacks = [one.quantity for one in level.conditions if one.quantity not in series]
    named = listed(dict.fromkeys(Quantity(one).label for one in lacks))
    problem = _("“%(station)s”没有%(what)s测项，不能判定%(signal)s信号。") % {
        "station": station,
        "what": named,
        "signal": signal.name,
    }
    raise Invalid(
        problem,
        place=str(station),
        remedy=_("请先给测站登记这些测项，或不选这个信号。"),
        fields={"hazards": problem},
    )


def _put_level(
    signal: weather.Signal, level: weather.SignalLevel, present: Present, more: dict[str, Any]
) -> None:
    conditions = [
        ConditionSpec(
            series=series,
            bound=one.bound,
            comparison=one.comparison,
            statistic=one.statistic,
            window_minutes=one.minutes,
            clear_margin=MARGINS[one.quantity],
            hold_minutes=HOLD,
        )
        for one, series in present
    ]
    said = {
        "kind": ThresholdKind.SIGNAL,
        "hazard": signal.hazard,
        "name": signal.name,
        "level": level.level,
        "status": SourceStatus.RECORDED,
        "cite": weather.signals().source,
        **more,
    }
    if len(conditions) > 1:
        need = len(conditions) if level.needs_all else 1
        _put(RuleSpec(need=need, conditions=conditions, **said))
    else:
        figures = {
            name: value for name, value in vars(conditions[0]).items() if name != "group"
        }
        put_bounds([Threshold(**figures, **said)])
