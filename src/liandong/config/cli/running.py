"""``serve``, ``worker``, ``migrate``: the node's processes."""

import signal
import threading
from pathlib import Path
from typing import Annotated, Any

import typer

from liandong.config import addresses
from liandong.config.cli import printing
from liandong.config.cli.options import Home, Json
from liandong.config.cli.wording import enter
from liandong.config.homes import database, node, refuse_unfounded, right_now, wake_django
from liandong.config.supervisor import Plan, Supervisor
from liandong.kernel import certificates
from liandong.kernel.database.places import is_elsewhere
from liandong.kernel.problems import Problem

FENCED = 3


def register(app: typer.Typer) -> None:
    """Add the commands."""
    enter(
        app, serve, about="启动节点：数据库、网页、实时推送、后台，一并看护。按 Ctrl-C 停止。"
    )
    enter(app, worker, about="运行后台：给流水编号、办理后续事项、到点提醒。serve 已包含它。")
    enter(app, migrate, about="把数据库升级到本程序的结构，并核定运行角色的权限。")


def serve(  # noqa: PLR0913 -- a command has the options it has
    home: Home,
    host: Annotated[
        str, typer.Option(help="监听的地址；0.0.0.0 表示本机所有网络。")
    ] = "0.0.0.0",  # noqa: S104 -- a county's LAN
    port: Annotated[
        int, typer.Option(min=1, max=65534, help="网页端口；实时推送用其后一个。")
    ] = 8000,
    workers: Annotated[int, typer.Option(min=1, max=64, help="网页进程数。")] = 2,
    *,
    web_only: Annotated[
        bool, typer.Option("--web-only", help="只提供网页，不启动数据库和后台。")
    ] = False,
    reload: Annotated[
        bool, typer.Option("--reload", help="源文件改动后自动重启，开发时用。")
    ] = False,
    https: Annotated[
        bool | None,
        typer.Option("--https/--no-https", help="HTTPS；有证书时默认启用。"),
    ] = None,
    http_port: Annotated[
        int | None,
        typer.Option(
            min=0, max=65535, help="启用 HTTPS 时，只放“信任本节点”页的普通端口；默认再后一个。"
        ),
    ] = None,
    certificate: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="HTTPS 证书文件。")
    ] = None,
    certificate_key: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="证书的私钥(PKCS#8)。")
    ] = None,
    nats: Annotated[
        bool, typer.Option("--nats", help="也启动消息总线：设备经 MQTT、NATS 报送读数。")
    ] = False,
    mqtt_port: Annotated[
        int | None,
        typer.Option(min=1, max=65535, help="MQTT 端口；默认 1883，启用 HTTPS 时 8883。"),
    ] = None,
    nats_port: Annotated[int, typer.Option(min=1, max=65535, help="NATS 端口。")] = 4222,
    nats_url: Annotated[
        str,
        typer.Option(envvar="NATS_URL", help="改用别处的消息总线，几台用逗号隔开。"),
    ] = "",
    as_json: Json = False,
) -> None:
    """Serve the node until told to stop."""
    if nats and nats_url:
        raise typer.BadParameter("--nats 与 --nats-url 只能给一个")
    if (certificate is None) != (certificate_key is None):
        raise typer.BadParameter("--certificate 与 --certificate-key 须同时给出")
    home = home.absolute()
    if not is_elsewhere():
        refuse_unfounded(home)
    if certificate is None and (https or (https is None and certificates.is_there(home))):
        certificate, certificate_key = _own_certificate(home, host)
    plan = Plan(
        home=home,
        host=host,
        port=port,
        workers=workers,
        web_only=web_only,
        reload=reload,
        certificate=certificate,
        certificate_key=certificate_key,
        http_port=port + 2 if http_port is None else http_port,
        nats_port=nats_port if nats else 0,
        mqtt_port=(mqtt_port or (8883 if certificate else 1883)) if nats else 0,
        nats_url=nats_url,
    )
    supervise(plan, as_json=as_json)


def _own_certificate(home: Path, host: str) -> tuple[Path, Path]:
    """The home's certificate, made anew first where its end is near or an address is missing."""
    certificates.served(home)
    names = addresses.own_names(host)
    renewed = certificates.renew(home, county="", names=names, now=right_now())
    if renewed:
        printing.tell(f"已更换服务器证书，到 {renewed.until:%Y-%m-%d}")
    return certificates.files(home)


def supervise(plan: Plan, *, as_json: bool, accounts: dict[str, Any] | None = None) -> None:
    """Serve, and print the address once the pages answer; of a sample county its accounts too."""

    def up() -> None:
        told = {"ok": True, "address": plan.address, "home": str(plan.home)}
        if as_json:
            printing.show_json(
                {**told, **({"accounts": accounts} if accounts else {})}, indent=None
            )
            return
        printing.good(f"节点已启动：{plan.address}")
        for name, post in (accounts or {}).get("people", {}).items():
            printing.line(f"  {name:<10}{post}")
        if accounts:
            printing.line(
                f"  以上账号的口令都是 {accounts['password']}  （虚构示例，按 Ctrl-C 停止）"
            )

    Supervisor(plan, tell=printing.tell).serve(up=up)


def worker(home: Home) -> int:
    """Work until told to stop."""
    home = home.absolute()
    with node(home):
        from liandong.kernel.identity import present_epoch  # noqa: PLC0415 -- Django woke up only now
        from liandong.kernel.journal.sequencing import FencedError  # noqa: PLC0415 -- as above
        from liandong.kernel.worker import run  # noqa: PLC0415 -- as above

        stop = threading.Event()
        try:
            with _stopped_by_signals(stop):
                run(epoch=present_epoch(), checkpoints=home / "checkpoints", stop=stop)
        except FencedError as fenced:
            printing.problem(Problem(f"节点已进入另一纪元（{fenced}），本进程不再办理。"))
            return FENCED
    return 0


def migrate(home: Home, *, as_json: Json = False) -> None:
    """Bring the database up to date."""
    home = home.absolute()
    with database(home):
        wake_django(home, owner=True)
        from liandong.config.migrating import migrate as apply  # noqa: PLC0415 -- Django woke up only now

        with printing.counting("升级数据库", quiet=as_json) as step:
            applied = apply(home, tell=step)
    if as_json:
        printing.show_json({"ok": True, "applied": applied})
    else:
        printing.good(f"数据库已是最新，本次升级 {len(applied)} 项。")


class _stopped_by_signals:  # noqa: N801 -- used as a statement
    """SIGTERM and SIGINT set the event; from a thread, since the loop may hold its lock."""

    def __init__(self, stop: threading.Event) -> None:
        self.stop = stop

    def __enter__(self) -> None:
        self.former = {
            number: signal.signal(number, self._note)
            for number in (signal.SIGTERM, signal.SIGINT)
        }

    def __exit__(self, *_: object) -> None:
        for number, handler in self.former.items():
            signal.signal(number, handler)

    def _note(self, _number: int, _frame: object) -> None:
        threading.Thread(target=self.stop.set).start()
