"""Statements that run at every action: planned once by the server, not anew each time."""

from collections.abc import Sequence
from typing import Any

import psycopg
from django.db import connection


def execute(sql: str, values: Sequence[Any]) -> psycopg.Cursor[Any]:
    """Run a statement prepared, within the caller's transaction; Django's own cursor never prepares.

    Raises what Django's cursor raises.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors:
        return psycopg.Cursor(connection.connection).execute(sql, values, prepare=True)
