"""Bounds as pages list them, and what one would have told in the days past."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Prefetch, QuerySet

from liandong.kernel import clock
from liandong.monitoring.models import Crossing, Threshold
from liandong.monitoring.queries.samples import told_since
from liandong.monitoring.queries.sentences import sentence_of
from liandong.monitoring.signals.combinations import Stretch, counts
from liandong.monitoring.signals.crossings import Spell, spells
from liandong.monitoring.states import Statistic


def every_threshold() -> QuerySet[Threshold]:
    """The bounds and rules of the county with what they read as; conditions stand in their rules."""
    parts = Threshold.objects.filter(is_active=True).select_related("series__station")
    return (
        Threshold.objects.filter(part_of=None)
        .select_related("series__station", "issuer")
        .prefetch_related(
            Prefetch("parts", queryset=parts.order_by("place"), to_attr="conditions")
        )
    )


def reads_as(one: Any) -> str:
    """The sentence of a bound that ``every_threshold`` gave."""
    return sentence_of(one, parts=one.conditions)


def crossings_of(threshold: Threshold, realm: str, *, limit: int) -> list[Crossing]:
    """The last times it was crossed, newest first; without those that turned out to be void."""
    rows = Crossing.objects.filter(threshold=threshold, realm=realm, is_void=False)
    return list(rows.select_related("threshold__series").order_by("-began_at")[:limit])


def trial_of(
    threshold: Threshold, parts: Sequence[Threshold], realm: str, *, days: int
) -> list[Spell]:
    """When it would have been crossed in the days past, by the readings as they stand; nothing is kept."""
    since = clock.now(realm) - timedelta(days=days)
    rows = parts if threshold.statistic == Statistic.COUNT else [threshold]
    reach = max((row.measure.reach + row.line.reach for row in rows), default=timedelta())
    told = told_since(realm, {row.series_id for row in rows}, since - reach)
    found = {
        row.place: [
            spell
            for spell in spells(row.measure.samples(told.get(row.series_id, ())), row.line)
            if spell.ended_at is None or spell.ended_at > since
        ]
        for row in rows
    }
    if threshold.statistic != Statistic.COUNT:
        return found[threshold.place]
    stretches = [
        Stretch(row.group or row.place, spell.began_at, spell.ended_at)
        for row in rows
        for spell in found[row.place]
    ]
    return spells(counts(stretches, since=since), threshold.line)
