"""Reference: COPY of the same records into the same table."""

from collections.abc import Iterable, Sequence
from typing import Any

from psycopg import Connection

COLUMNS = (
    "id, version, kind, number, name, body_id, division_code, address, lon, lat, cell, values,"
    " sensitivity, audience, state, changed_at, confirmed_at, due_on, sort_key"
)


def copy_in(connection: Connection, rows: Iterable[Sequence[Any]]) -> None:
    """Copy all of them in one transaction."""
    with (
        connection.transaction(),
        connection.cursor() as cursor,
        cursor.copy(f"COPY sharing_record ({COLUMNS}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)
