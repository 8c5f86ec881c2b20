"""A call of the duty telephone's book that turns out to be an emergency becomes a signal."""

from django.urls import reverse

from liandong.command.actions.signal import seen_by_desk
from liandong.command.events import PhoneRecordTakenUp
from liandong.command.models import Signal
from liandong.command.permissions import Permission
from liandong.command.states import SignalChannel, SignalState
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.organization.actions import link_phone_record
from liandong.organization.models import PhoneRecord


@action(Permission.TAKE_SIGNAL)
def take_up_phone_record(
    actor: Actor, *, record: PhoneRecord, expected_version: int, idempotency_key: str = ""
) -> Signal:
    """Make a signal of a call that was put down, in the hands of whoever does it; it does not ring.

    The call's record leads there and is closed by that. Publishes ``PhoneRecordTakenUp``. Refuses
    a record that is closed. Clause 二(二)2.
    """
    now = clock.now(actor.realm)
    signal = Signal(
        realm=actor.realm,
        audience=seen_by_desk(actor),
        channel=SignalChannel.PHONE,
        caller=record.caller,
        number=record.number,
        words=_words(record),
        received_at=record.called_at,
        raised_at=now,
        raised_by=actor.label[:120],
        state=SignalState.TAKEN,
        taken_by=actor.label[:120],
        taken_post=actor.post,
        taken_at=now,
    )
    signal.save(force_insert=True)
    happened(
        PhoneRecordTakenUp(
            subject_id=str(signal.pk), record=str(record), record_id=str(record.pk)
        ),
        audience=signal.audience,
        told=record.called_at,
    )
    link_phone_record(
        actor,
        record=record,
        subject_kind="command.signal",
        subject_id=str(signal.pk),
        subject_name=str(signal),
        subject_url=reverse("command:signal", args=[signal.pk]),
        expected_version=expected_version,
    )
    return signal


def _words(record: PhoneRecord) -> str:
    """Everything the record says, a line each, as the sheet of a call reads it."""
    said = (
        record.what,
        record.place and f"地点：{record.place}",
        record.occurred and f"事发时间：{record.occurred}",
        record.losses and f"伤亡损失：{record.losses}",
        record.measures and f"已采取措施、需要：{record.measures}",
    )
    return "\n".join(one for one in said if one)
