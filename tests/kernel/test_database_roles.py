"""What the running role may do, asked of a real server."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from liandong.kernel.database import RUNNING_ROLE, Cluster, grant_running_role
from liandong.kernel.database.roles import missing_grants


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    home = Path(tempfile.mkdtemp(prefix="liandong-test-"))
    with Cluster(home, throwaway=True) as cluster:
        cluster.ensure_database("roles")
        with psycopg.connect(cluster.url("roles"), autocommit=True) as connection:
            for table in (
                "kernel_entry",
                "kernel_link",
                "kernel_payload",
                "command_order",
                "django_migrations",
            ):
                connection.execute(
                    f"CREATE TABLE {table} (id bigserial PRIMARY KEY, text text)"
                )
                connection.execute(f"INSERT INTO {table} (text) VALUES ('一')")
        grant_running_role(cluster.url("roles"))
        yield cluster
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def running(cluster: Cluster) -> Iterator[psycopg.Connection]:
    with psycopg.connect(cluster.url("roles", RUNNING_ROLE), autocommit=True) as connection:
        yield connection


@pytest.mark.parametrize("table", ["kernel_entry", "kernel_link", "kernel_payload"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {} SET text = '二'",
        "DELETE FROM {}",
        "TRUNCATE {}",
        "DROP TABLE {}",
        "ALTER TABLE {} DISABLE TRIGGER ALL",
    ],
)
def test_a_journal_row_once_written_is_out_of_reach(
    running: psycopg.Connection, table: str, statement: str
) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        running.execute(statement.format(table))


@pytest.mark.parametrize("table", ["kernel_entry", "kernel_link", "kernel_payload"])
def test_the_journal_can_be_read_and_added_to(running: psycopg.Connection, table: str) -> None:
    row = running.execute(f"INSERT INTO {table} (text) VALUES ('二') RETURNING text").fetchone()

    assert row == ("二",)


def test_other_tables_can_be_changed_but_not_emptied_at_once(
    running: psycopg.Connection,
) -> None:
    running.execute("INSERT INTO command_order (text) VALUES ('二')")
    changed = running.execute("UPDATE command_order SET text = '三' WHERE text = '二'").rowcount
    deleted = running.execute("DELETE FROM command_order WHERE text = '三'").rowcount

    assert (changed, deleted) == (1, 1)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        running.execute("TRUNCATE command_order")


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (n int)",
        "CREATE TEMPORARY TABLE mine (n int)",
        "CREATE DATABASE mine",
        "CREATE ROLE mine",
        "SET ROLE liandong",
        "INSERT INTO django_migrations (text) VALUES ('x')",
        "COPY command_order TO PROGRAM 'cat'",
    ],
)
def test_nothing_can_be_made_or_assumed(running: psycopg.Connection, statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        running.execute(statement)


def test_a_table_made_later_is_usable_before_the_next_grant(
    cluster: Cluster, running: psycopg.Connection
) -> None:
    with psycopg.connect(cluster.url("roles"), autocommit=True) as owner:
        owner.execute("CREATE TABLE later (id bigserial PRIMARY KEY, text text)")

    assert running.execute(
        "INSERT INTO later (text) VALUES ('一') RETURNING id"
    ).fetchone() == (1,)


def test_grants_that_went_astray_are_named_and_mended(cluster: Cluster) -> None:
    url = cluster.url("roles")
    before = missing_grants(url)
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute(f"GRANT UPDATE, TRUNCATE ON kernel_entry TO {RUNNING_ROLE}")
        owner.execute(f"REVOKE INSERT ON kernel_link FROM {RUNNING_ROLE}")
    astray = missing_grants(url)
    grant_running_role(url)

    assert before == []
    assert astray == [
        "+ kernel_entry: UPDATE",
        "+ kernel_entry: TRUNCATE",
        "- kernel_link: INSERT",
    ]
    assert missing_grants(url) == []


def test_ensure_database_twice_makes_it_once(cluster: Cluster) -> None:
    made = cluster.ensure_database("twice"), cluster.ensure_database("twice")

    assert made == (True, False)
    assert os.fspath(cluster.home) in str(cluster.data)
