"""What warning a crossing calls for, and which warnings nothing calls for any more."""

from collections.abc import Iterable
from operator import attrgetter
from typing import Any
from uuid import UUID

from liandong.monitoring.models import Crossing, Threshold, Warning  # noqa: A004 -- the county's word
from liandong.monitoring.queries.arrivals import arrivals_of
from liandong.monitoring.queries.issuing import words_for
from liandong.monitoring.queries.sentences import condition_of, figure_of
from liandong.monitoring.queries.warnings import active_warnings
from liandong.monitoring.signals import rainstorm
from liandong.monitoring.signals.observations import plain
from liandong.monitoring.signals.seasons import BEIJING
from liandong.monitoring.states import Comparison, Statistic, WarningState


def proposal_for(realm: str, crossing_id: str) -> dict[str, Any] | None:
    """Say what to propose: nothing if it is over, or if what is said already is as grave and as wide.

    Counts every crossing that is open for the same body and hazard, so a proposal says the gravest
    level and all the areas, whatever the order in which the stations were reached.
    """
    crossing = (
        Crossing.objects.filter(pk=crossing_id, realm=realm, ended_at=None)
        .select_related("threshold__series__station", "threshold__issuer")
        .first()
    )
    if crossing is None or not crossing.threshold.hazard or crossing.threshold.part_of_id:
        return None
    open_ones = _open_like(crossing)
    gravest = max(open_ones, key=lambda one: rainstorm.COLORS.index(one.threshold.level))
    areas = _areas(open_ones)
    said = _said(realm, crossing.threshold)
    if said and not _is_news(gravest.threshold.level, areas, said):
        return None
    in_force = said if said and said.state == WarningState.ISSUED else said and said.replaces
    return _draft(gravest, open_ones, areas, in_force)


def warnings_without_cause(realm: str, threshold_id: str) -> list[Warning]:
    """The warnings in force for a bound's body and hazard, when no bound of theirs is crossed."""
    threshold = Threshold.objects.get(pk=threshold_id)
    if _open(realm, threshold):
        return []
    return [row for row in _in_force(realm, threshold) if row.lifting_proposed_at is None]


def liftable(realm: str) -> list[Warning]:
    """The warnings that could be lifted: it was proposed, and nothing has been crossed since."""
    proposed = active_warnings(realm).exclude(lifting_proposed_at=None)
    return [row for row in proposed if not _open_for(realm, row.hazard, row.issuing_body_id)]


def _open(realm: str, threshold: Threshold) -> list[Crossing]:
    """The open crossings that call for a warning by the same body for the same hazard."""
    return _open_for(realm, threshold.hazard, threshold.issuer_id)


def _open_for(realm: str, hazard: str, body: UUID | None) -> list[Crossing]:
    rows = Crossing.objects.filter(
        realm=realm,
        ended_at=None,
        threshold__issuer=body,
        threshold__hazard=hazard,
        threshold__part_of=None,
    )
    return _with_conditions(
        list(rows.select_related("threshold__series__station", "threshold__issuer"))
    )


def _open_like(crossing: Crossing) -> list[Crossing]:
    return _open(crossing.realm, crossing.threshold)


def _in_force(realm: str, threshold: Threshold) -> list[Warning]:
    rows = active_warnings(realm).filter(
        hazard=threshold.hazard, issuing_body=threshold.issuer_id
    )
    return list(rows)


def _said(realm: str, threshold: Threshold) -> Warning | None:
    """The newest proposal that waits for its unit or for approval, else the warning in force."""
    waiting = Warning.objects.filter(
        realm=realm,
        hazard=threshold.hazard,
        issuing_body=threshold.issuer_id,
        state__in=[WarningState.DRAFT, WarningState.SUBMITTED],
        crossing__isnull=False,
    ).select_related("replaces")
    return waiting.order_by("-pk").first() or next(iter(_in_force(realm, threshold)), None)


def _is_news(level: str, areas: list[str], said: Warning) -> bool:
    return rainstorm.is_higher(level, said.level) or not set(areas) <= set(said.areas)


def _areas(crossings: Iterable[Crossing]) -> list[str]:
    return sorted({area for crossing in crossings for area in crossing.threshold.areas})


def _draft(
    gravest: Crossing, crossings: list[Crossing], areas: list[str], in_force: Warning | None
) -> dict[str, Any]:
    threshold = gravest.threshold
    words = words_for(threshold.hazard, threshold.level)
    wide = sorted({*areas, *(in_force.areas if in_force else ())})
    return {
        "hazard": threshold.hazard,
        "category": words.category or threshold.name,
        "level": threshold.level,
        "starts_at": gravest.began_at,
        "scope": "、".join(wide) or _around(crossings),
        "cautions": f"{_fact(gravest)}。{_coming(crossings)}{words.cautions}",
        "measures": words.measures,
        "issuing_body": threshold.issuer,
        "areas": wide,
        "crossing": gravest,
        "replaces": in_force,
        "reason": "；".join(_fact(crossing) for crossing in crossings),
    }


def _around(crossings: Iterable[Crossing]) -> str:
    places = {crossing.threshold.series.station for crossing in crossings}
    named = sorted(f"{place.river}{place.name}" for place in places)
    return f"{'、'.join(named)}附近及下游沿岸"


def _fact(crossing: Crossing) -> str:
    """What was measured where, and which bound that reached; of a rule, each condition that holds."""
    threshold = crossing.threshold
    station = threshold.series.station
    if threshold.statistic == Statistic.COUNT:
        met = "、".join(map(_measured, crossing.conditions))  # type: ignore[attr-defined]
        return f"{station}{figure_of(threshold, plain(crossing.value))}，达到{threshold}条件：{met}"
    if threshold.comparison == Comparison.AT_LEAST:
        bound = f"{plain(threshold.bound)} {threshold.series.unit}".strip()
        said = f"{_measured(crossing)}，达到{threshold}阈值 {bound}"
    else:
        said = f"{_measured(crossing)}，达到{threshold}阈值（{condition_of(threshold)}）"
    if crossing.doubted:
        said += f"；依据 {crossing.doubted} 条由前后读数或邻近测站印证的存疑读数，请先核实"
    return said


def _coming(crossings: list[Crossing]) -> str:
    """When it is expected at the stations below, and past which townships; nothing where no reach is known."""
    soonest = {one.station.pk: one for one in reversed(arrivals_of(crossings))}
    said = []
    for one in sorted(soonest.values(), key=attrgetter("at")):
        past = f"（沿途{'、'.join(one.areas)}）" if one.areas else ""
        said.append(f"{one.at.astimezone(BEIJING):%m月%d日%H:%M}到{one.station}{past}")
    return f"预计{'，'.join(said)}。" if said else ""


def _measured(crossing: Crossing) -> str:
    threshold = crossing.threshold
    return f"{threshold.series.station}{figure_of(threshold, plain(crossing.value))}"


def _with_conditions(crossings: list[Crossing]) -> list[Crossing]:
    """Put to each rule's crossing the crossings of its conditions that go on; one statement for all."""
    wholes = [one for one in crossings if one.threshold.statistic == Statistic.COUNT]
    if not wholes:
        return crossings
    rows = Crossing.objects.filter(
        realm=wholes[0].realm,
        ended_at=None,
        threshold__part_of__in=[one.threshold_id for one in wholes],
    ).select_related("threshold__series__station")
    for one in wholes:
        one.conditions = [  # type: ignore[attr-defined]
            row for row in rows if row.threshold.part_of_id == one.threshold_id
        ]
    return crossings
