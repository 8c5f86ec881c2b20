"""One node at a time in one home: a lock that ends with the process that took it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from liandong.kernel.database.troubles import DatabaseTrouble


@contextmanager
def hold(home: Path, *, name: str = "serve.lock") -> Iterator[None]:
    """Hold the home for this process, or say who holds it."""
    path = home / name
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _take(handle, path)
        yield
    finally:
        os.close(handle)


def held_by(home: Path, *, name: str = "serve.lock") -> int:
    """The process that holds the home; 0 if none does."""
    try:
        handle = os.open(home / name, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return 0
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return int(os.pread(handle, 32, 0) or 0)
    finally:
        os.close(handle)
    return 0


@contextmanager
def turn(path: Path) -> Iterator[None]:
    """Wait for our turn at a thing that only one process may do at a time."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _take(handle: int, path: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.pread(handle, 32, 0).decode() or "?"
        raise DatabaseTrouble(
            "这个数据目录已有一个节点在运行，不能再启动第二个。",
            place=f"{path.parent}，进程 {holder}",
            remedy="请使用已在运行的节点，或先停止该进程；要另起一个节点，请用 --home 指定别的目录。",
        ) from None
    os.ftruncate(handle, 0)
    os.pwrite(handle, str(os.getpid()).encode(), 0)
