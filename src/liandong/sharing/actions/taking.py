"""Taking many records in at once, all or nothing."""

from collections.abc import Sequence

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.wording import gettext as _
from liandong.sharing import rules
from liandong.sharing.actions.writing import RecordRow, write_records
from liandong.sharing.events import RecordsTaken
from liandong.sharing.models import Taking
from liandong.sharing.permissions import Permission
from liandong.sharing.registers import register_of


@action(Permission.TAKE_RECORDS)
def take_records(
    actor: Actor,
    *,
    kind: str,
    rows: Sequence[RecordRow],
    source: str,
    digest: str = "",
    idempotency_key: str = "",
) -> Taking:
    """Enter and change many records of a register, in a few statements and one transaction.

    Rows with a number change that record, others are new; what is the same is confirmed.
    Publishes ``RecordEntered`` and ``RecordChanged`` of each, and ``RecordsTaken``. Refuses what
    ``enter_record`` refuses, for any one row. Not for drills. Clause 二(一)1.
    """
    rules.demand_actual(actor)
    register = register_of(kind)
    taking = Taking.objects.create(
        kind=kind,
        source=source[:200],
        digest=digest,
        new=0,
        changed=0,
        same=0,
        at=clock.now(actor.realm),
        by=actor.label[:200],
    )
    reason = _("导入 %(source)s") % {"source": source}
    written = write_records(actor, register, rows, reason=reason, taking=taking)
    taking.new, taking.changed = len(written.new), len(written.changed)
    taking.same = len(written.same)
    Taking.objects.filter(pk=taking.pk).update(
        new=taking.new, changed=taking.changed, same=taking.same
    )
    fact = RecordsTaken(
        subject_id=str(taking.pk),
        kind=str(register.title),
        source=taking.source,
        digest=digest,
        new=taking.new,
        changed=taking.changed,
        same=taking.same,
    )
    happened(fact, audience={"county"})
    return taking
