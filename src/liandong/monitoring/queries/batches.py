"""Batches as evidence: the rows they hold, the root over them, a proof for one."""

from operator import attrgetter

from django.db.models import QuerySet

from liandong.kernel import merkle
from liandong.monitoring.models import Batch, Reading, ReadingVersion
from liandong.monitoring.signals.observations import Column, at_text


def leaves_of(batch: Batch) -> list[bytes]:
    """The lines that the batch's root vouches for, in their order."""
    columns: dict[int, Column] = {}
    # Those that were corrected since stand among the former values, with this batch's name on them.
    for reading in (*_current(batch), *batch.versions.select_related("series__station")):
        series = reading.series
        column = columns.setdefault(
            series.pk, Column(series.station.code, series.quantity, series.pk)
        )
        column.values[at_text(reading.at)] = f"{reading.value:.3f}"
    ordered = sorted(columns.values(), key=attrgetter("place"))
    return [leaf for column in ordered for leaf in column.leaves()]


def _current(batch: Batch) -> QuerySet[Reading]:
    rows = batch.readings.select_related("series__station")
    if batch.first_at is None or batch.last_at is None:
        return rows.none()
    return rows.filter(at__gte=batch.first_at, at__lte=batch.last_at)


def is_intact(batch: Batch) -> bool:
    """Say whether the rows are still those that came in."""
    return merkle.root(leaves_of(batch), algorithm=batch.algorithm) == batch.root


def proof_of(reading: Reading | ReadingVersion) -> tuple[int, list[str]]:
    """Place and path of a reading in its batch: with them the root in the journal proves it."""
    series, at = reading.series, at_text(reading.at)
    alone = Column(
        series.station.code, series.quantity, series.pk, {at: f"{reading.value:.3f}"}
    )
    leaves = leaves_of(reading.batch)
    index = leaves.index(alone.leaves()[0])
    return index, merkle.proof(leaves, index, algorithm=reading.batch.algorithm)
