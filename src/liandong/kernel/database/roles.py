"""Two roles: one owns and migrates, the other runs and can only add to the journal."""

from collections.abc import Iterable

import psycopg
from psycopg import sql

OWNER_ROLE = "liandong"
RUNNING_ROLE = "liandong_app"
JOURNAL_TABLES = ("kernel_entry", "kernel_link", "kernel_payload")
READ_ONLY_TABLES = ("django_migrations",)


def ensure_running_role(connection: psycopg.Connection, role: str = RUNNING_ROLE) -> None:
    """Make the role the program runs as, or take from it what it must not have."""
    found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone()
    verb = sql.SQL("ALTER" if found else "CREATE")
    statement = sql.SQL(
        "{} ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"
    )
    connection.execute(statement.format(verb, sql.Identifier(role)))


def ensure_database(connection: psycopg.Connection, name: str, owner: str = OWNER_ROLE) -> bool:
    """Make the database if it is not there; True if it was made. The connection must be in autocommit."""
    if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone():
        return False
    connection.execute(
        sql.SQL("CREATE DATABASE {} OWNER {}").format(
            sql.Identifier(name), sql.Identifier(owner)
        )
    )
    return True


def grant_running_role(dsn: str, role: str = RUNNING_ROLE) -> None:
    """Give the running role what it needs in a migrated database, and no more. Run after every migration, as the owner."""
    with psycopg.connect(dsn) as connection:
        names = _tables(connection)
        for statement in _statements(role, connection.info.dbname, names):
            connection.execute(statement)


def missing_grants(dsn: str, role: str = RUNNING_ROLE) -> list[str]:
    """Where the running role's rights are not as they must be, as ``table: privilege`` with a sign."""
    with psycopg.connect(dsn) as connection:
        return [
            f"{'+' if held else '-'} {table}: {privilege}"
            for table in _tables(connection)
            for privilege in ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE")
            if (held := _holds(connection, role, table, privilege))
            != (privilege in _wanted(table))
        ]


def _wanted(table: str) -> tuple[str, ...]:
    if table in JOURNAL_TABLES:
        return ("SELECT", "INSERT")
    if table in READ_ONLY_TABLES:
        return ("SELECT",)
    return ("SELECT", "INSERT", "UPDATE", "DELETE")


def _tables(connection: psycopg.Connection) -> list[str]:
    query = """SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
               AND relkind IN ('r', 'p', 'v', 'm') ORDER BY relname"""
    return [str(row[0]) for row in connection.execute(query)]


def _holds(connection: psycopg.Connection, role: str, table: str, privilege: str) -> bool:
    query = "SELECT has_table_privilege(%s, format('public.%%I', %s::text), %s)"
    row = connection.execute(query, (role, table, privilege)).fetchone()
    return bool(row and row[0])


def _statements(role: str, database: str, tables: Iterable[str]) -> Iterable[sql.Composed]:
    names = {"role": sql.Identifier(role), "database": sql.Identifier(database)}
    texts = (
        "REVOKE CREATE, TEMPORARY ON DATABASE {database} FROM PUBLIC",
        "GRANT CONNECT ON DATABASE {database} TO {role}",
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        "REVOKE CREATE ON SCHEMA public FROM {role}",
        "GRANT USAGE ON SCHEMA public TO {role}",
        "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}",
        "REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {role}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM {role}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role}",
    )
    for text in texts:
        yield sql.SQL(text).format(**names)
    for table in tables:
        taken = {"UPDATE", "DELETE", "INSERT"}.difference(_wanted(table))
        if taken:
            rights = sql.SQL(", ").join(sql.SQL(right) for right in sorted(taken))
            revoke = sql.SQL("REVOKE {} ON TABLE public.{} FROM {}")
            yield revoke.format(rights, sql.Identifier(table), sql.Identifier(role))
