"""``serve`` with real processes, and what becomes of it when parts are killed."""

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from liandong.kernel.database import Cluster, processes
from liandong.kernel.database.holding import held_by
from tests.config.nodes import answer, environment, free_port, liandong, serving, status, until

pytestmark = pytest.mark.slow

PAGE = "/accounts/login/"
# Writes one body after another; says what was acknowledged; tries again with the same key.
WRITER = """
import json, sys, time
from pathlib import Path
from liandong.config.homes import wake_django
wake_django(Path(sys.argv[1]))
from django.db import Error, connection
from liandong.kernel.actors import system_actor
from liandong.organization.actions import create_body
from liandong.organization.permissions import Permission
actor = system_actor("node", "写入", "actual", *Permission)
number = 0
while True:
    number += 1
    made = None
    while made is None:
        try:
            made = create_body(actor, key=f"body-{number}", name=f"单位{number}",
                short_name=f"单位{number}", kind="unit", idempotency_key=f"k-{number}")
        except Error:
            connection.close()
            time.sleep(0.05)
    print(json.dumps([str(made.pk), made.key]), flush=True)
    time.sleep(0.03)
"""


@pytest.fixture(scope="module")
def served(founded, tmp_path_factory):
    """One served node for the tests that leave it as it was."""
    from tests.config import nodes

    folder = nodes.new_folder()
    home = nodes.twin(founded["home"], folder)
    with serving(home) as (process, port):
        yield home, process, port
    nodes.remove(folder)


def test_the_node_answers_and_its_worker_lives(served):
    home, process, port = served
    until(lambda: _beat(home))
    findings = _findings(home)

    assert status(port, PAGE) == 200
    assert held_by(home) == process.pid
    assert findings["节点服务"] == "ok"
    assert set(findings.values()) == {"ok"} | ({"–"} & set(findings.values()))


def test_a_second_serve_is_refused(served):
    home, process, _port = served
    done = liandong("serve", "--json", "--port", free_port(), home=home)
    refused = json.loads(done.stdout)["problem"]

    assert done.returncode == 1
    assert refused["title"] == "这个数据目录已有一个节点在运行，不能再启动第二个。"
    assert refused["place"] == f"{home}，进程 {process.pid}"


def test_the_database_comes_back_after_kill_with_nothing_lost(served):
    home, _process, port = served
    cluster = Cluster(home)
    before = answer("journal", "verify", home=home)["head"]
    former, beaten = cluster.pid(), until(lambda: _beat(home))
    os.kill(former, signal.SIGKILL)
    until(lambda: cluster.pid() not in {0, former} and cluster.is_running())
    until(lambda: status(port, PAGE) == 200)
    report = answer("journal", "verify", "--head", before, home=home)

    assert report["verified"]
    until(lambda: _beat(home) > beaten)


def test_a_killed_worker_is_started_again(served):
    _home, process, _port = served
    former = _children(process.pid, "cli worker")
    for pid in former:
        os.kill(pid, signal.SIGKILL)

    now = until(lambda: _children(process.pid, "cli worker"))

    assert len(former) == len(now) == 1
    assert now != former


def test_killed_pages_are_started_again(served):
    _home, process, port = served
    (former,) = _children(process.pid, "wsgi")
    os.kill(former, signal.SIGKILL)

    until(lambda: _children(process.pid, "wsgi") not in ([], [former]))
    until(lambda: status(port, PAGE) == 200)


def test_every_acknowledged_write_survives_kills_and_is_there_once(home):
    with serving(home) as (process, port):
        cluster, acknowledged = Cluster(home), []
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(home)],
            stdout=subprocess.PIPE,
            text=True,
            env=environment(),
        ) as writer:
            for number in range(1, 61):
                acknowledged.append(json.loads(writer.stdout.readline()))
                if number in {15, 30, 45}:
                    os.kill(cluster.pid(), signal.SIGKILL)
                if number in {20, 40}:
                    victims = _children(process.pid, "cli worker") + _children(
                        process.pid, "wsgi"
                    )
                    for pid in victims:
                        os.kill(pid, signal.SIGKILL)
            writer.kill()
        until(lambda: status(port, PAGE) == 200)
        report = until(lambda: _settled(home))

    with Cluster(home) as cluster, psycopg.connect(cluster.url()) as connection:
        bodies = connection.execute("SELECT id::text, key FROM organization_body").fetchall()
        entries = connection.execute(
            "SELECT subject_id FROM kernel_entry JOIN kernel_link ON entry_id = kernel_entry.id"
            " WHERE name = 'organization.body_created'"
        ).fetchall()
    assert report["verified"]
    for pk, key in acknowledged:
        assert bodies.count((pk, key)) == 1
        assert entries.count((pk,)) == 1


def test_told_to_stop_it_ends_all_its_parts_cleanly(home):
    with serving(home) as (process, port):
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)

    assert process.returncode == 0
    assert processes.servers(home / "postgres") == []
    assert not (home / "postgres" / "postmaster.pid").exists()
    assert [_listens(one) for one in (port, port + 1)] == [False, False]


def test_killed_it_takes_all_its_parts_along_and_starts_again(home):
    with serving(home) as (process, port):
        parts = _all_children(process.pid)
        process.kill()
        process.communicate()
        until(lambda: not [pid for pid in parts if _lives(pid)])
        until(lambda: not (home / "postgres" / "postmaster.pid").exists())
        still_listening = [_listens(one) for one in (port, port + 1)]
    with serving(home) as (_process, port):
        again = status(port, PAGE)

    assert len(parts) >= 4
    assert still_listening == [False, False]
    assert again == 200


@pytest.mark.parametrize("taken", [0, 1])
def test_a_taken_port_is_named(home, taken):
    port = free_port()
    with socket.socket() as other:
        other.bind(("127.0.0.1", port + taken))
        other.listen()
        refused = answer("serve", "--host", "127.0.0.1", "--port", port, home=home)["problem"]

    assert refused["place"] == f"127.0.0.1:{port + taken}"
    assert "不能使用端口" in refused["title"]


def test_pages_alone_need_a_database_that_runs(home):
    refused = answer("serve", "--web-only", "--port", free_port(), home=home)["problem"]

    assert refused["title"] == "只提供页面时须先有数据库在运行。"


def test_pages_alone_beside_a_database_of_its_own_process(home):
    with Cluster(home) as cluster, serving(home, "--web-only") as (process, port):
        answered = status(port, PAGE)
        parts = _children(process.pid, "cli worker")
        with psycopg.connect(cluster.url()) as connection:
            users = {
                row[0]
                for row in connection.execute(
                    "SELECT DISTINCT usename FROM pg_stat_activity WHERE datname = 'liandong' AND pid <> pg_backend_pid()"
                )
            }

    assert answered == 200
    assert parts == []
    assert users <= {"liandong_app"}


def _settled(home):
    """The chain's report once nothing waits for its place any more; None before."""
    with psycopg.connect(Cluster(home).url()) as connection:
        row = connection.execute("SELECT count(*) FROM kernel_outbox").fetchone()
    return None if row[0] else answer("journal", "verify", home=home)


def _beat(home):
    """When the worker last said that it lives, as seconds; 0 before."""
    query = "SELECT extract(epoch FROM at) FROM kernel_heartbeat WHERE part = 'worker'"
    with psycopg.connect(Cluster(home).url()) as connection:
        row = connection.execute(query).fetchone()
    return row[0] if row else 0


def _findings(home):
    signs = {True: "ok", False: "wrong", None: "–"}
    return {one["name"]: signs[one["ok"]] for one in answer("doctor", home=home)["findings"]}


def _children(parent, word):
    """Living children of a process whose command line has a word."""
    return [
        pid
        for pid in _all_children(parent)
        if word in _read(pid, "cmdline").replace("\0", " ") and _parent(pid) == parent
    ]


def _all_children(parent):
    mine, grown = {parent}, True
    while grown:
        living = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
        more = {pid for pid in living if _parent(pid) in mine}
        grown = not more <= mine
        mine |= more
    return sorted(mine - {parent})


def _parent(pid):
    stat = _read(pid, "stat").rpartition(")")[2].split()
    return int(stat[1]) if stat and stat[0] != "Z" else 0


def _lives(pid):
    return _parent(pid) != 0


def _read(pid, name):
    try:
        return Path(f"/proc/{pid}/{name}").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _listens(port):
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0
