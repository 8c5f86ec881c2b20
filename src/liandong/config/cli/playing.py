"""``play`` and ``demo``: a scenario on a throw-away database, or into a node one can watch."""

import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from liandong.config.cli import printing
from liandong.config.cli.options import Json
from liandong.config.cli.running import supervise
from liandong.config.cli.wording import enter
from liandong.config.homes import command, node
from liandong.config.sampling import demo_home, found_sample, sample_county
from liandong.config.supervisor import Plan
from liandong.kernel.database import Cluster


def register(app: typer.Typer) -> None:
    """Add the commands."""
    enter(
        app,
        play,
        about="推演一个想定：尽快（--speed max）在一次性数据库中，或按倍速放入正在运行的节点。",
    )
    enter(app, demo, about="启动带示例县的节点并放入一场洪水，可在网页上观看和接手。")


def play(
    scenario: Annotated[
        str, typer.Argument(help="想定的名称，如 upstream_flood、forest_fire。")
    ],
    home: Annotated[
        Path | None,
        typer.Option(
            "--home",
            envvar="LIANDONG_HOME",
            show_default=False,
            help="正在运行的示例节点的数据目录。",
        ),
    ] = None,
    speed: Annotated[
        str, typer.Option(help="倍速，如 60;max 表示在一次性数据库中尽快推演。")
    ] = "60",
    shift: Annotated[
        str,
        typer.Option(
            help="把想定的全部时间后移，如 PT1H；不写时，放入节点的从节点的下一分钟开始。",
            show_default=False,
        ),
    ] = "",
    rain_factor: Annotated[str, typer.Option(help="雨量乘以几，如 0.3。")] = "1",
    *,
    as_json: Json = False,
) -> int:
    """Play a scenario apart, or into the running node."""
    with ExitStack() as stack:
        if speed == "max":
            place = Path(
                stack.enter_context(tempfile.TemporaryDirectory(prefix="liandong-play-"))
            )
            place.chmod(0o711)
            cluster = stack.enter_context(Cluster(place, throwaway=True))
            cluster.ensure_database()
            found_sample(place)
        else:
            stack.enter_context(node((home or demo_home()).absolute()))
        from liandong.demo.player import play as run  # noqa: PLC0415 -- Django woke up only now

        return run(scenario, speed=speed, shift=shift, rain_factor=rain_factor, as_json=as_json)


def demo(
    home: Annotated[
        Path | None,
        typer.Option(
            "--home", envvar="LIANDONG_HOME", show_default=False, help="示例节点的数据目录。"
        ),
    ] = None,
    host: Annotated[str, typer.Option(help="监听的地址。")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65534, help="网页端口。")] = 8000,
    scenario: Annotated[str, typer.Option(help="放入节点的想定。")] = "upstream_flood",
    speed: Annotated[str, typer.Option(help="倍速。")] = "60",
    *,
    as_json: Json = False,
) -> None:
    """Serve a sample county and play a flood into it."""
    place = (home or demo_home()).absolute()
    with printing.counting("建立示例县", quiet=as_json) as step:
        accounts = sample_county(place, scenario, step=step)
    options = ("--speed", speed, "--shift", accounts["shift"], "--home", str(place))
    arguments = command("play", scenario, *options)
    plan = Plan(home=place, host=host, port=port, besides={"play": arguments})
    supervise(plan, as_json=as_json, accounts=accounts)
