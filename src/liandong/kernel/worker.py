"""The worker's loop: order, answer, ring. One worker is elected; others wait to take over."""

import logging
import threading
import time
from pathlib import Path

from django.db import OperationalError, connection
from django.db.utils import InterfaceError

from liandong.kernel import clock
from liandong.kernel.heartbeats import beat
from liandong.kernel.journal.checkpoints import checkpoint
from liandong.kernel.journal.delivery import deliver_pending
from liandong.kernel.journal.sequencing import FencedError, sequence
from liandong.kernel.timers import sweep

logger = logging.getLogger(__name__)

ELECTION = 0x776F726B6572
IDLE_SECONDS = 0.05
BEAT_SECONDS = 5.0


def work_once(*, epoch: int) -> int:
    """One round: chain what was written, ring what is due, answer what is owed."""
    chained = sequence(epoch=epoch)
    rung = sweep()
    if rung:
        chained += sequence(epoch=epoch)
    return chained + rung + deliver_pending()


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
    beaten = 0.0
    while not stop.is_set():
        try:
            if not _elected():
                stop.wait(1.0)
                continue
            done = work_once(epoch=epoch)
            if time.monotonic() - beaten > BEAT_SECONDS:
                beat("worker")
                if checkpoints:
                    checkpoint(checkpoints)
                beaten = time.monotonic()
            if not done:
                stop.wait(IDLE_SECONDS)
        except FencedError:
            raise
        except (OperationalError, InterfaceError) as trouble:
            logger.warning("database away: %s", trouble)
            connection.close()
            clock.forget()
            stop.wait(1.0)


def _elected() -> bool:
    """Hold, or try to take, the lock of this session; it ends with the connection."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
            " AND ((classid::bigint << 32) | objid::bigint) = %s AND granted",
            [ELECTION],
        )
        if cursor.fetchone()[0]:
            return True
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [ELECTION])
        return bool(cursor.fetchone()[0])
