"""Attempts on the outside world: written before they are made, apart from every transaction.

Housekeeping, not journalled. A delivery's transaction is rolled back when its process dies; what
stands here is not, and tells the next process that the letter may already be out.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.utils import CursorWrapper

from liandong.kernel import clock

BEGIN = """
UPDATE messaging_receipt SET begun_at = %s, attempts = attempts + 1
WHERE id = %s AND state = 'queued' AND begun_at IS NULL
"""
GIVE_UP = """
UPDATE messaging_receipt SET begun_at = NULL, trouble = %s
WHERE id = %s AND state = 'queued'
"""
LONGEST_TROUBLE = 500


def begin(receipt: UUID) -> bool:
    """Note that an attempt begins; False when an earlier one has no known end."""
    with _apart() as cursor:
        cursor.execute(BEGIN, [clock.real(), receipt])
        return bool(cursor.rowcount == 1)


def give_up(receipt: UUID, trouble: str) -> None:
    """Note that the attempt surely sent nothing, and why."""
    with _apart() as cursor:
        cursor.execute(GIVE_UP, [trouble[:LONGEST_TROUBLE], receipt])


@contextmanager
def _apart() -> Iterator[CursorWrapper]:
    """A connection of its own, which commits by itself."""
    own = connections.create_connection(DEFAULT_DB_ALIAS)
    try:
        with own.cursor() as cursor:
            yield cursor
    finally:
        own.close()
