"""The worker's loop: order, answer, ring. One worker is elected; others wait to take over."""

import logging
import threading
import time
from pathlib import Path

from django.contrib.sessions.backends.db import SessionStore
from django.db import OperationalError, connection
from django.db.utils import InterfaceError

from liandong.kernel import clock
from liandong.kernel.elections import elected
from liandong.kernel.files.uploading import drop_abandoned
from liandong.kernel.heartbeats import beat
from liandong.kernel.journal.checkpoints import checkpoint
from liandong.kernel.journal.delivery import deliver_pending
from liandong.kernel.journal.sequencing import FencedError, sequence
from liandong.kernel.journal.verifying import Head
from liandong.kernel.search.indexing import catch_up
from liandong.kernel.timers import sweep

logger = logging.getLogger(__name__)

ELECTION = 0x776F726B6572
IDLE_SECONDS = 0.05
BEAT_SECONDS = 5.0
CHECKPOINT_SECONDS = 60.0
TIDY_SECONDS = 3600.0


class Rounds:
    """What is done now and then: a sign of life, a head written down, old things thrown out."""

    def __init__(self, checkpoints: Path | None) -> None:
        self.checkpoints = checkpoints
        self.head: Head | None = None
        self.done: dict[str, float] = {}

    def go(self) -> None:
        """Do what is due. A full disk or a lost file must not keep the worker from its orders."""
        if self._due("beat", BEAT_SECONDS):
            beat("worker")
        try:
            if self.checkpoints and self._due("checkpoint", CHECKPOINT_SECONDS):
                self.head = checkpoint(self.checkpoints, known=self.head)
            if self._due("tidy", TIDY_SECONDS):
                drop_abandoned()
                SessionStore.clear_expired()
        except OSError:
            logger.exception("a round of the worker failed")

    def _due(self, what: str, seconds: float) -> bool:
        now = time.monotonic()
        if now - self.done.get(what, float("-inf")) < seconds:
            return False
        self.done[what] = now
        return True


def work_once(*, epoch: int) -> int:
    """One round: chain what was written, ring what is due, answer what is owed, index what changed."""
    chained = sequence(epoch=epoch)
    rung = sweep()
    if rung:
        chained += sequence(epoch=epoch)
    return chained + rung + deliver_pending() + catch_up()


def work_until_quiet(*, epoch: int) -> int:
    """Rounds until one finds nothing to do; what players and tests turn the crank with."""
    total = 0
    while done := work_once(epoch=epoch):
        total += done
    return total


def run(*, epoch: int, checkpoints: Path | None, stop: threading.Event) -> None:
    """Work until told to stop; outlive the database's restarts.

    Raises ``FencedError`` when the node has entered another epoch.
    """
    rounds = Rounds(checkpoints)
    while not stop.is_set():
        try:
            if not elected(ELECTION):
                stop.wait(1.0)
                continue
            done = work_once(epoch=epoch)
            rounds.go()
            if not done:
                stop.wait(IDLE_SECONDS)
        except FencedError:
            raise
        except (OperationalError, InterfaceError) as trouble:
            logger.warning("database away: %s", trouble)
            connection.close()
            clock.forget()
            stop.wait(1.0)
