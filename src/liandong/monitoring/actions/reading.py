"""Taking readings in: telemetry, a batch at a time, with one entry for all of it."""

from collections.abc import Sequence
from dataclasses import asdict
from operator import attrgetter

from django.conf import settings

from liandong.kernel import clock, merkle
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.ids import uuid7
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.monitoring import queries, rules
from liandong.monitoring.actions.crossing import evaluate
from liandong.monitoring.actions.reading_quality import hold, review
from liandong.monitoring.actions.reading_rows import Arrival, store
from liandong.monitoring.events import ReadingsReceived
from liandong.monitoring.models import Batch
from liandong.monitoring.permissions import Permission
from liandong.monitoring.signals.observations import Column, Observation, Refusal

MOST_REFUSALS = 1000


@action(Permission.RECORD_READINGS)
def record_readings(
    actor: Actor,
    *,
    readings: Sequence[Observation],
    source: str,
    refused: Sequence[Refusal] = (),
    filed: bool = False,
    idempotency_key: str = "",
) -> Batch:
    """Store readings and hold them against the thresholds. Publishes ``ReadingsReceived`` once.

    The batch tells what became of each row. Taken row by row: late and out of order is fine; the
    same again is counted and passed over; another value for the same time corrects the first, if it
    comes from where the first came from or from somebody who may correct, and the first is kept.
    What is strange is stored and flagged, and triggers nothing alone. Unknown stations and series and
    what is no number are refused. ``filed``: the figures of a form, which nothing else may write.
    ``refused`` are rows that could not even be read. Publishes ``ThresholdCrossed`` and
    ``ThresholdCleared`` for times of the last 30 days. Refuses a batch without any row.
    """
    if not readings and not refused:
        raise Invalid(
            _("没有读数。"),
            place="readings",
            remedy=_("请至少送一条读数；没有新读数时不必报送。"),
        )
    now = clock.now(actor.realm)
    measured = queries.measured_at({said.station_code for said in readings}, filed=filed)
    sifted = rules.sift(readings, {place: row.pk for place, row in measured.items()}, now)
    sifted.refusals += refused
    limits = {row.pk: rules.limits_of(row) for row in measured.values()}
    latest = hold(actor.realm, sifted.columns.values())
    may_correct = actor.may(Permission.CORRECT_READINGS)
    arrival = Arrival(uuid7(), actor.realm, now, source[:100], may_correct)
    columns = store(arrival, readings, sifted, limits)
    changed = review(arrival, columns, limits, latest)
    batch = _keep(arrival, actor, columns, sifted)
    evaluate(actor, changed)
    return batch


def _keep(
    arrival: Arrival, actor: Actor, columns: Sequence[Column], sifted: rules.Sifted
) -> Batch:
    """Write the batch and its entry: the root vouches for every row that was stored."""
    algorithm = settings.JOURNAL_ALGORITHM
    leaves = [leaf for column in columns for leaf in column.leaves()]
    sifted.refusals.sort(key=attrgetter("row"))
    first_at = min((min(column.values) for column in columns), default="")
    last_at = max((max(column.values) for column in columns), default="")
    batch = Batch.objects.create(
        id=arrival.id,
        realm=arrival.realm,
        source=arrival.source,
        sender=actor.account or None,
        received_at=arrival.at,
        count=len(leaves),
        corrected=sifted.corrected,
        suspect=sum(column.doubted for column in columns),
        duplicates=sifted.duplicates,
        rejected=len(sifted.refusals),
        refusals=[asdict(refusal) for refusal in sifted.refusals[:MOST_REFUSALS]],
        algorithm=algorithm,
        root=merkle.root(leaves, algorithm=algorithm),
        first_at=first_at or None,
        last_at=last_at or None,
    )
    happened(
        ReadingsReceived(
            subject_id=str(batch.pk),
            source=batch.source,
            count=batch.count,
            duplicates=batch.duplicates,
            rejected=batch.rejected,
            algorithm=algorithm,
            root=batch.root,
            first_at=first_at,
            last_at=last_at,
            corrected=batch.corrected,
            suspect=batch.suspect,
        ),
        audience={"county"},
    )
    return batch
