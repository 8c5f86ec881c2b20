"""Names that can be given offline and still sort by time."""

import os
import threading
import time
from uuid import UUID

_lock = threading.Lock()
_last = 0


def uuid7() -> UUID:
    """Make a UUIDv7 (RFC 9562 §6.2 method 3): milliseconds, twelve bits below, never backwards here."""
    global _last  # noqa: PLW0603 -- one counter a process is the point
    with _lock:
        _last = max(time.time_ns() * 4096 // 1_000_000, _last + 1)
        moment = _last
    chance = int.from_bytes(os.urandom(8)) & (2**62 - 1)
    return UUID(int=moment >> 12 << 80 | 7 << 76 | (moment & 0xFFF) << 64 | 2 << 62 | chance)
