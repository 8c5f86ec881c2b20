"""Withdrawing and restoring records, one or many, in the same few statements."""

from collections.abc import Sequence

from liandong.kernel import clock
from liandong.kernel.actions import happened
from liandong.kernel.actors import Actor
from liandong.kernel.versions import change_all
from liandong.sharing import rules
from liandong.sharing.actions.writing import snapshot_of
from liandong.sharing.events import RecordRestored, RecordWithdrawn
from liandong.sharing.models import Record, RecordVersion, Taking
from liandong.sharing.permissions import Permission
from liandong.sharing.states import RECORD_MOVES, Deed, RecordState


def move_records(
    actor: Actor,
    records: Sequence[Record],
    state: RecordState,
    *,
    reason: str,
    taking: Taking | None = None,
) -> None:
    """Move records into a state, keep each move in its history, and tell of it.

    Raises ``Forbidden`` for those the actor does not keep, ``IllegalMove`` for those that stand in
    that state already, ``Stale`` for those no longer as they were read.
    """
    if not records:
        return
    rules.demand_keeper(actor, Permission.WITHDRAW_RECORD, {one.body_id for one in records})
    for one in records:
        RECORD_MOVES.check(one.state, state)
    now, is_withdrawn = clock.now(actor.realm), state == RecordState.WITHDRAWN
    change_all(records, state=state, changed_at=now)
    for one in records:
        one.state, one.changed_at = state, now
    RecordVersion.objects.bulk_create(
        [
            RecordVersion(
                record=one,
                number=one.version,
                deed=Deed.WITHDRAWN if is_withdrawn else Deed.RESTORED,
                snapshot=snapshot_of(one),
                reason=reason[:500],
                at=now,
                by=actor.label[:200],
                taking=taking,
            )
            for one in records
        ],
        batch_size=2000,
    )
    told = RecordWithdrawn if is_withdrawn else RecordRestored
    for one in records:
        fact = told(
            subject_id=str(one.pk),
            kind=one.kind,
            number=one.number,
            title=one.name,
            reason=reason,
        )
        happened(fact, audience=one.audience)
