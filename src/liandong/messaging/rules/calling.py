"""How calls go on: what a call came to, who is next, what is dialed after what. Pure."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from liandong.messaging.models import Callee
from liandong.messaging.states import CallOutcome, Tier

CONFIRM_DIGIT, PASS_ON_DIGIT = "1", "2"
# Phones that rang, or would have: they count against the tries somebody is given.
COUNTED = frozenset(CallOutcome) - {CallOutcome.FAILED, CallOutcome.CANCELED}
PLAIN = {
    "no_answer": CallOutcome.NO_ANSWER,
    "busy": CallOutcome.BUSY,
    "switched_off": CallOutcome.SWITCHED_OFF,
    "wrong_number": CallOutcome.WRONG,
    "failed": CallOutcome.FAILED,
}
DEPUTY_TRIES = 2
MOST_FAILURES = 5
CHARACTERS_A_SECOND = 4.5
YES = re.compile(
    r"(1|收到|已收到|收悉|知道了|好的?收到|明白|ok|received)[。.!！~～]*", re.IGNORECASE
)

Rung = dict[str, Any]


def outcome_of(result: str, *, heard: int, digit: str, seconds: int) -> CallOutcome:
    """Say what a call came to: only whoever heard all of it and pressed the key has answered."""
    if result != "answered":
        return PLAIN.get(result, CallOutcome.UNKNOWN)
    if heard < seconds:
        return CallOutcome.PARTLY
    if digit == CONFIRM_DIGIT:
        return CallOutcome.CONFIRMED
    return CallOutcome.PASSED_ON if digit == PASS_ON_DIGIT else CallOutcome.PARTLY


def is_confirmation(text: str) -> bool:
    """Whether a reply by text says that the message was received."""
    return bool(YES.fullmatch(unicodedata.normalize("NFKC", text).strip()))


def spoken_seconds(text: str) -> int:
    """How long a text takes to say, at the pace of a news reader."""
    return max(5, round(len(text) / CHARACTERS_A_SECOND))


def rungs_for(
    name: str, own: Sequence[str], deputy: str, others: Sequence[str], *, tries: int
) -> list[Rung]:
    """The numbers to dial one after another: own ones by turns, then the deputy's."""
    plan = (
        [{"name": name, "number": own[at % len(own)], "deputy": False} for at in range(tries)]
        if own
        else []
    )
    first = [one for one in others if one not in own][:1]
    return plan + [
        {"name": deputy, "number": number, "deputy": True}
        for number in first
        for _again in range(DEPUTY_TRIES)
    ]  # fmt: skip


def fair_order(people: Iterable[tuple[int, str, int, Any]]) -> list[Any]:
    """Order (tier, town, order, who): the highest tier first, then the towns in turn.

    Every town its first, then every town its second: one of forty villages keeps nobody waiting.
    """
    seen: dict[tuple[int, str], int] = defaultdict(int)
    keyed = []
    for tier, town, order, who in sorted(people, key=lambda one: one[:3]):
        place = town if tier > Tier.COUNTY else ""
        seen[tier, place] += 1
        keyed.append(((tier, seen[tier, place], town, order), who))
    return [who for _key, who in sorted(keyed, key=lambda one: one[0])]


@dataclass(frozen=True)
class Next:
    """What comes after a call: the numbers still to dial, which is next, and when; none: given up."""

    rungs: list[Rung]
    rung: int
    at: datetime | None

    @property
    def number(self) -> str:
        """The number that is dialed next; empty when there is none left."""
        return str(self.rungs[self.rung]["number"]) if self.rung < len(self.rungs) else ""


def after(callee: Callee, outcome: CallOutcome, now: datetime, pause: timedelta) -> Next:
    """What is dialed after a call that was not answered.

    A wrong number is not dialed again. A call that the line did not make is made again, but not for
    ever: there are lines that fail at one number.
    """
    rungs, at = list(callee.rungs), callee.rung
    if outcome not in COUNTED and callee.failures < MOST_FAILURES:
        return Next(rungs, at, now + pause)
    at += 1
    waits = pause
    if outcome == CallOutcome.WRONG:
        rungs = rungs[:at] + [one for one in rungs[at:] if one["number"] != callee.number]
    if at < len(rungs) and rungs[at]["number"] != callee.number:
        waits = timedelta(0)  # another phone need not rest
    return Next(rungs, at, now + waits)
