"""The processes of a node beside its database: each watched, and started again when it ends."""

import contextlib
import os
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from liandong.kernel.database import processes

LONGEST_PAUSE = 30.0
SETTLED = 60.0  # whoever lived that long starts again without a pause
LOG_LIMIT = 20 * 1024 * 1024


@dataclass
class Child:
    """One process: what runs, where it writes, how often it fell."""

    name: str
    arguments: list[str]
    environment: dict[str, str]
    log: Path
    is_lasting: bool = True  # else it ends by itself, and stays ended
    falls: int = 0
    due: float = 0.0
    begun: float = 0.0
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def is_alive(self) -> bool:
        """Whether it runs."""
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        """Start it, to be ended when we end."""
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 -- ourselves and granian
                self.arguments,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                process_group=0,
                preexec_fn=processes.dies_with_parent(signal.SIGTERM),  # noqa: PLW1509 -- one prctl
            )
        self.begun = time.monotonic()

    def look(self) -> bool:
        """Start it if it fell and its pause is over; True if it fell just now."""
        if self.is_alive or not self.is_lasting:
            return False
        if self.process is not None:
            settled = time.monotonic() - self.begun > SETTLED
            self.falls = 1 if settled else self.falls + 1
            self.due = time.monotonic() + (
                0 if settled else min(0.5 * 2**self.falls, LONGEST_PAUSE)
            )
            self.process = None
            return True
        if time.monotonic() >= self.due:
            self.start()
        return False

    def tell_to_stop(self) -> None:
        """Ask it to end; it may take its time."""
        if self.process and self.is_alive:
            with contextlib.suppress(ProcessLookupError):
                self.process.send_signal(signal.SIGTERM)

    def stop(self, patience: float) -> None:
        """Wait until it ended, and end it by force when it does not, with all it started."""
        self.tell_to_stop()
        if self.process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(patience)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def last_words(self) -> str:
        """The end of what it wrote."""
        with contextlib.suppress(OSError):
            return self.log.read_text(encoding="utf-8", errors="replace").strip()[-600:]
        return ""
