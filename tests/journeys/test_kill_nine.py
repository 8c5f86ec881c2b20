"""``kill -9`` of every part of a node in the middle of writes: nothing acknowledged is lost."""

import os
import signal
import subprocess
import sys
from collections import Counter

import psycopg
import pytest

from liandong.kernel.database import Cluster, processes
from tests.architecture.tree import ROOT
from tests.config import nodes
from tests.journeys import parts
from tests.journeys.writers import Ledger, Writers

pytestmark = [pytest.mark.slow, pytest.mark.journey]
GAUGES, CLERKS = 2, 2
VICTIMS = [parts.web_worker, parts.web, parts.worker, parts.database]


@pytest.fixture(scope="module")
def founded():
    """A node's home in which writers find what they need; nobody writes in this one."""
    folder = nodes.new_folder()
    home = folder / "home"
    made = nodes.answer("init", "--division", "370102", "--name", "试验县", home=home)
    assert made["ok"], made
    provided = subprocess.run(
        [sys.executable, "-m", "tests.journeys.provisioning", str(home), str(GAUGES)],
        cwd=ROOT,
        env=nodes.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert provided.returncode == 0, provided.stderr
    yield home
    nodes.remove(folder)


@pytest.fixture
def home(founded):
    folder = nodes.new_folder()
    yield nodes.twin(founded, folder)
    nodes.remove(folder)


@pytest.fixture
def ledger(tmp_path):
    """The clients' own list, outside the node."""
    return Ledger(tmp_path / "acknowledged.jsonl")


def kill(victim, serve, home):
    """Kill a part and see that it is gone for good: another comes in its place."""
    pid = nodes.until(lambda: victim(serve, home))
    os.kill(pid, signal.SIGKILL)
    nodes.until(lambda: parts.parent(pid) == 0)
    return pid


def test_no_acknowledged_write_is_lost_whichever_part_is_killed(home, ledger):
    with nodes.serving(home, "--workers", "2") as (process, port):
        with Writers(ledger, port, gauges=GAUGES, clerks=CLERKS) as writers:
            for victim in VICTIMS:
                writers.await_more()
                kill(victim, process.pid, home)
            writers.await_more()
        nodes.until(lambda: debts(home) == (0, 0))
        killed_supervisor = process.poll()

        assert (writers.faults, killed_supervisor) == ([], None)
        assert ledger.retries > 0, "nobody noticed that anything was killed"
        assert_all_found_once(home, ledger)
    assert_journal_is_whole(home, ledger)


def test_a_killed_supervisor_takes_everything_along_and_loses_nothing(home, ledger):
    with nodes.serving(home) as (process, port):
        writers = Writers(ledger, port, gauges=GAUGES, clerks=CLERKS)
        with writers:
            writers.await_more()
            own = parts.descendants(process.pid)
            process.kill()
            process.communicate()
            nodes.until(lambda: not [pid for pid in own if parts.parent(pid)])
            answers = [nodes.status(port), processes.servers(home / "postgres")]
            with nodes.serving(home) as (_again, writers.port):
                writers.await_more()
                writers.stop()
                nodes.until(lambda: debts(home) == (0, 0))

                assert answers == [0, []]
                assert writers.faults == []
                assert_all_found_once(home, ledger)
    assert_journal_is_whole(home, ledger)


def asked(home, sql):
    with psycopg.connect(Cluster(home).url()) as connection:
        return connection.execute(sql).fetchall()


def debts(home):
    """What waits to be chained, and what handlers still owe."""
    return tuple(
        asked(home, f"SELECT count(*) FROM {table}")[0][0]
        for table in ("kernel_outbox", "kernel_delivery")
    )


def assert_all_found_once(home, ledger):
    """Every acknowledged id is there once, with its entry, and nothing else was made."""
    batches, people = ledger.rows("batch"), ledger.rows("person")
    ids = [row["id"] for row in batches + people]

    assert Counter(ids).most_common(1)[0][1] == 1
    assert sorted(asked(home, "SELECT id::text, count FROM monitoring_batch")) == sorted(
        (row["id"], row["readings"]) for row in batches
    )
    assert dict(
        asked(home, "SELECT batch_id::text, count(*) FROM monitoring_reading GROUP BY 1")
    ) == {row["id"]: row["readings"] for row in batches}
    enrolled = "SELECT id::text, name FROM organization_person WHERE name LIKE '第%号文书%'"
    assert sorted(asked(home, enrolled)) == sorted((row["id"], row["name"]) for row in people)
    keys = asked(
        home,
        "SELECT key, result_id FROM kernel_call WHERE action IN"
        " ('monitoring.record_readings', 'organization.create_person')",
    )
    assert sorted(keys) == sorted((row["key"], row["id"]) for row in batches + people)
    entries = Counter(
        row[0]
        for row in asked(
            home,
            "SELECT subject_id FROM kernel_entry JOIN kernel_link ON entry_id = kernel_entry.id"
            " WHERE name IN ('monitoring.readings_received', 'organization.person_added')",
        )
    )
    assert {made: entries[made] for made in ids} == dict.fromkeys(ids, 1)


def assert_journal_is_whole(home, ledger):
    """The chain verifies against the heads that the worker wrote down beside the database."""
    heads = (home / "checkpoints" / "heads.jsonl").read_text().splitlines()
    report = nodes.answer("journal", "verify", home=home)

    assert (report["verified"], report["troubles"]) == (True, [])
    assert len(heads) >= 2
    assert report["entries"] >= len(ledger.rows("batch")) + len(ledger.rows("person"))
