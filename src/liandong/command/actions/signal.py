"""Signals: they ring, climb, are taken, handed on or dismissed; none is lost."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from liandong.command.events import (
    SignalClimbed,
    SignalDismissed,
    SignalHanded,
    SignalPasted,
    SignalRaised,
    SignalTaken,
)
from liandong.command.models import Signal
from liandong.command.permissions import Permission
from liandong.command.queries.address import name_of
from liandong.command.queries.signal import signal_rungs, visible_signals
from liandong.command.rules.order import demand_words
from liandong.command.rules.signal import (
    RINGS_FOR,
    demand_content,
    demand_move,
    demand_not_ahead,
)
from liandong.command.states import SignalChannel, SignalState
from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor, system_actor
from liandong.kernel.problems import IllegalMove, Missing
from liandong.kernel.timers import drop_timers, set_timer
from liandong.kernel.wording import gettext as _
from liandong.messaging.actions import send_message
from liandong.messaging.permissions import Permission as Messaging
from liandong.organization.models import Post

KIND = "command.signal"
TIMER = "command.signal_untaken"


@action(Permission.RAISE_SIGNAL)
def raise_signal(
    actor: Actor,
    *,
    channel: SignalChannel,
    caller: str = "",
    number: str = "",
    words: str = "",
    received_at: datetime | None = None,
    idempotency_key: str = "",
) -> Signal:
    """Let the duty desk ring: a call comes in, a village sends word, a neighbor tells.

    Publishes ``SignalRaised`` and sets the timer after which the next is rung. Refuses a signal
    that says neither who nor what, and one from the future. Clause 二(二)2.
    """
    now = clock.now(actor.realm)
    demand_content(caller, number, words)
    demand_not_ahead(received_at, now)
    rungs = signal_rungs()
    signal = Signal(
        realm=actor.realm,
        channel=SignalChannel(channel),
        caller=caller.strip()[:120],
        number=number.strip()[:40],
        words=words.strip(),
        received_at=min(received_at or now, now),
        raised_at=now,
        raised_by=actor.label[:120],
        next_post=rungs[0] if rungs else None,
        next_at=now + RINGS_FOR if rungs else None,
    )
    signal.audience = seen_by_desk(actor)
    signal.save(force_insert=True)
    _come_back(signal)
    fact = SignalRaised(
        subject_id=str(signal.pk),
        channel=str(SignalChannel(signal.channel).label),
        caller=signal.caller,
        number=signal.number,
        words=signal.words,
        received_at=signal.received_at.isoformat(),
        next_post=name_of(rungs[0]) if rungs else "",
    )
    happened(fact, audience=signal.audience, told=received_at)
    return signal


@action(Permission.TAKE_SIGNAL)
def paste_signal(
    actor: Actor,
    *,
    signal_id: UUID,
    words: str,
    channel: SignalChannel = SignalChannel.WECHAT,
    files: Sequence[str] = (),
    idempotency_key: str = "",
) -> Signal:
    """Keep what was copied in from a chat, in the hands of whoever did it; it does not ring.

    ``files`` are ids of files stored about this signal. Publishes ``SignalPasted``. Refuses what
    has neither words nor files. Clause 二(二)2.
    """
    now = clock.now(actor.realm)
    if not files:
        demand_words(words, field="words", what=_("聊天内容"))
    signal = Signal(
        pk=signal_id,
        realm=actor.realm,
        audience=seen_by_desk(actor),
        channel=SignalChannel(channel),
        words=words.strip(),
        received_at=now,
        raised_at=now,
        raised_by=actor.label[:120],
        state=SignalState.TAKEN,
        taken_by=actor.label[:120],
        taken_post=actor.post,
        taken_at=now,
    )
    signal.save(force_insert=True)
    fact = SignalPasted(
        subject_id=str(signal.pk),
        channel=str(SignalChannel(channel).label),
        caller="",
        words=signal.words,
        files="、".join(files),
    )
    happened(fact, audience=signal.audience)
    return signal


@action(Permission.TAKE_SIGNAL)
def take_signal(actor: Actor, *, signal: Signal, idempotency_key: str = "") -> Signal:
    """Answer: it rings no more, anywhere. Publishes ``SignalTaken``.

    Of two who answer at once the second is told who was first; taking one's own again does
    nothing. Asks for no version: a signal that climbed meanwhile is still to be taken.
    Clause 二(二)2.
    """
    row = held_signal(actor, signal)
    if row.state == SignalState.TAKEN and row.taken_post == actor.post:
        return row
    demand_move(row, SignalState.TAKEN)
    now = clock.now(actor.realm)
    row.change(
        expected_version=row.version,
        state=SignalState.TAKEN,
        taken_by=actor.label[:120],
        taken_post=actor.post,
        taken_at=now,
        next_post=None,
        next_at=None,
    )
    waited = max(0, int((now - row.raised_at).total_seconds()))
    fact = SignalTaken(subject_id=str(row.pk), who=actor.label, waited_seconds=waited)
    happened(fact, audience=row.audience)
    stop_ringing(row)
    return row


@action(Permission.TAKE_SIGNAL)
def hand_to_leader(actor: Actor, *, signal: Signal, idempotency_key: str = "") -> Signal:
    """Pass a signal to the leader of the shift, where it rings until taken.

    Publishes ``SignalHanded``; where the leader does not answer either, it rings for all again.
    Refuses while no leader's chair is filled, from the leader's own, and what is settled.
    Clause 二(二)2.
    """
    row = held_signal(actor, signal)
    demand_move(row, SignalState.HANDED)
    rungs = signal_rungs()
    if not rungs:
        raise Missing(
            _("带班领导岗位空缺，没有人可转。"),
            place=_("带班领导"),
            remedy=_("请自己接听登记，或先在组织页安排任职。"),
        )
    if str(rungs[0].pk) == actor.post:
        raise IllegalMove(_("您就是带班领导。"), place=str(row), remedy=_("请直接接听。"))
    row.change(
        expected_version=row.version,
        state=SignalState.HANDED,
        rung=1,
        rung_post=rungs[0],
        next_post=rungs[1] if len(rungs) > 1 else None,
        next_at=clock.now(row.realm) + RINGS_FOR,
        audience=sorted({*row.audience, f"post:{rungs[0].pk}"}),
    )
    _tell(row, rungs[0], _("转您接听"))
    fact = SignalHanded(subject_id=str(row.pk), told=name_of(rungs[0]))
    happened(fact, audience=row.audience)
    _come_back(row)
    return row


@action(Permission.ESCALATE_SIGNAL)
def climb_signal(actor: Actor, *, signal: Signal, idempotency_key: str = "") -> Signal:
    """Ring the next besides, and come back; one that was handed over rings for all again.

    Publishes ``SignalClimbed`` and sends an urgent message. Does nothing for a signal that was
    taken meanwhile, and stops at the top: it goes on ringing there. Keeps the version.
    Clause 二(二)2.
    """
    row = held_signal(actor, signal)
    if not row.is_waiting:
        return row
    rungs = signal_rungs()
    target = rungs[row.rung] if row.rung < len(rungs) else None
    changes = {
        "state": SignalState.RINGING,
        "rung": min(row.rung + 1, len(rungs)),
        "rung_post": target or row.rung_post,
        "next_post": rungs[row.rung + 1] if row.rung + 1 < len(rungs) else None,
        "next_at": clock.now(row.realm) + RINGS_FOR if row.rung + 1 < len(rungs) else None,
    }
    if target:
        changes["audience"] = sorted({*row.audience, f"post:{target.pk}"})
    Signal.objects.filter(pk=row.pk).update(**changes)
    for name, value in changes.items():
        setattr(row, name, value)
    if target:
        _tell(row, target, _("响铃无人接听"))
    fact = SignalClimbed(
        subject_id=str(row.pk),
        rung=row.rung,
        rung_post=str(target.pk) if target else "",
        told=name_of(target) if target else _("值班台全体"),
    )
    happened(fact, audience=row.audience)
    _come_back(row)
    return row


@action(Permission.TAKE_SIGNAL)
def dismiss_signal(
    actor: Actor, *, signal: Signal, reason: str, idempotency_key: str = ""
) -> Signal:
    """Let it be: a wrong number, a repetition, nothing for the county. Publishes ``SignalDismissed``.

    Refuses without a reason, and what is settled. Clause 二(二)2.
    """
    demand_words(reason, field="reason", what=_("不作登记的原因"))
    row = held_signal(actor, signal)
    demand_move(row, SignalState.DISMISSED)
    settle(actor, row, SignalState.DISMISSED, reason=reason.strip()[:500])
    fact = SignalDismissed(subject_id=str(row.pk), reason=row.reason)
    happened(fact, audience=row.audience)
    stop_ringing(row)
    return row


def settle(actor: Actor, signal: Signal, state: SignalState, **more: object) -> None:
    """Bring a signal to its end, within the caller's transaction."""
    now = clock.now(signal.realm)
    taken = {} if signal.taken_at else {"taken_by": actor.label[:120], "taken_at": now}
    signal.change(
        expected_version=signal.version,
        state=state,
        settled_by=actor.label[:120],
        settled_at=now,
        next_post=None,
        next_at=None,
        **taken,
        **more,
    )


def stop_ringing(signal: Signal) -> None:
    """Take its timer away; last, as every action does."""
    drop_timers(realm=signal.realm, subject_kind=KIND, subject_id=str(signal.pk))


def held_signal(actor: Actor, signal: Signal) -> Signal:
    """Return the signal as it is now, held so that nobody else takes it meanwhile."""
    rows = visible_signals(actor).select_for_update(of=("self",))
    row = rows.filter(pk=signal.pk).first()
    if row is None:
        raise Missing(_("没有这条信号，或者您所在岗位看不到它。"), remedy=_("请从值班台进入。"))
    return row


def seen_by_desk(actor: Actor) -> list[str]:
    """Who sees a signal: the desk, and whoever raised it."""
    own = {f"account:{actor.account}"} if actor.account else set()
    return sorted({"duty", *own})


def _come_back(signal: Signal) -> None:
    if signal.next_at:
        set_timer(
            TIMER,
            realm=signal.realm,
            due_at=signal.next_at,
            subject_kind=KIND,
            subject_id=str(signal.pk),
        )


def _tell(signal: Signal, target: Post, why: str) -> None:
    sender = system_actor("timer", _("响铃"), signal.realm, Messaging.SEND_MESSAGE)
    send_message(
        sender,
        to_post=target,
        title=(_("%(why)s：%(signal)s") % {"why": why, "signal": signal})[:200],
        text=signal.words or str(signal),
        subject_kind=KIND,
        subject_id=str(signal.pk),
        audience=["duty", f"post:{target.pk}"],
        urgent=True,
        link=f"/command/signals/{signal.pk}/",
        idempotency_key=f"{signal.pk}/{signal.version}/{signal.rung}",
    )
