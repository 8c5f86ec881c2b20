"""One of several processes does a thing: whoever's session holds the lock. It ends with the connection."""

from django.db import connection

HELD = """
SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()
AND ((classid::bigint << 32) | objid::bigint) = %s AND granted
"""


def elected(number: int) -> bool:
    """Hold, or try to take, the lock of this session."""
    with connection.cursor() as cursor:
        cursor.execute(HELD, [number])
        if cursor.fetchone()[0]:
            return True
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [number])
        return bool(cursor.fetchone()[0])
