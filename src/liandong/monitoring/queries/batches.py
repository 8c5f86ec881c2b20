"""Batches as evidence: the rows they hold, the root over them, a proof for one."""

from operator import attrgetter

from liandong.kernel import merkle
from liandong.monitoring.models import Batch, Reading
from liandong.monitoring.signals.observations import Column, at_text


def leaves_of(batch: Batch) -> list[bytes]:
    """The lines that the batch's root vouches for, in their order."""
    columns: dict[int, Column] = {}
    for reading in batch.readings.select_related("series__station").order_by("series", "at"):
        series = reading.series
        column = columns.setdefault(
            series.pk, Column(series.station.code, series.quantity, series.pk)
        )
        column.values[at_text(reading.at)] = f"{reading.value:.3f}"
    ordered = sorted(columns.values(), key=attrgetter("place"))
    return [leaf for column in ordered for leaf in column.leaves()]


def is_intact(batch: Batch) -> bool:
    """Say whether the rows are still those that came in."""
    return merkle.root(leaves_of(batch), algorithm=batch.algorithm) == batch.root


def proof_of(reading: Reading) -> tuple[int, list[str]]:
    """Place and path of a reading in its batch: with them the root in the journal proves it."""
    series, at = reading.series, at_text(reading.at)
    alone = Column(
        series.station.code, series.quantity, series.pk, {at: f"{reading.value:.3f}"}
    )
    leaves = leaves_of(reading.batch)
    index = leaves.index(alone.leaves()[0])
    return index, merkle.proof(leaves, index, algorithm=reading.batch.algorithm)
