"""What warning a crossing calls for, and which warnings nothing calls for any more."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from liandong.monitoring.models import Crossing, Threshold, Warning  # noqa: A004 -- the county's word
from liandong.monitoring.queries.warnings import active_warnings
from liandong.monitoring.signals import rainstorm
from liandong.monitoring.signals.observations import plain
from liandong.monitoring.signals.wording import wording
from liandong.monitoring.states import ThresholdKind, WarningState

# GB/T 35561-2017: 11B03 暴雨 is seen in real messages; 11A01 洪水 is assumed, to be checked by the county.
FLOOD = "11A01"


def hazard_of(threshold: Threshold) -> str:
    """The class of hazard a bound is about."""
    is_rain = threshold.kind == ThresholdKind.RAINSTORM
    return rainstorm.table().hazard if is_rain else FLOOD


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
    if crossing is None:
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
    return _open_for(realm, hazard_of(threshold), threshold.issuer_id)


def _open_for(realm: str, hazard: str, body: UUID | None) -> list[Crossing]:
    rows = Crossing.objects.filter(
        realm=realm, ended_at=None, threshold__issuer=body
    ).select_related("threshold__series__station", "threshold__issuer")
    rain = {"threshold__kind": ThresholdKind.RAINSTORM}
    is_rain = hazard == rainstorm.table().hazard
    return list(rows.filter(**rain) if is_rain else rows.exclude(**rain))


def _open_like(crossing: Crossing) -> list[Crossing]:
    return _open(crossing.realm, crossing.threshold)


def _in_force(realm: str, threshold: Threshold) -> list[Warning]:
    rows = active_warnings(realm).filter(
        hazard=hazard_of(threshold), issuing_body=threshold.issuer_id
    )
    return list(rows)


def _said(realm: str, threshold: Threshold) -> Warning | None:
    """The proposal that waits, else the warning in force."""
    waiting = Warning.objects.filter(
        realm=realm,
        hazard=hazard_of(threshold),
        issuing_body=threshold.issuer_id,
        state=WarningState.DRAFT,
        crossing__isnull=False,
    ).select_related("replaces")
    return waiting.first() or next(iter(_in_force(realm, threshold)), None)


def _is_news(level: str, areas: list[str], said: Warning) -> bool:
    return rainstorm.is_higher(level, said.level) or not set(areas) <= set(said.areas)


def _areas(crossings: Iterable[Crossing]) -> list[str]:
    return sorted({area for crossing in crossings for area in crossing.threshold.areas})


def _draft(
    gravest: Crossing, crossings: list[Crossing], areas: list[str], in_force: Warning | None
) -> dict[str, Any]:
    threshold = gravest.threshold
    words = wording(hazard_of(threshold), threshold.level)
    wide = sorted({*areas, *(in_force.areas if in_force else ())})
    return {
        "hazard": hazard_of(threshold),
        "category": words.category,
        "level": threshold.level,
        "starts_at": gravest.began_at,
        "scope": "、".join(wide) or _around(crossings),
        "cautions": f"{_fact(gravest)}。{words.cautions}",
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
    threshold = crossing.threshold
    series = threshold.series
    window = f"{threshold.window_hours} 小时" if threshold.window_hours else ""
    measured = f"{window}{series.label} {plain(crossing.value)} {series.unit}"
    bound = f"{threshold}阈值 {plain(threshold.bound)} {series.unit}"
    return f"{series.station}{measured}，达到{bound}"
