"""What became of calls: answered, to be dialed again, or somebody goes to the door."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from liandong.kernel import clock
from liandong.kernel.actions import action
from liandong.kernel.actors import ACTUAL, Actor
from liandong.kernel.problems import Missing
from liandong.kernel.wording import gettext as _
from liandong.messaging import queries, rules
from liandong.messaging.actions import lines
from liandong.messaging.actions.assigning import assign, finish_what_is_over
from liandong.messaging.actions.call_out import wake_dialer
from liandong.messaging.actions.telling import tell_answered
from liandong.messaging.actions.verifying import verify_numbers
from liandong.messaging.models import CallAttempt, Callee, CallOut
from liandong.messaging.permissions import Permission
from liandong.messaging.states import (
    OPEN_ATTEMPTS,
    AnswerWay,
    AttemptState,
    CalleeState,
    CallOutcome,
    CallOutState,
)

FIELDS = [
    "state",
    "rungs",
    "rung",
    "number",
    "tries",
    "failures",
    "next_at",
    "outcome",
    "way",
    "answered_at",
    "recorded_at",
    "answered_by",
    "version",
]


@dataclass(frozen=True)
class CallReport:
    """What the gateway says of a call that has ended. ``result`` is a word of its interface."""

    key: UUID
    result: str
    heard_seconds: int = 0
    digit: str = ""
    ended_at: datetime | None = None


@action(Permission.DIAL)
def take_call_reports(
    actor: Actor, *, reports: Sequence[CallReport], idempotency_key: str = ""
) -> CallOut:
    """Put down what calls came to, and what follows. Publishes ``CalleeAnswered``, ``CalleeAssigned``, ``CallOutFinished``.

    A call that was reported before stays as it is. Refuses keys that are nobody's.
    """
    by_key = {one.key: one for one in reports}
    rows = CallAttempt.objects.select_for_update().filter(
        pk__in=by_key, callee__call_out__realm=actor.realm
    )
    attempts = list(rows.order_by("pk"))
    if not attempts:
        raise Missing(_("没有这次呼叫。"), place="key", remedy=_("请核对呼叫编号。"))
    held = Callee.objects.select_for_update(of=("self",)).filter(
        pk__in=[one.callee_id for one in attempts]
    )
    callees = {one.pk: one for one in held.select_related("call_out").order_by("pk")}
    now = clock.now(actor.realm)
    # One that was thought never to have been made may have been made all the same.
    news = [
        one
        for one in attempts
        if one.state in OPEN_ATTEMPTS or one.outcome == CallOutcome.CANCELED
    ]
    for attempt in news:
        _end(attempt, by_key[attempt.pk], callees[attempt.callee_id], now)
    if news:
        lines.ended(news)
        _move(actor, [(one, callees[one.callee_id]) for one in news], now)
        if actor.realm == ACTUAL:
            verify_numbers(actor, news, callees)
        wake_dialer(actor.realm)
    return callees[attempts[0].callee_id].call_out


@action(Permission.DIAL)
def hear_reply(
    actor: Actor,
    *,
    number: str,
    text: str,
    way: str = AnswerWay.SMS,
    at: datetime | None = None,
    idempotency_key: str = "",
) -> CallOut:
    """Take a reply by text for an answer where it says so. Publishes ``CalleeAnswered``.

    Refuses a text that confirms nothing, and a number nobody is waiting for.
    """
    found = queries.callees_by_number(actor.realm, number)
    if not found or not rules.is_confirmation(text):
        raise Missing(
            _("没有在等这个号码的回复，或回复的不是“1”“收到”。"),
            remedy=_("请值班员在叫应页人工登记。"),
        )
    now = clock.now(actor.realm)
    for callee in found:
        _answer(callee, way=way, at=min(at or now, now), now=now, by=callee.name)
    settle_answers(actor, found)
    return found[0].call_out


def settle_answers(actor: Actor, callees: Sequence[Callee]) -> None:
    """Write down that people have answered on other ways; inside an action."""
    Callee.objects.bulk_update(callees, [*FIELDS, "read_back", "noted_by", "trouble"])
    hush(callees)
    for callee in callees:
        tell_answered(callee)
    _spread(actor, callees, clock.now(actor.realm))
    finish_what_is_over(actor, {one.call_out_id for one in callees})


def hush(callees: Iterable[Callee]) -> None:
    """Whoever has answered is not dialed: calls that are noted and not yet made are not made."""
    CallAttempt.objects.filter(
        callee__in=list(callees), state=AttemptState.CLAIMED, asked_at=None
    ).update(state=AttemptState.ENDED, outcome=CallOutcome.CANCELED)


def _end(attempt: CallAttempt, report: CallReport, callee: Callee, now: datetime) -> None:
    outcome = rules.outcome_of(
        report.result,
        heard=report.heard_seconds,
        digit=report.digit,
        seconds=callee.call_out.seconds,
    )
    attempt.state, attempt.outcome = AttemptState.ENDED, outcome
    attempt.ended_at = min(report.ended_at or now, now)
    attempt.heard_seconds, attempt.digit = min(report.heard_seconds, 9999), report.digit[:4]


def _move(actor: Actor, ended: Sequence[tuple[CallAttempt, Callee]], now: datetime) -> None:
    """Take each person a step on: three statements, however many they are."""
    answered: list[Callee] = []
    given_up: dict[UUID, list[Callee]] = defaultdict(list)
    for attempt, callee in ended:
        callee.outcome = attempt.outcome
        callee.tries += attempt.outcome in rules.COUNTED and not attempt.is_deputy
        callee.failures = (
            0 if attempt.outcome in rules.COUNTED else min(callee.failures + 1, 100)
        )
        callee.version += 1
        if attempt.outcome == CallOutcome.CONFIRMED:
            if callee.state != CalleeState.ANSWERED:
                _answer(
                    callee,
                    way=AnswerWay.VOICE,
                    at=attempt.ended_at or now,
                    now=now,
                    by=attempt.name,
                )
                answered.append(callee)
        elif callee.state == CalleeState.CALLING:
            _again(callee, attempt, now)
            if not callee.number:
                given_up[callee.call_out_id].append(callee)
    Callee.objects.bulk_update([callee for _attempt, callee in ended], FIELDS)
    for callee in answered:
        tell_answered(callee)
    _spread(actor, answered, now)
    for some in given_up.values():
        assign(actor, some[0].call_out, some, now)
    finish_what_is_over(actor, {callee.call_out_id for _attempt, callee in ended})


def _answer(callee: Callee, *, way: str, at: datetime, now: datetime, by: str) -> None:
    callee.state, callee.way = CalleeState.ANSWERED, way
    callee.answered_at, callee.recorded_at, callee.answered_by = at, now, by[:100]
    callee.next_at = None


def _spread(actor: Actor, answered: Sequence[Callee], now: datetime) -> None:
    """Whoever answered while their call-out gave way to another of the chain is not called by that one."""
    chained = [one for one in answered if one.call_out.chain and one.person_id]
    if not chained:
        return
    heard = {(one.person_id, one.call_out.chain): one for one in chained}
    rows = Callee.objects.select_for_update(of=("self",)).filter(
        call_out__realm=actor.realm,
        call_out__chain__in={one.call_out.chain for one in chained},
        call_out__state=CallOutState.RUNNING,
        person__in=[one.person_id for one in chained],
        state__in=[CalleeState.WAITING, CalleeState.CALLING],
    )
    others = []
    for row in rows.exclude(pk__in=[one.pk for one in chained]).select_related("call_out"):
        said = heard.get((row.person_id, row.call_out.chain))
        if said and said.call_out.urgency >= row.call_out.urgency:
            row.version += 1
            _answer(row, way=said.way, at=said.answered_at or now, now=now, by=said.answered_by)
            others.append(row)
    if others:
        Callee.objects.bulk_update(others, FIELDS)
        hush(others)
        for row in others:
            tell_answered(row)
        finish_what_is_over(actor, {row.call_out_id for row in others})


def _again(callee: Callee, attempt: CallAttempt, now: datetime) -> None:
    """The next number, or none; who is given up is assigned by whoever asked."""
    pause = timedelta(seconds=settings.VOICE_PAUSE_SECONDS)
    follows = rules.after(callee, CallOutcome(attempt.outcome), now, pause)
    callee.rungs, callee.rung, callee.number = follows.rungs, follows.rung, follows.number
    callee.state, callee.next_at = CalleeState.WAITING, follows.at
