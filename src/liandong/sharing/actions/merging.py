"""Making one record of two that speak of the same thing."""

from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.sharing import rules
from liandong.sharing.actions.record import withdraw_record
from liandong.sharing.actions.writing import merged_row, write_records
from liandong.sharing.events import RecordsMerged
from liandong.sharing.models import Record
from liandong.sharing.permissions import Permission


@action(Permission.MERGE_RECORDS)
def merge_records(
    actor: Actor,
    *,
    record: Record,
    duplicate: Record,
    expected_version: int,
    idempotency_key: str = "",
) -> Record:
    """Fill what a record lacks from another of the same thing, and withdraw that other.

    Publishes ``RecordsMerged``, ``RecordWithdrawn``, and ``RecordChanged`` if something was filled
    in. Refuses records of two registers, one and the same, and withdrawn ones. Not for drills.
    Clause 二(一)1.
    """
    rules.demand_actual(actor)
    rules.demand_current(record)
    rules.demand_current(duplicate)
    if record.pk == duplicate.pk or record.kind != duplicate.kind:
        raise Invalid(
            _("这两条不能合并。"),
            place=str(record),
            remedy=_("请选同一登记簿里的另一条。"),
            fields={"duplicate": _("请选另一条")},
        )
    row, filled = merged_row(record, duplicate, expected_version)
    reason = _("与 %(other)s 合并") % {"other": duplicate.number}
    written = write_records(actor, record.register, [row], reason=reason)
    withdraw_record(
        actor,
        record=duplicate,
        reason=_("重复登记，并入 %(other)s") % {"other": record.number},
        expected_version=duplicate.version,
    )
    kept = [*written.changed, *written.same][0]
    fact = RecordsMerged(
        subject_id=str(kept.pk),
        number=kept.number,
        title=kept.name,
        merged=duplicate.number,
        fields=filled,
    )
    happened(fact, audience=kept.audience)
    return kept
