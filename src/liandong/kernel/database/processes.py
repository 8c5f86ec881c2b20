"""The server as processes: its pid file, its orphans, and its death with ours."""

import contextlib
import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

PR_SET_PDEATHSIG = 1
READY_LINE = 7
PROCESSES = Path("/proc")


def dies_with_parent(number: int) -> Callable[[], None]:
    """What a child must call before it starts, to be sent a signal when its parent ends. Linux only.

    The parent is the *thread* that starts the child: start servers from one that lasts.
    """
    prctl, parent = _prctl(), os.getpid()

    def bind() -> None:
        prctl(PR_SET_PDEATHSIG, number)
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)

    return bind


def _prctl() -> Callable[[int, int], object]:
    if sys.platform != "linux":
        return lambda _option, _value: None
    function: Callable[[int, int], object] = ctypes.CDLL(None, use_errno=True).prctl
    return function


def pid_file(data: Path) -> list[str]:
    """The lines of the server's pid file; none if there is no file."""
    try:
        return (
            (data / "postmaster.pid").read_text(encoding="utf-8", errors="replace").splitlines()
        )
    except OSError:
        return []


def says_ready(data: Path, pid: int) -> bool:
    """Whether the server with this pid has said that it takes connections."""
    lines = pid_file(data)
    return (
        len(lines) > READY_LINE
        and lines[0].strip() == str(pid)
        and lines[READY_LINE].strip() == "ready"
    )


def postmaster(data: Path) -> int:
    """The living main process of this data directory; 0 if there is none, whatever the pid file says."""
    lines = pid_file(data)
    number = int(lines[0]) if lines and lines[0].strip().isdigit() else 0
    if number and not PROCESSES.exists():
        return number if _answers(number) else 0
    return number if number in servers(data) else 0


def servers(data: Path) -> list[int]:
    """Every server process, also an orphaned one, that works in this data directory."""
    if not PROCESSES.exists():
        return []
    return [
        int(entry.name)
        for entry in PROCESSES.iterdir()
        if entry.name.isdigit() and _serves(entry, data)
    ]


def sweep_orphans(data: Path, *, patience: float = 5.0) -> list[int]:
    """End the backends a killed main process left behind: they keep its shared memory and block the next start."""
    found = servers(data)
    for number, limit in ((signal.SIGQUIT, patience), (signal.SIGKILL, patience)):
        for pid in servers(data):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, number)
        until = time.monotonic() + limit
        while servers(data) and time.monotonic() < until:
            time.sleep(0.02)
    return found


def _serves(entry: Path, data: Path) -> bool:
    try:
        if not (entry / "cwd").samefile(data):
            return False
        return (entry / "comm").read_text().strip() == "postgres" and not _is_zombie(entry)
    except OSError:
        return False


def _is_zombie(entry: Path) -> bool:
    return (entry / "stat").read_text().rpartition(")")[2].split()[0] in {"Z", "X"}


def _answers(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
