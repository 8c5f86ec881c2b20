"""Entering, changing, illustrating, confirming, withdrawing and restoring a record."""

from datetime import timedelta

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.files.models import File
from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.sharing import queries, rules
from liandong.sharing.actions.moving import move_records
from liandong.sharing.actions.writing import RecordRow, write_records
from liandong.sharing.events import RecordConfirmed, RecordFileAttached
from liandong.sharing.models import Record
from liandong.sharing.permissions import Permission
from liandong.sharing.registers import register_of
from liandong.sharing.states import RecordState


@action(Permission.ENTER_RECORD)
def enter_record(
    actor: Actor, *, kind: str, row: RecordRow, idempotency_key: str = ""
) -> Record:
    """Enter a thing in the register of its kind. Publishes ``RecordEntered``.

    Refuses what the register cannot hold, places outside China (WGS-84 is meant), and bodies the
    actor does not answer for. Not for drills. Clause 二(一)1.
    """
    rules.demand_actual(actor)
    if row.number:
        raise Invalid(
            _("新登记的编号由系统给出。"),
            place=row.number,
            remedy=_("请留空编号；要改已有的登记，请打开它再改。"),
            fields={"number": _("请留空")},
        )
    return write_records(actor, register_of(kind), [row]).new[0]


@action(Permission.ENTER_RECORD)
def change_record(
    actor: Actor,
    *,
    record: Record,
    row: RecordRow,
    reason: str = "",
    expected_version: int,
    idempotency_key: str = "",
) -> Record:
    """Say anew what a record says; what it said before stays in its history.

    Publishes ``RecordChanged``, or, if nothing differs, ``RecordConfirmed``. Refuses withdrawn
    records and what entering refuses. Not for drills. Clause 二(一)1.
    """
    rules.demand_actual(actor)
    given = {**vars(row), "number": record.number, "expected_version": expected_version}
    written = write_records(actor, record.register, [RecordRow(**given)], reason=reason)
    if not written.changed:
        return confirm_record(actor, record=record, expected_version=expected_version)
    return written.changed[0]


@action(Permission.CONFIRM_RECORD)
def confirm_record(
    actor: Actor, *, record: Record, expected_version: int, idempotency_key: str = ""
) -> Record:
    """Say that all a record says is still so. Publishes ``RecordConfirmed``.

    It is due again after the register's days. Refuses withdrawn records. Not for drills.
    Clause 二(一)1.
    """
    rules.demand_actual(actor)
    rules.demand_keeper(actor, Permission.CONFIRM_RECORD, [record.body_id])
    rules.demand_current(record)
    due_on = queries.today() + timedelta(days=record.register.freshness_days)
    record.change(
        expected_version=expected_version, confirmed_at=clock.now(actor.realm), due_on=due_on
    )
    fact = RecordConfirmed(
        subject_id=str(record.pk),
        kind=record.kind,
        number=record.number,
        title=record.name,
        due_on=due_on.isoformat(),
    )
    happened(fact, audience=record.audience)
    return record


@action(Permission.ENTER_RECORD)
def attach_record_file(
    actor: Actor, *, record: Record, file: File, idempotency_key: str = ""
) -> File:
    """Put a stored photograph or paper to a record. Publishes ``RecordFileAttached``.

    Not for drills. Clause 二(一)1.
    """
    rules.demand_actual(actor)
    rules.demand_keeper(actor, Permission.ENTER_RECORD, [record.body_id])
    fact = RecordFileAttached(
        subject_id=str(record.pk),
        number=record.number,
        title=record.name,
        file_id=str(file.pk),
        file_name=file.name,
    )
    happened(fact, audience=record.audience)
    return file


@action(Permission.WITHDRAW_RECORD)
def withdraw_record(
    actor: Actor,
    *,
    record: Record,
    reason: str,
    expected_version: int,
    idempotency_key: str = "",
) -> Record:
    """Take a record out of use, with the reason; it can be restored. Publishes ``RecordWithdrawn``.

    Refuses a blank reason and what is withdrawn already. Not for drills. Clause 二(一)1.
    """
    _move(actor, record, RecordState.WITHDRAWN, reason, expected_version)
    return record


@action(Permission.WITHDRAW_RECORD)
def restore_record(
    actor: Actor,
    *,
    record: Record,
    reason: str,
    expected_version: int,
    idempotency_key: str = "",
) -> Record:
    """Let a withdrawn record count again. Publishes ``RecordRestored``.

    Refuses a blank reason and what is in use. Not for drills. Clause 二(一)1.
    """
    _move(actor, record, RecordState.CURRENT, reason, expected_version)
    return record


def _move(
    actor: Actor, record: Record, state: RecordState, reason: str, expected_version: int
) -> None:
    """Move a record and keep the move in its history."""
    rules.demand_actual(actor)
    if not reason.strip():
        raise Invalid(
            _("请写明理由。"),
            place=str(record),
            remedy=_("如“已拆除”“重复登记”。"),
            fields={"reason": _("请填写这一项")},
        )
    record.version = expected_version  # what was seen; the database says whether it is still so
    move_records(actor, [record], state, reason=reason.strip())
