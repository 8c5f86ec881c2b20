"""``serve``: database, pages, live stream and worker under one roof, each started again when it falls."""

import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from liandong.config import addresses, static_files
from liandong.config.children import Child
from liandong.config.homes import command, environment, migrate_apart
from liandong.config.streams.keys import keys_of
from liandong.config.streams.server import Broker
from liandong.kernel.database import Cluster, DatabaseTrouble, hold
from liandong.kernel.database.places import is_elsewhere

POLL = 0.1
UP_PATIENCE = 90.0
PAGE_PATIENCE, LIVE_PATIENCE, WORKER_PATIENCE = 10.0, 8.0, 20.0
WATCHED = {".py", ".html", ".css", ".js", ".mo", ".yaml", ".json", ".svg"}


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How a node is to be served."""

    home: Path
    host: str = "0.0.0.0"  # noqa: S104 -- a county's LAN is what it is for
    port: int = 8000
    workers: int = 2
    web_only: bool = False
    reload: bool = False
    certificate: Path | None = None
    certificate_key: Path | None = None
    http_port: int = 0  # where plain HTTP shows how to trust the node; 0 for nowhere
    nats_port: int = 0  # of a broker of readings of its own, with MQTT beside; 0 for none
    mqtt_port: int = 0
    nats_url: str = ""  # of brokers that run elsewhere
    besides: dict[str, list[str]] = field(
        default_factory=dict
    )  # what runs once beside: name, command line

    @property
    def ports(self) -> list[int]:
        """Every port the node listens at."""
        plain = [self.http_port] if self.certificate and self.http_port else []
        broker = [self.nats_port, self.mqtt_port] if self.nats_port else []
        return [self.port, self.port + 1, *plain, *broker]

    @property
    def address(self) -> str:
        """Where a browser finds the node."""
        scheme = "https" if self.certificate else "http"
        return f"{scheme}://{addresses.lan_address(self.host)}:{self.port}/"


class Supervisor:
    """Starts all parts in order, keeps them up, and stops them in the opposite order."""

    def __init__(self, plan: Plan, *, tell: Callable[[str], None]) -> None:
        self.plan = plan
        self.tell = tell
        self.cluster: Cluster | None = None
        self.children: list[Child] = []
        self.is_stopping = False

    def serve(self, *, up: Callable[[], None]) -> None:
        """Run until told to stop. ``up`` is called once the pages answer."""
        plan = self.plan
        plan.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        with ExitStack() as stack:
            stack.enter_context(
                hold(plan.home, name=f"web-{plan.port}.lock" if plan.web_only else "serve.lock")
            )
            for port in plan.ports:
                addresses.refuse_taken(plan.host, port)
            stack.enter_context(self._signals())
            stack.callback(self._stop)
            self._prepare()
            if self.is_stopping:
                return
            for child in self._planned():
                self.children.append(child)
                child.start()
            self._await_pages()
            if not self.is_stopping:
                up()
            self._watch()

    def _prepare(self) -> None:
        plan = self.plan
        if not is_elsewhere():
            self.cluster = Cluster(plan.home)
            if plan.web_only and not self.cluster.is_running():
                raise DatabaseTrouble(
                    "只提供页面时须先有数据库在运行。",
                    place=str(plan.home),
                    remedy="请先在该目录运行 liandong serve，或用 DATABASE_URL 指向主机上的数据库。",
                )
            self.tell("启动数据库")
            self.cluster.start()
            self.cluster.ensure_database()
        if not plan.web_only:
            self.tell("核对数据库结构")
            migrate_apart(plan.home)
        self.tell("准备页面资源")
        static_files.collect(plan.home)

    def _planned(self) -> Iterator[Child]:
        plan = self.plan
        web = ["--workers", str(plan.workers), "--blocking-threads", "4"]
        live = ["--workers", "1", "--backpressure", "20000"]
        yield self._child("web", self._granian("wsgi", plan.port, *web), LIANDONG_POOL="1")
        yield self._child("live", self._granian("asginl", plan.port + 1, *live))
        if plan.http_port in plan.ports:
            yield self._child("plain", self._granian("plain", plan.http_port, "--workers", "1"))
        if not plan.web_only:
            yield self._child("worker", command("worker", "--home", str(plan.home)))
            yield from self._streams()
        for name, arguments in plan.besides.items():
            child = self._child(name, arguments)
            child.is_lasting = False
            yield child

    def _streams(self) -> Iterator[Child]:
        """The broker of readings, if it is ours, and who takes in what waits there."""
        plan, log = self.plan, self.plan.home / "log" / "nats.log"
        if plan.nats_port:
            broker = Broker(
                folder=plan.home / "nats",
                host=plan.host,
                port=plan.nats_port,
                mqtt_port=plan.mqtt_port,
                certificate=plan.certificate,
                certificate_key=plan.certificate_key,
            )
            yield self._child("nats", broker.write(keys_of(plan.home)))
            own = "127.0.0.1" if plan.host in addresses.EVERYWHERE else plan.host
            where = ["--nats-url", f"nats://{own}:{plan.nats_port}", "--nats-log", str(log)]
            if plan.certificate:
                where += ["--nats-certificate", str(plan.certificate)]
            yield self._child("intake", command("intake", "--home", str(plan.home), *where))
        elif plan.nats_url:
            where = ["--nats-url", plan.nats_url]
            yield self._child("intake", command("intake", "--home", str(plan.home), *where))

    def _granian(self, interface: str, port: int, *more: str) -> list[str]:
        plan = self.plan
        server = "wsgi" if interface == "plain" else interface
        options = [
            *("--interface", server, "--host", plan.host, "--port", str(port), "--no-ws"),
            *(
                "--workers-kill-timeout",
                "5",
                "--respawn-failed-workers",
                "--log-level",
                "warning",
            ),
            *more,
        ]
        if plan.certificate and plan.certificate_key and interface != "plain":
            key = str(plan.certificate_key)
            options += ["--ssl-certificate", str(plan.certificate), "--ssl-keyfile", key]
            options += ["--ssl-protocol-min", "tls1.2"]  # phones of the last ten years
        module = {"asginl": "asgi"}.get(interface, interface)
        return [
            sys.executable,
            "-m",
            "granian",
            *options,
            f"liandong.config.{module}:application",
        ]

    def _child(self, name: str, arguments: list[str], **more: str) -> Child:
        plan = self.plan
        names = os.environ.get("LIANDONG_HOSTS") or ",".join(addresses.own_names(plan.host))
        values = {
            "LIANDONG_SUPERVISED": "1",
            "LIANDONG_HOSTS": names,
            "LIANDONG_LIVE_PORT": str(plan.port + 1),
            "LIANDONG_ADDRESS": plan.address,
            "LIANDONG_HTTP_PORT": str(plan.http_port if plan.http_port in plan.ports else 0),
        }
        if plan.certificate:
            values |= {"LIANDONG_HTTPS": "1", "LIANDONG_CERTIFICATE": str(plan.certificate)}
        log = plan.home / "log" / f"{name}.log"
        log.parent.mkdir(mode=0o711, exist_ok=True)
        return Child(name, arguments, environment(plan.home, **values, **more), log)

    def _await_pages(self) -> None:
        """Wait until both ports take connections; give up when a part falls again and again."""
        until = time.monotonic() + UP_PATIENCE
        waiting = self.plan.ports
        while waiting and not self.is_stopping:
            waiting = [port for port in waiting if not _listens(self.plan.host, port)]
            fallen = next((child for child in self.children if child.falls > 2), None)
            if fallen or time.monotonic() > until:
                culprit = fallen or self.children[0]
                raise DatabaseTrouble(
                    f"“{culprit.name}”没有启动起来：{culprit.last_words()}",
                    place=str(culprit.log),
                    remedy="请查看该日志，或执行 liandong doctor 逐项检查。",
                )
            self._round()
            time.sleep(POLL)

    def _watch(self) -> None:
        state = _sources_state() if self.plan.reload else 0.0
        while not self.is_stopping:
            time.sleep(POLL)
            self._round()
            if self.plan.reload and (now := _sources_state()) != state:
                state = now
                self._reload()

    def _round(self) -> None:
        """One look at every part. The database first: the others cannot live without it."""
        if self.cluster and not self.is_stopping:
            self._look_at_database(self.cluster)
        for child in self.children:
            if child.look():
                self.tell(f"“{child.name}”意外退出，将重新启动")

    def _look_at_database(self, cluster: Cluster) -> None:
        if cluster.is_own or cluster.pid():
            return
        self.tell("数据库意外退出，正在恢复")
        try:
            cluster.start()
        except DatabaseTrouble as trouble:
            self.tell(str(trouble))
            time.sleep(1)
        else:
            self.tell("数据库已恢复")

    def _reload(self) -> None:
        self.tell("源文件有改动，重新启动")
        static_files.collect(self.plan.home)
        for child in self.children:
            child.stop(PAGE_PATIENCE)
            child.start()

    @contextmanager
    def _signals(self) -> Iterator[None]:
        def note(_number: int, _frame: object) -> None:
            self.is_stopping = True

        former = {
            number: signal.signal(number, note)
            for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
        }
        try:
            yield
        finally:
            for number, handler in former.items():
                signal.signal(number, handler)

    def _stop(self) -> None:
        """First who takes orders, then who carries them out, last what remembers."""
        self.tell("正在停止")
        patience = {"web": PAGE_PATIENCE, "plain": PAGE_PATIENCE, "live": LIVE_PATIENCE}
        patience |= {"nats": PAGE_PATIENCE}
        pages = [child for child in self.children if child.name in patience]
        others = [child for child in self.children if child.name not in patience]
        for group in (pages, others):
            for child in group:
                child.tell_to_stop()
            for child in group:
                child.stop(patience.get(child.name, WORKER_PATIENCE))
        if self.cluster:
            self.cluster.stop()


def _listens(host: str, port: int) -> bool:
    target = "127.0.0.1" if host in addresses.EVERYWHERE else host
    try:
        with socket.create_connection((target, port), timeout=1):
            return True
    except OSError:
        return False


def _sources_state() -> float:
    newest = 0.0
    for path in static_files.PACKAGE.rglob("*"):
        if path.suffix in WATCHED:
            newest = max(newest, path.stat().st_mtime)
    return newest
