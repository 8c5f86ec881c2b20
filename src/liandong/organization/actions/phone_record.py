"""The duty telephone's book: a call is put down, followed, made into something, and closed."""

from datetime import datetime, timedelta

from django.db.models import Max
from django.utils.timezone import localtime

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.problems import IllegalMove, Invalid
from liandong.kernel.statements import execute
from liandong.kernel.wording import gettext as _
from liandong.organization.actions.keeping import keep
from liandong.organization.events import (
    PhoneRecordClosed,
    PhoneRecordFollowed,
    PhoneRecordLinked,
    PhoneRecordTaken,
)
from liandong.organization.models import PhoneRecord
from liandong.organization.permissions import Permission
from liandong.organization.states import PHONE_RECORD_MOVES, PhoneRecordState

AUDIENCE = ["duty"]
AHEAD = timedelta(minutes=5)


@action(Permission.KEEP_PHONE_RECORD)
def take_phone_record(
    actor: Actor,
    *,
    caller: str,
    what: str,
    called_at: datetime | None = None,
    number: str = "",
    occurred: str = "",
    place: str = "",
    losses: str = "",
    measures: str = "",
    closed: bool = False,
    idempotency_key: str = "",
) -> PhoneRecord:
    """Put a call down. Publishes ``PhoneRecordTaken``, and ``PhoneRecordClosed`` if that was all.

    Refuses one without caller or matter, and one from the future. Records are numbered by day.
    Clause 二(一)2.
    """
    now = clock.now(actor.realm)
    _refuse_wrong(caller, what, called_at, now)
    at = min(called_at or now, now)
    day = localtime(at).date()
    row = PhoneRecord(
        realm=actor.realm,
        audience=AUDIENCE,
        day=day,
        ordinal=_next(actor.realm, day.isoformat()),
        called_at=at,
        caller=caller.strip()[:120],
        number=number.strip()[:40],
        occurred=occurred.strip()[:60],
        place=place.strip()[:300],
        what=what.strip(),
        losses=losses.strip()[:500],
        measures=measures.strip()[:1000],
        recorded_by=actor.label[:200],
        recorded_at=now,
    )
    keep(row)
    happened(
        PhoneRecordTaken(
            subject_id=str(row.pk),
            number=str(row),
            caller=row.caller,
            called_at=at.isoformat(),
            occurred=row.occurred,
            place=row.place,
            what=row.what,
            losses=row.losses,
            measures=row.measures,
        ),
        audience=AUDIENCE,
        told=called_at,
    )
    if closed:
        _close(actor, row, str(_("已答复")), row.version)
    return row


@action(Permission.KEEP_PHONE_RECORD)
def follow_phone_record(
    actor: Actor,
    *,
    record: PhoneRecord,
    note: str,
    expected_version: int,
    idempotency_key: str = "",
) -> PhoneRecord:
    """Put down what was done about a call: whom one told, what they said.

    Publishes ``PhoneRecordFollowed``. Refuses a blank note and a call that is closed.
    """
    said = note.strip()
    if not said:
        raise Invalid(_("请写明跟进情况。"), fields={"note": _("请填写这一项")})
    if record.state != PhoneRecordState.OPEN:
        raise IllegalMove(_("这条记录已经办结。"), place=str(record), remedy=_("请另记一条。"))
    record.change(expected_version=expected_version)
    happened(
        PhoneRecordFollowed(subject_id=str(record.pk), number=str(record), note=said[:500]),
        audience=AUDIENCE,
    )
    return record


@action(Permission.KEEP_PHONE_RECORD)
def close_phone_record(
    actor: Actor,
    *,
    record: PhoneRecord,
    outcome: str,
    expected_version: int,
    idempotency_key: str = "",
) -> PhoneRecord:
    """Say that nothing is left to do about a call. Publishes ``PhoneRecordClosed``.

    Refuses a blank outcome and a call that is closed.
    """
    said = outcome.strip()
    if not said:
        raise Invalid(_("请写明处理结果。"), fields={"outcome": _("请填写这一项")})
    _close(actor, record, said[:500], expected_version)
    return record


@action(Permission.KEEP_PHONE_RECORD)
def link_phone_record(
    actor: Actor,
    *,
    record: PhoneRecord,
    subject_kind: str,
    subject_id: str,
    subject_name: str,
    subject_url: str,
    expected_version: int,
    idempotency_key: str = "",
) -> PhoneRecord:
    """Say what an app above made of a call, which is closed by that. Publishes ``PhoneRecordLinked``.

    Refuses a call that is closed.
    """
    record.change(
        expected_version=expected_version,
        subject_kind=subject_kind[:60],
        subject_id=str(subject_id)[:64],
        subject_name=subject_name[:200],
        subject_url=subject_url[:300],
    )
    happened(
        PhoneRecordLinked(
            subject_id=str(record.pk),
            number=str(record),
            linked_kind=subject_kind,
            linked_id=str(subject_id),
            subject_name=subject_name,
        ),
        audience=AUDIENCE,
    )
    outcome = _("已转为%(name)s") % {"name": subject_name}
    _close(actor, record, str(outcome)[:500], record.version)
    return record


def _close(actor: Actor, row: PhoneRecord, outcome: str, expected_version: int) -> None:
    PHONE_RECORD_MOVES.check(row.state, PhoneRecordState.CLOSED)
    row.change(
        expected_version=expected_version,
        state=PhoneRecordState.CLOSED,
        outcome=outcome,
        closed_by=actor.label[:200],
        closed_at=clock.now(actor.realm),
    )
    happened(
        PhoneRecordClosed(subject_id=str(row.pk), number=str(row), outcome=outcome),
        audience=AUDIENCE,
    )


def _next(realm: str, day: str) -> int:
    """The day's next number; who takes one holds the day until the transaction ends."""
    execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"phone_record/{realm}/{day}"])
    last = PhoneRecord.objects.filter(realm=realm, day=day).aggregate(last=Max("ordinal"))
    return int(last["last"] or 0) + 1


def _refuse_wrong(caller: str, what: str, at: datetime | None, now: datetime) -> None:
    fields = {}
    if not caller.strip():
        fields["caller"] = _("请填写这一项")
    if not what.strip():
        fields["what"] = _("请填写这一项")
    if at and at > now + AHEAD:
        fields["called_at"] = _("来电时间不能晚于现在")
    if fields:
        raise Invalid(_("电话记录有误。"), remedy=_("请按提示改正。"), fields=fields)
