"""Handing what came in to whose business it is; until they take it over, it stays ours."""

from datetime import datetime

from liandong.command.actions.claims import demand_realm
from liandong.command.actions.signal import held_signal, stop_ringing
from liandong.command.events import (
    TransferAccepted,
    TransferMade,
    TransferRefused,
    TransferUrged,
)
from liandong.command.models import Call, Signal, Transfer
from liandong.command.permissions import Permission
from liandong.command.queries.address import name_of
from liandong.command.queries.signal import signal_rungs
from liandong.command.queries.transfer import visible_transfers
from liandong.command.rules.order import demand_words
from liandong.command.rules.signal import demand_move
from liandong.command.rules.transfer import ANSWER_WITHIN, demand_elsewhere, demand_receiver
from liandong.command.states import TRANSFER_MOVES, SignalState, TransferState
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor, system_actor
from liandong.kernel.problems import IllegalMove, Missing
from liandong.kernel.timers import drop_timers, set_timer
from liandong.kernel.wording import gettext as _
from liandong.messaging.actions import send_message
from liandong.messaging.permissions import Permission as Messaging
from liandong.organization import queries as organization
from liandong.organization.models import Body, Post

KIND = "command.transfer"
TIMER = "command.transfer_unanswered"


@action(Permission.TAKE_SIGNAL)
def transfer_signal(
    actor: Actor,
    *,
    signal: Signal,
    to_body: Body,
    text: str,
    reason: str,
    idempotency_key: str = "",
) -> Transfer:
    """Hand a signal to the unit, neighboring county or superior whose business it is.

    It rings no more, but lies with whoever handed it on until it is taken over. Publishes
    ``TransferMade`` and sends an urgent message where the body has a liaison. Refuses without
    content or reason, to one's own body, and what is settled or handed on already. Clause 二(二)2.
    """
    row = held_signal(actor, signal)
    demand_move(row, SignalState.TRANSFERRING)
    now = clock.now(row.realm)
    taken = {} if row.taken_at else {"taken_by": actor.label[:120], "taken_at": now}
    transfer = _made(actor, to_body, text, reason, signal=row)
    row.change(
        expected_version=row.version,
        state=SignalState.TRANSFERRING,
        taken_post=row.taken_post or actor.post,
        next_post=None,
        next_at=None,
        **taken,
    )
    stop_ringing(row)
    return transfer


@action(Permission.TAKE_SIGNAL)
def transfer_call(
    actor: Actor,
    *,
    call: Call,
    to_body: Body,
    text: str,
    reason: str,
    idempotency_key: str = "",
) -> Transfer:
    """Hand on a call that was registered here; its incident goes on until it is taken over.

    What then becomes of the incident, people decide. Publishes ``TransferMade``. Refuses without
    content or reason, to one's own body, and a call that was handed on and not answered yet.
    Clause 二(二)2.
    """
    demand_realm(actor, call)
    row = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    if row.transfers.filter(state=TransferState.WAITING).exists():
        raise IllegalMove(
            _("%(call)s已经移送，对方还没有答复。") % {"call": row},
            place=str(row),
            remedy=_("请催对方接收；对方不接的，请代录退回。"),
        )
    return _made(actor, to_body, text, reason, call=row)


@action(Permission.ANSWER_TRANSFER)
def accept_transfer(
    actor: Actor,
    *,
    transfer: Transfer,
    expected_version: int,
    answer: str = "",
    told_by: str = "",
    idempotency_key: str = "",
) -> Transfer:
    """Take over what was handed on; from now on it is theirs. Publishes ``TransferAccepted``.

    The desk may write down who said so by telephone. Refuses anybody else, and what was answered
    before. Clause 二(二)2.
    """
    row = _answered(actor, transfer, TransferState.ACCEPTED, expected_version, answer, told_by)
    if row.signal is not None and row.signal.state == SignalState.TRANSFERRING:
        row.signal.change(
            expected_version=row.signal.version,
            state=SignalState.TRANSFERRED,
            settled_by=row.answered_by,
            settled_at=row.answered_at,
            reason=(_("已由%(unit)s接收") % {"unit": row.to_body})[:500],
        )
    fact = TransferAccepted(
        subject_id=str(row.pk),
        to=str(row.to_body),
        by=row.answered_by,
        answer=row.answer,
        on_behalf=row.is_on_behalf,
    )
    happened(fact, incident=_incident(row), audience=row.audience)
    return row


@action(Permission.ANSWER_TRANSFER)
def refuse_transfer(
    actor: Actor,
    *,
    transfer: Transfer,
    answer: str,
    expected_version: int,
    told_by: str = "",
    idempotency_key: str = "",
) -> Transfer:
    """Send back what is not theirs either: it lies where it came in. Publishes ``TransferRefused``.

    The desk may write down who said so by telephone, and is told. Refuses without a reason,
    anybody else, and what was answered before. Clause 二(二)2.
    """
    demand_words(answer, field="answer", what=_("退回理由"))
    row = _answered(actor, transfer, TransferState.REFUSED, expected_version, answer, told_by)
    if row.signal is not None and row.signal.state == SignalState.TRANSFERRING:
        row.signal.change(expected_version=row.signal.version, state=SignalState.TAKEN)
    for leader in signal_rungs()[:1]:
        if not row.is_on_behalf:
            _tell(row, leader, _("移送被退回"))
    fact = TransferRefused(
        subject_id=str(row.pk),
        to=str(row.to_body),
        by=row.answered_by,
        answer=row.answer,
        on_behalf=row.is_on_behalf,
    )
    happened(fact, incident=_incident(row), audience=row.audience)
    return row


@action(Permission.ESCALATE_SIGNAL)
def urge_transfer(actor: Actor, *, transfer: Transfer, idempotency_key: str = "") -> Transfer:
    """Remind whom it was handed to, and tell the next above the desk besides. Publishes ``TransferUrged``.

    Comes back as often as there is time to answer. Does nothing for what was answered meanwhile.
    Keeps the version. Clause 二(二)2.
    """
    row = _held(actor, transfer)
    if not row.is_waiting:
        return row
    rungs = signal_rungs()
    # The first time the receiver alone is reminded.
    target = rungs[min(row.rung, len(rungs)) - 1] if rungs and row.rung else None
    changes = {
        "rung": row.rung + 1,
        "rung_post": target or row.rung_post,
        "audience": sorted({*row.audience, *([f"post:{target.pk}"] if target else [])}),
    }
    Transfer.objects.filter(pk=row.pk).update(**changes)
    for name, value in changes.items():
        setattr(row, name, value)
    if row.to_post is not None:
        _tell(row, row.to_post, _("请接收移送"))
    if target is not None:
        _tell(row, target, _("移送无人接收"))
    told = [name_of(one) for one in (row.to_post, target) if one is not None]
    fact = TransferUrged(
        subject_id=str(row.pk),
        to=str(row.to_body),
        rung=row.rung,
        told="、".join(told) or _("值班台"),
    )
    happened(fact, incident=_incident(row), audience=row.audience)
    _come_back(row, clock.now(row.realm) + ANSWER_WITHIN)
    return row


def _made(
    actor: Actor,
    to_body: Body,
    text: str,
    reason: str,
    *,
    signal: Signal | None = None,
    call: Call | None = None,
) -> Transfer:
    demand_words(text, field="text", what=_("移送内容"))
    demand_words(reason, field="reason", what=_("移送理由"))
    demand_elsewhere(actor, to_body)
    now = clock.now(actor.realm)
    liaison = organization.liaison_of(to_body)
    seen = {f"body:{to_body.pk}", *([f"post:{liaison.pk}"] if liaison else [])}
    transfer = Transfer.objects.create(
        realm=actor.realm,
        audience=sorted({"duty", *seen}),
        signal=signal,
        call=call,
        to_body=to_body,
        to_post=liaison,
        text=text.strip(),
        reason=reason.strip()[:500],
        sent_by=actor.label[:120],
        sent_post=actor.post,
        sent_at=now,
        answer_by=now + ANSWER_WITHIN,
    )
    if liaison is not None:
        _tell(transfer, liaison, _("移送给您"))
    fact = TransferMade(
        subject_id=str(transfer.pk),
        what=str(signal or call),
        to=str(to_body),
        reason=transfer.reason,
        text=transfer.text,
        answer_by=transfer.answer_by.isoformat(),
    )
    happened(fact, incident=_incident(transfer), audience=transfer.audience)
    _come_back(transfer, transfer.answer_by)
    return transfer


def _answered(
    actor: Actor,
    transfer: Transfer,
    state: TransferState,
    expected_version: int,
    answer: str,
    told_by: str,
) -> Transfer:
    row = _held(actor, transfer)
    on_behalf = demand_receiver(actor, row, told_by)
    TRANSFER_MOVES.check(row.state, state)
    row.change(
        expected_version=expected_version,
        state=state,
        answered_by=(told_by.strip() if on_behalf else actor.label)[:120],
        answered_at=clock.now(row.realm),
        answer=answer.strip()[:500],
        is_on_behalf=on_behalf,
    )
    drop_timers(realm=row.realm, subject_kind=KIND, subject_id=str(row.pk))
    return row


def _held(actor: Actor, transfer: Transfer) -> Transfer:
    rows = visible_transfers(actor).select_for_update(of=("self",))
    row = rows.filter(pk=transfer.pk).first()
    if row is None:
        raise Missing(_("没有这件移送，或者您所在岗位看不到它。"), remedy=_("请从值班台进入。"))
    return row


def _incident(transfer: Transfer) -> str:
    return str(transfer.call.incident_id) if transfer.call else ""


def _come_back(transfer: Transfer, due_at: datetime) -> None:
    set_timer(
        TIMER,
        realm=transfer.realm,
        due_at=due_at,
        subject_kind=KIND,
        subject_id=str(transfer.pk),
    )


def _tell(transfer: Transfer, target: Post, why: str) -> None:
    if organization.is_vacant(target):
        return
    sender = system_actor("timer", _("移送"), transfer.realm, Messaging.SEND_MESSAGE)
    send_message(
        sender,
        to_post=target,
        title=(_("%(why)s：%(what)s") % {"why": why, "what": transfer})[:200],
        text=transfer.text,
        subject_kind=KIND,
        subject_id=str(transfer.pk),
        audience=["duty", f"post:{target.pk}"],
        urgent=True,
        link=f"/command/transfers/{transfer.pk}/",
        idempotency_key=f"{transfer.pk}/{transfer.state}/{transfer.rung}/{target.pk}",
    )
