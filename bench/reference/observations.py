"""Reference: COPY of the same readings into the same table."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from psycopg import Connection

COLUMNS = "realm, series_id, batch_id, at, value, received_at, quality"
Row = tuple[str, str, str, datetime, Decimal, datetime, str]


def copy_in(connection: Connection, rows: Sequence[Row]) -> None:
    """Copy one batch in one transaction."""
    with (
        connection.transaction(),
        connection.cursor() as cursor,
        cursor.copy(f"COPY monitoring_reading ({COLUMNS}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)
