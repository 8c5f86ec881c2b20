"""``intake`` and ``broker``: readings that come by MQTT and NATS."""

import asyncio
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from liandong.config.cli import printing
from liandong.config.cli.options import Home
from liandong.config.cli.wording import enter
from liandong.config.homes import node, refuse_unfounded
from liandong.config.streams.keys import Keys, keys_of
from liandong.config.streams.server import Broker

if TYPE_CHECKING:
    from liandong.config.streams.intake import Place

ENOUGH_FOR_COPIES = 3
Servers = Annotated[
    str,
    typer.Option(
        "--nats-url",
        envvar="NATS_URL",
        help="消息总线的地址，几台用逗号隔开；三台以上时每条报文存三份。",
    ),
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    enter(
        app, intake, about="接收遥测：设备经 MQTT、NATS 报来的读数入库。serve --nats 已包含它。"
    )
    enter(
        app,
        broker,
        name="nats-config",
        about="写出一台消息总线(nats-server)的配置，供几台机器组成集群。",
    )


def intake(
    home: Home,
    nats_url: Servers = "nats://127.0.0.1:4222",
    *,
    nats_certificate: Annotated[
        Path | None,
        typer.Option(
            exists=True, dir_okay=False, help="只信任这张总线证书；不给则按系统信任。"
        ),
    ] = None,
    nats_log: Annotated[
        Path | None, typer.Option(dir_okay=False, help="总线的日志，从中发现越权报送。")
    ] = None,
) -> None:
    """Take in what devices say until told to stop."""
    home = home.absolute()
    with node(home):
        from liandong.config.streams.intake import Place  # noqa: PLC0415 -- Django woke up only now

        servers = [one.strip() for one in nats_url.split(",") if one.strip()]
        place = Place(
            servers=servers,
            certificate=nats_certificate,
            replicas=ENOUGH_FOR_COPIES if len(servers) >= ENOUGH_FOR_COPIES else 1,
            log=nats_log,
        )
        asyncio.run(_take_in(place, keys_of(home)))


async def _take_in(place: "Place", keys: Keys) -> None:
    from liandong.config.streams.intake import Intake  # noqa: PLC0415 -- Django woke up only now

    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await Intake(place, keys, stop).run()


def broker(  # noqa: PLR0913 -- a command has the options it has
    home: Home,
    *,
    folder: Annotated[Path, typer.Option(help="这台总线的数据目录。")],
    name: Annotated[str, typer.Option(help="这台总线在集群里的名字，各台不同。")],
    route: Annotated[list[str], typer.Option(help="集群里各台的“地址:端口”，可多次给出。")],
    host: Annotated[str, typer.Option(help="监听的地址。")] = "0.0.0.0",  # noqa: S104 -- a county's LAN
    nats_port: Annotated[int, typer.Option(min=1, max=65535)] = 4222,
    mqtt_port: Annotated[int, typer.Option(min=1, max=65535)] = 1883,
    cluster_port: Annotated[int, typer.Option(min=1, max=65535)] = 6222,
    certificate: Annotated[Path | None, typer.Option(exists=True, dir_okay=False)] = None,
    certificate_key: Annotated[Path | None, typer.Option(exists=True, dir_okay=False)] = None,
) -> None:
    """Write the configuration of one server of a cluster, and say how to start it."""
    home = home.absolute()
    refuse_unfounded(home)
    made = Broker(
        folder=folder.absolute(),
        host=host,
        port=nats_port,
        mqtt_port=mqtt_port,
        name=name,
        certificate=certificate,
        certificate_key=certificate_key,
        cluster_port=cluster_port,
        routes=route,
        replicas=min(len(route), ENOUGH_FOR_COPIES),
    )
    printing.line(" ".join(made.write(keys_of(home))))
