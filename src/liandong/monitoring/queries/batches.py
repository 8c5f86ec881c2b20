"""Batches as evidence: the rows they hold, the root over them, a proof for one."""

from liandong.kernel import merkle
from liandong.monitoring.models import Batch, Reading
from liandong.monitoring.signals.observations import Row, at_text


def leaves_of(batch: Batch) -> list[bytes]:
    """The lines that the batch's root vouches for, in their order."""
    readings = batch.readings.select_related("series__station")
    return [row.leaf() for row in sorted(_row(reading) for reading in readings)]


def is_intact(batch: Batch) -> bool:
    """Say whether the rows are still those that came in."""
    return merkle.root(leaves_of(batch), algorithm=batch.algorithm) == batch.root


def proof_of(reading: Reading) -> tuple[int, list[str]]:
    """Place and path of a reading in its batch: with them the root in the journal proves it."""
    leaves = leaves_of(reading.batch)
    index = leaves.index(_row(reading).leaf())
    return index, merkle.proof(leaves, index, algorithm=reading.batch.algorithm)


def _row(reading: Reading) -> Row:
    series = reading.series
    at, value = at_text(reading.at), f"{reading.value:.3f}"
    return Row(series.station.code, series.quantity, at, value, series.pk, reading.value)
