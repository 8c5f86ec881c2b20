"""One cluster in one home: made when missing, started as our child or attached to, stopped, waited for."""

import contextlib
import os
import shutil
import signal
import stat
import subprocess
import time
from pathlib import Path
from typing import Self

import psycopg

from liandong.kernel.database import places, processes, roles
from liandong.kernel.database.account import Account, server_account
from liandong.kernel.database.binaries import MAJOR, Binaries, binaries_for
from liandong.kernel.database.configuration import write_configuration
from liandong.kernel.database.holding import turn
from liandong.kernel.database.troubles import DatabaseTrouble

START_PATIENCE = 300.0  # recovery after a crash may have much to replay
STOP_PATIENCE = 60.0
POLL = 0.02


class Cluster:
    """The PostgreSQL of one home. ``throwaway`` trades safety against loss of power for speed: tests and plays only."""

    def __init__(self, home: Path | str, *, throwaway: bool = False) -> None:
        self.home = Path(os.path.abspath(home))  # noqa: PTH100 -- links are kept: socket_folder must agree
        self.throwaway = throwaway
        self.data = places.data_folder(self.home)
        self.socket = places.socket_folder(self.home)
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def is_own(self) -> bool:
        """Whether the running server is this process's child."""
        return self._child is not None and self._child.poll() is None

    def start(self) -> None:
        """Make the cluster if there is none, then start it as our child, or attach to the one that runs already."""
        account = self._prepared()
        with turn(self.home / "postgres.lock"):
            self._refuse_other_major()
            if self.is_running() or self._runs_soon():
                return
            binaries = binaries_for(account, self.home)
            if not (self.data / "PG_VERSION").exists():
                self._make(account, binaries)
            self._launch(account, binaries)
        with self._connect() as connection:
            roles.ensure_running_role(connection)

    def stop(self) -> None:
        """Stop the server we started; one that we only attached to goes on."""
        child, self._child = self._child, None
        if child is None:
            return
        for number, patience in (
            (signal.SIGINT, STOP_PATIENCE),
            (signal.SIGQUIT, 10.0),
            (signal.SIGKILL, None),
        ):
            with contextlib.suppress(ProcessLookupError):
                child.send_signal(number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(patience)
                return

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait until the server ends: its exit code, -1 for one we attached to; None if time ran out."""
        if self._child is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                return self._child.wait(timeout)
            return None
        until = None if timeout is None else time.monotonic() + timeout
        while processes.postmaster(self.data):
            if until is not None and time.monotonic() > until:
                return None
            time.sleep(POLL)
        return -1

    def is_running(self) -> bool:
        """Whether a server of this very data directory answers."""
        try:
            with self._connect() as connection:
                row = connection.execute("SHOW data_directory").fetchone()
        except psycopg.Error:
            return False
        return bool(row) and Path(str(row and row[0])).resolve() == self.data.resolve()

    def url(self, database: str = places.DATABASE, role: str = roles.OWNER_ROLE) -> str:
        """The address of one of its databases."""
        return places.database_url(self.home, database, role)

    def ensure_database(self, name: str = places.DATABASE) -> bool:
        """Make a database owned by the migrating role if it is not there; True if it was made."""
        with self._connect() as connection:
            return roles.ensure_database(connection, name)

    def pid(self) -> int:
        """The server's main process; 0 if none lives."""
        return processes.postmaster(self.data)

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(self.url("postgres"), autocommit=True, connect_timeout=5)

    def _prepared(self) -> Account:
        try:
            return self._prepare()
        except PermissionError as error:
            raise DatabaseTrouble(
                "当前账户对数据目录没有权限。",
                place=str(error.filename or self.home),
                remedy="请用建立该数据目录的账户运行，或用 --home 指定自己的目录。",
            ) from error

    def _prepare(self) -> Account:
        """Make the folders and see that the server's account can reach them."""
        account = server_account()
        if not self.home.exists():
            self.home.mkdir(parents=True, mode=0o700)
        if account.is_other:
            _open_passage(self.home)
            _refuse_unreachable(self.home, account)
        (self.home / "log").mkdir(exist_ok=True, mode=0o711)
        account.own(places.log_folder(self.home))
        if not self.socket.exists():
            account.own(self.socket)
        self._refuse_foreign_socket(account)
        return account

    def _refuse_foreign_socket(self, account: Account) -> None:
        found = self.socket.lstat()
        private = stat.S_ISDIR(found.st_mode) and stat.S_IMODE(found.st_mode) == 0o700
        if not private or found.st_uid != account.uid:
            raise DatabaseTrouble(
                "数据库通信目录不是本节点私有的，可能有人抢占了它。",
                place=str(self.socket),
                remedy=f"请核实后删除该目录再启动；它应属于“{account.name}”且权限为 0700。",
            )

    def _refuse_other_major(self) -> None:
        try:
            found = (self.data / "PG_VERSION").read_text().strip()
        except FileNotFoundError:
            return
        if found != MAJOR:
            raise DatabaseTrouble(
                f"数据目录是 PostgreSQL {found} 的，本程序带的是 PostgreSQL {MAJOR}，两者不能混用。",
                place=str(self.data),
                remedy="请用原来版本的程序执行 liandong backup，再用本版本在空目录中执行 liandong restore。",
            )

    def _runs_soon(self) -> bool:
        """Wait out a server that is starting or stopping; True if it then answers."""
        until = time.monotonic() + STOP_PATIENCE
        while processes.postmaster(self.data) and time.monotonic() < until:
            if self.is_running():
                return True
            time.sleep(POLL)
        return False

    def _make(self, account: Account, binaries: Binaries) -> None:
        """Run initdb in a folder beside, so that a killed one leaves no half cluster in the place."""
        fresh = self.data.with_name("postgres.new")
        if fresh.exists():
            shutil.rmtree(fresh)
        account.own(fresh)
        answer = account.run(
            binaries.path("initdb"),
            "-D",
            fresh,
            "-U",
            roles.OWNER_ROLE,
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--auth-local=peer",
            "--auth-host=scram-sha-256",
            "--data-checksums",
            "--no-instructions",
            *(["--no-sync"] if self.throwaway else []),
        )
        if answer.returncode:
            raise DatabaseTrouble(
                f"数据库初始化失败：{(answer.stderr or answer.stdout).strip()[-600:]}",
                place=str(fresh),
                remedy="请检查磁盘空间和目录权限后重试。",
            )
        fresh.rename(self.data)

    def _launch(self, account: Account, binaries: Binaries) -> None:
        for last in (False, True):
            processes.sweep_orphans(self.data)
            (self.data / "postmaster.pid").unlink(missing_ok=True)
            write_configuration(
                self.data, places.log_folder(self.home), account, throwaway=self.throwaway
            )
            self._child = self._spawn(account, binaries)
            if self._comes_up(self._child):
                return
            if last:
                break
        raise DatabaseTrouble(
            f"数据库没有启动起来：{self._last_words()}",
            place=str(self._words()),
            remedy="请查看该日志；若提示磁盘空间或权限不足，处理后重试。",
        )

    def _spawn(self, account: Account, binaries: Binaries) -> subprocess.Popen[bytes]:
        options = [
            "-D",
            str(self.data),
            "-k",
            str(self.socket),
            "-c",
            "listen_addresses=",
            "-c",
            "unix_socket_permissions=0700",
            "-c",
            "port=5432",
        ]
        with self._words().open("wb") as words:
            return subprocess.Popen(  # noqa: S603 -- our own binary and arguments
                [str(binaries.path("postgres")), *options],
                stdout=words,
                stderr=words,
                env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"},
                process_group=0,
                preexec_fn=processes.dies_with_parent(signal.SIGINT),  # noqa: PLW1509 -- one prctl
                **account.launch(),
            )

    def _comes_up(self, child: subprocess.Popen[bytes]) -> bool:
        until = time.monotonic() + START_PATIENCE
        while child.poll() is None and time.monotonic() < until:
            if processes.says_ready(self.data, child.pid):
                return True
            time.sleep(POLL)
        if child.poll() is None:
            child.kill()
            child.wait()
        return False

    def _words(self) -> Path:
        return self.home / "log" / "postgres-start.log"

    def _last_words(self) -> str:
        try:
            return self._words().read_text(encoding="utf-8", errors="replace").strip()[-800:]
        except OSError:
            return ""


def _open_passage(home: Path) -> None:
    """Let the server's account pass through a home that root keeps closed; what lies in it has rights of its own."""
    found = home.stat()
    if found.st_uid == os.getuid() and not found.st_mode & stat.S_IXOTH:
        home.chmod(stat.S_IMODE(found.st_mode) | stat.S_IXOTH)


def _refuse_unreachable(home: Path, account: Account) -> None:
    for folder in reversed([home, *home.parents]):
        if not account.can_enter(folder):
            raise DatabaseTrouble(
                f"以 root 运行时，数据库由系统账户“{account.name}”运行，而该账户进不了数据目录。",
                place=str(folder),
                remedy="请用 --home 把数据目录放到该账户可到达的地方（如 /var/lib/liandong），或改用普通账户运行。",
            )
