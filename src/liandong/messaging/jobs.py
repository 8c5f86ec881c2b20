"""What messaging does by the clock: the dialer looks at its lines, those who go are told."""

from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from django.conf import settings

from liandong.kernel import clock
from liandong.kernel.actors import Actor, system_actor
from liandong.kernel.problems import Invalid
from liandong.kernel.timers import Due, set_timer, timer
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import recorded
from liandong.messaging import actions, queries
from liandong.messaging.actions import CallReport, lines
from liandong.messaging.adapters.carrier import AwayError, DoubtfulError, RefusedError
from liandong.messaging.adapters.voice import Call, Gateway
from liandong.messaging.models import CallAttempt, CallOut
from liandong.messaging.permissions import Permission
from liandong.messaging.states import AttemptState

PLACE = "messaging.place"
LOOK_SECONDS = 5
LATE_SECONDS = 10
ASK_AGAIN_SECONDS = 10
AT_ONCE = 40

gateway = Gateway()


@timer(actions.DIAL)
def dial(due: Due) -> None:
    """Give every free line to whoever is next, and look again when somebody's pause is over.

    A call that ends wakes the dialer too; it looks every few seconds for those of which nothing is
    heard. The gateway hears of it by a timer of its own: what is noted here has to be committed first.
    """
    realm, now = due.realm, clock.now(due.realm)
    actor = _dialer(realm)
    with recorded():
        _ask_about_late_calls(actor)
        actions.settle_the_unreachable(actor)
    channel = queries.voice_channel(realm)
    if not channel.retry_at or channel.retry_at <= now:
        # One that is away is tried with a single call: the rest keep their turn.
        if channel.away_since is None:
            lines.claim(realm, now, most=settings.VOICE_LINES)
        elif not queries.attempts_to_place(realm):
            lines.claim(realm, now, most=1)
        set_timer(
            PLACE, realm=realm, due_at=now, subject_kind=due.subject_kind, subject_id=realm
        )
    if queries.is_calling(realm):
        at_last = now + timedelta(seconds=LOOK_SECONDS)
        actions.wake_dialer(realm, min(queries.next_in_turn(realm, now) or at_last, at_last))


@timer(PLACE)
def place(due: Due) -> None:
    """Hand over to the gateway every call that was noted; under its key, as often as needed."""
    with recorded():
        _place(due.realm)


def _place(realm: str) -> None:
    actor = _dialer(realm)
    placed: list[UUID] = []
    refused: list[CallReport] = []
    away = ""
    attempts = queries.attempts_to_place(realm)[:AT_ONCE]
    for attempt in attempts:
        try:
            gateway.place(_call(attempt))
            placed.append(attempt.pk)
        except AwayError as trouble:
            away = str(trouble)
            break
        except DoubtfulError as trouble:
            away = str(trouble)
            # It may have been taken all the same: whatever becomes of it is asked of the gateway.
            lines.mark_asked([attempt.pk], clock.now(realm))
            break
        except RefusedError as trouble:
            refused.append(CallReport(key=attempt.pk, result="wrong_number"))
            attempt.trouble = str(trouble)[:300]
    moment = clock.now(realm)
    lines.mark_placed(placed, moment)
    if refused:
        actions.take_call_reports(actor, reports=refused)
    if attempts:
        actions.note_channel(actor, trouble=away)


def _ask_about_late_calls(actor: Actor) -> None:
    """Ask what became of calls of which nothing was heard."""
    realm, now = actor.realm, clock.now(actor.realm)
    late = timedelta(seconds=LATE_SECONDS + settings.VOICE_RING_SECONDS)
    again = now - timedelta(seconds=ASK_AGAIN_SECONDS)
    asked: list[UUID] = []
    reports: list[CallReport] = []
    for attempt in queries.attempts_to_ask_about(realm, since=now - late, again=again):
        seconds = timedelta(seconds=attempt.callee.call_out.seconds)
        if attempt.placed_at and attempt.placed_at + late + seconds > now:
            continue
        asked.append(attempt.pk)
        try:
            reports += _heard_of(attempt)
        except (AwayError, DoubtfulError):
            break
    lines.mark_asked(asked, now)
    if reports:
        actions.take_call_reports(actor, reports=reports)


def _heard_of(attempt: CallAttempt) -> list[CallReport]:
    """What the gateway says of a call. One it does not know was never made, or was lost by it."""
    now = clock.now(attempt.callee.call_out.realm)
    try:
        report = gateway.outcome(attempt.pk)
    except LookupError:
        if attempt.state == AttemptState.CLAIMED:
            lines.drop([attempt.pk], now)
            return []
        return [CallReport(key=attempt.pk, result="unknown")]
    if report is None and attempt.state == AttemptState.CLAIMED:
        lines.mark_placed([attempt.pk], now)
    return [report] if report else []


@timer(actions.TELL_GOERS)
def tell_goers(due: Due) -> None:
    """Tell whoever has to go, all of theirs at once."""
    call_out = CallOut.objects.get(pk=due.subject_id)
    actor = system_actor(
        "timer", _("叫应"), due.realm, Permission.RECORD_ANSWER, Permission.SEND_MESSAGE
    )
    actions.tell_goers(actor, call_out=call_out, idempotency_key=due.key)


@timer(actions.CONTACT_TEST)
def test_contacts(due: Due) -> None:
    """Test a part of the numbers every week, by day; not while people are called in earnest."""
    now = clock.now(due.realm)
    actions.set_next_test(now)
    actor = system_actor("timer", _("试呼"), due.realm, Permission.START_CALL_OUT)
    if actions.is_test_due(due.at, now) and not queries.is_calling(due.realm):
        with suppress(Invalid):  # nobody is on the list
            actions.start_contact_test(
                actor, percent=settings.VOICE_TEST_PERCENT, idempotency_key=due.key
            )


def _call(attempt: CallAttempt) -> Call:
    call_out = attempt.callee.call_out
    return Call(attempt.pk, attempt.number, call_out.text, call_out.seconds)


def _dialer(realm: str) -> Actor:
    return system_actor(
        "timer", _("语音叫应"), realm, Permission.DIAL, Permission.RECORD_ANSWER
    )
