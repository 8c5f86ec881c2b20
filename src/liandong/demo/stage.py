"""The stage: time passes, the county's software works, people react. Knows no scenario."""

import heapq
import itertools
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from liandong.kernel import clock
from liandong.kernel.actors import ACTUAL, EVERYTHING, Actor
from liandong.kernel.journal.reading import Told, links_after, readable, tell
from liandong.kernel.problems import Problem, Stale
from liandong.kernel.timers import next_due
from liandong.kernel.worker import work_until_quiet

logger = logging.getLogger(__name__)

Deed = Callable[[], object]
Habit = Callable[[Told], "Reaction | None"]
AT_ONCE = 500
WITNESS = Actor(kind="node", label="放映员", scopes=frozenset({EVERYTHING}))


@dataclass(frozen=True)
class Reaction:
    """What somebody does some time after something happened."""

    after: timedelta
    deed: Deed


@dataclass(order=True)
class _Cue:
    at: datetime
    order: int
    deed: Deed = field(compare=False)


@dataclass
class Stage:
    """Plays cues at their moments, and lets habits answer whatever the journal tells.

    ``speed`` 0 is as fast as the machine can: the clock is held and moved from moment to moment,
    and the worker's rounds are turned here. Otherwise the clock runs ``speed`` times as fast as
    life, and the node's own worker works.
    """

    epoch: int
    speed: int = 0
    habits: dict[str, list[Habit]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    on_step: Callable[[datetime], None] = lambda _at: None
    _cues: list[_Cue] = field(default_factory=list)
    _numbers: "itertools.count[int]" = field(default_factory=itertools.count)
    _seen: str = ""

    def at(self, moment: datetime, deed: Deed) -> None:
        """Have something done at a moment."""
        heapq.heappush(self._cues, _Cue(moment, next(self._numbers), deed))

    def when(self, name: str, habit: Habit) -> None:
        """Let somebody react whenever an entry of this name is told."""
        self.habits.setdefault(name, []).append(habit)

    def play(self, start: datetime, until: datetime, *, since: str) -> None:
        """Play from one moment to another, or until nothing is left to do.

        ``since``: where the journal stood when the curtain rose. An interrupted play goes on
        from its last entry; what was done is not done twice, since every deed has its key.
        """
        self._seen = since
        last = links_after(since, WITNESS, limit=1) and _last_told()
        clock.set_clock(ACTUAL, max(start, last) if last else start, rate=self.speed)
        self._listen()
        while self._cues:
            moment = self._cues[0].at
            if moment > until:
                return
            if self.speed:
                self._wait(moment)
            else:
                self._step(moment)
            self._listen()

    def _step(self, moment: datetime) -> None:
        """Move the held clock to the next timer or cue, and work until all is quiet."""
        due = next_due(ACTUAL)
        at = max(min(due, moment), clock.now(ACTUAL)) if due else moment
        clock.set_clock(ACTUAL, at, rate=0)
        if due is None or due > moment:
            self._perform(heapq.heappop(self._cues))
        work_until_quiet(epoch=self.epoch)
        self.on_step(at)

    def _wait(self, moment: datetime) -> None:
        """Let the running clock come to the next cue, hearing meanwhile what happens."""
        now = clock.now(ACTUAL)
        if now >= moment:
            self._perform(heapq.heappop(self._cues))
            self.on_step(now)
        else:
            time.sleep(min((moment - now).total_seconds() / self.speed, 0.2))

    def _perform(self, cue: _Cue) -> None:
        try:
            try:
                cue.deed()
            except Stale:  # looks again, as a person would
                cue.deed()
        except Problem as trouble:
            # Somebody in the room was faster, or took over: the play goes on without this deed.
            logger.info("not done: %s", trouble)
            self.refused.append(str(trouble))

    def _listen(self) -> None:
        while True:
            links = links_after(self._seen, WITNESS, limit=AT_ONCE)
            for link in links:
                told = tell(link)
                for habit in self.habits.get(told.name, ()):
                    if reaction := habit(told):
                        self.at(told.at + reaction.after, reaction.deed)
                self._seen = told.place
            if len(links) < AT_ONCE:
                return


def hold_clock() -> None:
    """Hold the clock at the last entry, until somebody plays on."""
    if last := _last_told():
        clock.set_clock(ACTUAL, last, rate=0)


def _last_told() -> datetime | None:
    last = readable(WITNESS).last()
    return last.entry.at if last else None
