"""Holding new readings against the thresholds, for all series of a batch at once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from liandong.kernel import clock
from liandong.kernel.actions import happened
from liandong.kernel.actors import Actor
from liandong.kernel.wording import gettext as _
from liandong.monitoring.actions.reach import tell_arrivals
from liandong.monitoring.events import ThresholdCleared, ThresholdCrossed
from liandong.monitoring.models import Crossing, Threshold
from liandong.monitoring.queries.samples import await_turn, samples, touched
from liandong.monitoring.queries.sentences import sentence_of
from liandong.monitoring.signals.combinations import Stretch, counts
from liandong.monitoring.signals.crossings import Sample, Spell, spells
from liandong.monitoring.signals.observations import Column, at_text, plain
from liandong.monitoring.states import Statistic

# What is older is history: it is kept, and calls for nothing any more.
STALE = timedelta(days=30)
FIELDS = [
    "began_at", "value", "peak", "peak_at", "low_since", "ended_at", "value_at_end", "doubted",
    "is_void", "seen_until",
]  # fmt: skip


@dataclass(frozen=True)
class _Look:
    """A threshold, the crossings that what is new may touch, and where to begin."""

    threshold: Threshold
    stored: list[Crossing]
    from_at: datetime
    now: Spell | None


@dataclass(frozen=True)
class _Change:
    """A crossing as it is to be, what it was before, and from when on it differs at most."""

    crossing: Crossing
    is_new: bool
    was_over: bool
    since: datetime

    @property
    def begins(self) -> bool:
        """Say whether it goes on now, and did not when it was last told."""
        return self.crossing.ended_at is None and (self.is_new or self.was_over)


def evaluate(actor: Actor, columns: Sequence[Column]) -> None:
    """Open, move and end crossings as the readings now in the database have it.

    Works on the readings stored, not on those just sent, so any order of arrival ends alike. Two
    batches for one series take turns: the later one sees the earlier one's rows. What is over 30
    days old is not held against anything.
    """
    new = {column.series: column for column in _recent(columns, clock.now(actor.realm))}
    if not new:
        return
    await_turn(new)
    ids = touched(actor.realm, list(new.values()))
    if not ids:
        return
    thresholds = list(
        Threshold.objects.filter(pk__in=ids).select_related("series__station").order_by("pk")
    )
    stored = _stored(actor.realm, {row.pk: new[row.series_id].first_at for row in thresholds})
    looks = [_look(row, stored[row.pk], new[row.series_id]) for row in thresholds]
    found = samples(actor.realm, [(look.threshold, look.from_at) for look in looks])
    changes = [
        change
        for look in looks
        for change in _settle(actor.realm, look, found[look.threshold.pk])
    ]
    _keep(changes)
    changes += _combine(actor.realm, changes)
    told = [one for one in changes if one.crossing.threshold.part_of_id is None]
    for change in told:
        _tell(change)
    tell_arrivals([one.crossing for one in told if one.begins])


def close(actor: Actor, thresholds: Sequence[Threshold]) -> None:
    """End what goes on over bounds that are out of use; in drills without a word."""
    rows = Crossing.objects.filter(threshold__in=thresholds, ended_at=None)
    found = list(rows.select_related("threshold__series__station"))
    for row in found:
        row.ended_at, row.value_at_end = clock.now(row.realm), row.value
    Crossing.objects.bulk_update(found, FIELDS)
    for row in found:
        if row.realm == actor.realm and row.threshold.part_of_id is None:
            _tell_cleared(row)


def _recent(columns: Iterable[Column], now: datetime) -> Iterable[Column]:
    """Leave out what is too old to call for anything."""
    edge = at_text(now - STALE)
    for column in columns:
        if not column.values or max(column.values) < edge:
            continue
        if min(column.values) < edge:
            values = {at: value for at, value in column.values.items() if at >= edge}
            yield replace(column, values=values)
        else:
            yield column


def _stored(realm: str, since: dict[UUID, datetime]) -> dict[UUID, list[Crossing]]:
    """The crossings of thresholds that go on, or ended no earlier than a moment; one statement."""
    rows = Crossing.objects.filter(
        Q(ended_at=None) | Q(ended_at__gte=min(since.values())),
        realm=realm,
        threshold__in=list(since),
        is_void=False,
    )
    found: dict[UUID, list[Crossing]] = defaultdict(list)
    for row in rows.order_by("began_at"):
        if row.ended_at is None or row.ended_at >= since[row.threshold_id]:
            found[row.threshold_id].append(row)
    return found


def _look(threshold: Threshold, stored: list[Crossing], new: Column) -> _Look:
    """Readings in order continue the crossing; late ones have it counted anew from its start."""
    first_at, last = new.first_at, stored[-1] if stored else None
    if last and last.ended_at is None and first_at > last.seen_until:
        now = Spell(
            last.began_at, last.value, last.peak, last.peak_at, last.low_since,
            doubted=last.doubted,
        )  # fmt: skip
        return _Look(threshold, [last], first_at, now)
    from_at = min([first_at, *(row.began_at for row in stored)])
    return _Look(threshold, stored, from_at, None)


def _settle(realm: str, look: _Look, found: Sequence[Sample]) -> list[_Change]:
    """Bring the crossings of a threshold to what the samples say; nothing is written yet."""
    row, left, changes = look.threshold, list(look.stored), list[_Change]()
    if look.now:
        found = [sample for sample in found if sample.at >= look.from_at]
    for spell in spells(found, row.line, now=look.now):
        touched = [crossing for crossing in left if _overlap(crossing, spell)]
        if spell.ended_at and spell.ended_at < look.from_at and not touched:
            continue  # over before anything that is new: it stands as it was told
        left = [crossing for crossing in left if crossing not in touched]
        crossing = touched[-1] if touched else Crossing(realm=realm, threshold=row)
        # A late reading may join what was told as two: the earlier one stays as it was told. What is
        # told to nobody, as a condition is not, becomes one.
        is_told = row.part_of_id is None
        began_at = crossing.began_at if len(touched) > 1 and is_told else spell.began_at
        since = min(began_at, crossing.began_at) if touched else began_at
        left += [] if is_told else touched[:-1]
        change = _Change(crossing, not touched, crossing.ended_at is not None, since)
        for name, value in vars(replace(spell, began_at=began_at)).items():
            setattr(crossing, name, value)
        crossing.seen_until = found[-1].at if found else look.from_at
        changes.append(change)
    return changes + [_void(crossing) for crossing in left]


def _void(crossing: Crossing) -> _Change:
    """What it rested on does not stand any more."""
    change = _Change(crossing, False, crossing.ended_at is not None, crossing.began_at)
    crossing.is_void = True
    if crossing.ended_at is None:
        crossing.ended_at, crossing.value_at_end = crossing.seen_until, crossing.value
    return change


def _overlap(crossing: Crossing, spell: Spell) -> bool:
    return (crossing.ended_at is None or crossing.ended_at >= spell.began_at) and (
        spell.ended_at is None or spell.ended_at >= crossing.began_at
    )


def _keep(changes: Sequence[_Change]) -> None:
    """Write them. What has ended makes room first: a threshold has one open crossing at most."""
    Crossing.objects.bulk_update([row.crossing for row in changes if not row.is_new], FIELDS)
    Crossing.objects.bulk_create([row.crossing for row in changes if row.is_new])


def _combine(realm: str, changes: Sequence[_Change]) -> list[_Change]:
    """Count anew how many conditions are over at once, for the rules that have one that changed."""
    since: dict[UUID, datetime] = {}
    for change in changes:
        if whole := change.crossing.threshold.part_of_id:
            since[whole] = min(change.since, since.get(whole, change.since))
    if not since:
        return []
    wholes = Threshold.objects.filter(
        pk__in=since, is_active=True, statistic=Statistic.COUNT
    ).select_related("series__station")
    stored = _stored(realm, since)
    looks = []
    for row in wholes:
        from_at = min([since[row.pk], *(one.began_at for one in stored[row.pk])])
        looks.append(_Look(row, stored[row.pk], from_at, None))
    stretches = _stretches(realm, looks)
    found = [
        change
        for look in looks
        for change in _settle(
            realm, look, counts(stretches[look.threshold.pk], since=look.from_at)
        )
    ]
    _keep(found)
    return found


def _stretches(realm: str, looks: Sequence[_Look]) -> dict[UUID, list[Stretch]]:
    """When each condition of some rules was over, by rule; one statement."""
    found: dict[UUID, list[Stretch]] = defaultdict(list)
    if not looks:
        return found
    earliest = min(look.from_at for look in looks)
    rows = Crossing.objects.filter(
        Q(ended_at=None) | Q(ended_at__gte=earliest),
        realm=realm,
        is_void=False,
        threshold__part_of__in=[look.threshold for look in looks],
        threshold__is_active=True,
    )
    for whole, group, place, began_at, ended_at in rows.values_list(
        "threshold__part_of", "threshold__group", "threshold__place", "began_at", "ended_at"
    ):
        if whole:
            found[whole].append(Stretch(group or place, began_at, ended_at))
    return found


def _tell(change: _Change) -> None:
    """Say that it began, or goes on after all, and that it ended."""
    crossing, ended = change.crossing, change.crossing.ended_at is not None
    if change.is_new or (change.was_over and not ended):
        _tell_crossed(crossing)
    if ended and (change.is_new or not change.was_over):
        _tell_cleared(crossing)


def _unit(row: Threshold) -> str:
    """A rule counts groups of conditions, whatever its first series measures."""
    return str(_("组条件")) if row.statistic == Statistic.COUNT else row.series.unit


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
            unit=_unit(row),
            kind=row.kind,
            level=row.level,
            window_hours=(row.window_minutes or 0) // 60,
            window_minutes=row.window_minutes or 0,
            rule=sentence_of(row),
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
            unit=_unit(row),
            kind=row.kind,
            level=row.level,
            bound=plain(row.bound),
            value=plain(crossing.value_at_end or Decimal()),
            peak=plain(crossing.peak),
            at=crossing.ended_at.isoformat() if crossing.ended_at else "",
            is_void=crossing.is_void,
        ),
        audience={"county"},
        told=crossing.ended_at,
    )
