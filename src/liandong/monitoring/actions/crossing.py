"""Holding new readings against the thresholds, for all series of a batch at once."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from liandong.kernel.actions import happened
from liandong.kernel.actors import Actor
from liandong.monitoring.events import ThresholdCleared, ThresholdCrossed
from liandong.monitoring.models import Crossing, Threshold
from liandong.monitoring.queries.samples import Ask, samples, totals
from liandong.monitoring.signals.crossings import Bound, Sample, Spell, spells
from liandong.monitoring.signals.observations import Column, plain

FIELDS = [
    "began_at",
    "value",
    "peak",
    "peak_at",
    "low_since",
    "ended_at",
    "value_at_end",
    "seen_until",
]


@dataclass(frozen=True)
class _Look:
    """A threshold, the crossings that the new readings may touch, and where to begin."""

    threshold: Threshold
    stored: list[Crossing]
    from_at: datetime
    now: Spell | None


@dataclass(frozen=True)
class _Change:
    """A crossing as it is to be, and what it was before."""

    crossing: Crossing
    is_new: bool
    was_over: bool


def evaluate(actor: Actor, columns: Sequence[Column]) -> None:
    """Open, move and end crossings as the readings now in the database have it.

    Works on the readings stored, not on those just sent, so any order of arrival ends alike. The
    thresholds are locked: of two batches for one series the later one sees the earlier one's rows.
    """
    new = {column.series: column for column in columns}
    thresholds = list(
        Threshold.objects.filter(series__in=new, is_active=True)
        .select_related("series__station")
        .order_by("pk")
        .select_for_update(of=("self",))
    )
    if not thresholds:
        return
    stored = _stored(actor.realm, thresholds, new)
    looks = [_look(row, stored[row.pk], new[row.series_id]) for row in thresholds]
    asks = [
        Ask(look.threshold, look.from_at, bool(look.stored))
        for look in _worth_a_look(actor.realm, looks, new)
    ]
    found = samples(actor.realm, asks)
    changes = [
        change
        for look in looks
        if look.threshold.pk in found
        for change in _settle(actor.realm, look, found[look.threshold.pk])
    ]
    # What has ended makes room first: a threshold has one open crossing at most.
    Crossing.objects.bulk_update([row.crossing for row in changes if not row.is_new], FIELDS)
    Crossing.objects.bulk_create([row.crossing for row in changes if row.is_new])
    for change in changes:
        _tell(change)


def _worth_a_look(realm: str, looks: Sequence[_Look], new: dict[int, Column]) -> list[_Look]:
    """Leave out what cannot have changed: not over before, and not as much as the bound since."""
    dry = [look for look in looks if not look.stored]
    summed = [look.threshold for look in dry if look.threshold.window_hours]
    fallen = totals(realm, summed, new)
    calm = set()
    for look in dry:
        row = look.threshold
        most = fallen[row.series_id] if row.window_hours else new[row.series_id].highest
        if most < row.bound:
            calm.add(row.pk)
    return [look for look in looks if look.threshold.pk not in calm]


def _stored(
    realm: str, thresholds: Sequence[Threshold], new: dict[int, Column]
) -> dict[UUID, list[Crossing]]:
    """The crossings that go on, or ended no earlier than what is new begins; one statement."""
    earliest = min(column.first_at for column in new.values())
    rows = Crossing.objects.filter(
        Q(ended_at=None) | Q(ended_at__gte=earliest), realm=realm, threshold__in=thresholds
    )
    first_at = {row.pk: new[row.series_id].first_at for row in thresholds}
    found: dict[UUID, list[Crossing]] = defaultdict(list)
    for row in rows.order_by("began_at"):
        if row.ended_at is None or row.ended_at >= first_at[row.threshold_id]:
            found[row.threshold_id].append(row)
    return found


def _look(threshold: Threshold, stored: list[Crossing], new: Column) -> _Look:
    """Readings in order continue the crossing; late ones have it counted anew from its start."""
    last = stored[-1] if stored else None
    if last and last.ended_at is None and new.first_at > last.seen_until:
        now = Spell(last.began_at, last.value, last.peak, last.peak_at, last.low_since)
        return _Look(threshold, [last], new.first_at, now)
    from_at = min([new.first_at, *(row.began_at for row in stored)])
    return _Look(threshold, stored, from_at, None)


def _settle(realm: str, look: _Look, found: list[Sample]) -> list[_Change]:
    """Bring the crossings of a threshold to what the samples say; nothing is written yet."""
    row = look.threshold
    bound = Bound(row.bound, row.clear_margin, timedelta(minutes=row.hold_minutes))
    left, changes = list(look.stored), []
    for spell in spells(found, bound, now=look.now):
        touched = [crossing for crossing in left if _overlap(crossing, spell)]
        left = [crossing for crossing in left if crossing not in touched]
        crossing = touched[-1] if touched else Crossing(realm=realm, threshold=row)
        change = _Change(crossing, not touched, crossing.ended_at is not None)
        # A late reading may join what was told as two: the earlier one stays as it was told.
        began_at = crossing.began_at if len(touched) > 1 else spell.began_at
        for name, value in vars(replace(spell, began_at=began_at)).items():
            setattr(crossing, name, value)
        crossing.seen_until = found[-1].at
        changes.append(change)
    return changes


def _overlap(crossing: Crossing, spell: Spell) -> bool:
    return (crossing.ended_at is None or crossing.ended_at >= spell.began_at) and (
        spell.ended_at is None or spell.ended_at >= crossing.began_at
    )


def _tell(change: _Change) -> None:
    """Say that it began, or goes on after all, and that it ended."""
    crossing, ended = change.crossing, change.crossing.ended_at is not None
    if change.is_new or (change.was_over and not ended):
        _tell_crossed(crossing)
    if ended and (change.is_new or not change.was_over):
        _tell_cleared(crossing)


def _tell_crossed(crossing: Crossing) -> None:
    row = crossing.threshold
    series, station = row.series, row.series.station
    happened(
        ThresholdCrossed(
            subject_id=str(series.pk),
            station_id=str(station.pk),
            station=station.name,
            series_id=str(series.pk),
            threshold_id=str(row.pk),
            crossing_id=str(crossing.pk),
            quantity=series.quantity,
            unit=series.unit,
            kind=row.kind,
            level=row.level,
            window_hours=row.window_hours or 0,
            bound=plain(row.bound),
            value=plain(crossing.value),
            at=crossing.began_at.isoformat(),
            ended_at=crossing.ended_at.isoformat() if crossing.ended_at else "",
        ),
        audience={"county"},
        told=crossing.began_at,
    )


def _tell_cleared(crossing: Crossing) -> None:
    row = crossing.threshold
    series, station = row.series, row.series.station
    happened(
        ThresholdCleared(
            subject_id=str(series.pk),
            station_id=str(station.pk),
            station=station.name,
            series_id=str(series.pk),
            threshold_id=str(row.pk),
            crossing_id=str(crossing.pk),
            quantity=series.quantity,
            unit=series.unit,
            kind=row.kind,
            level=row.level,
            bound=plain(row.bound),
            value=plain(crossing.value_at_end or Decimal()),
            peak=plain(crossing.peak),
            at=crossing.ended_at.isoformat() if crossing.ended_at else "",
        ),
        audience={"county"},
        told=crossing.ended_at,
    )
