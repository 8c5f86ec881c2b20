"""``play`` and ``demo``: a scenario on a throw-away database, or into a node one can watch."""

import os
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from liandong.config.cli import printing
from liandong.config.cli.options import Home, Json
from liandong.config.cli.running import supervise
from liandong.config.cli.wording import enter
from liandong.config.founding import County, found_node
from liandong.config.homes import command, is_founded, migrate_apart, node, wake_django
from liandong.config.supervisor import Plan
from liandong.kernel.database import Cluster, hold

SAMPLE = County(division_code="999901", name="示例县", is_demo=True)
CHECKOUT = Path(__file__).parents[4]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    enter(
        app,
        play,
        about="推演一个想定:尽快(--speed max)在一次性数据库中,或按倍速放入正在运行的节点。",
    )
    enter(app, demo, about="启动带示例县的节点并放入一场洪水,可在网页上观看和接手。")


def play(
    home: Home,
    scenario: Annotated[str, typer.Argument(help="想定的名称,如 upstream_flood。")],
    speed: Annotated[
        str, typer.Option(help="倍速,如 60;max 表示在一次性数据库中尽快推演。")
    ] = "60",
    shift: Annotated[str, typer.Option(help="把想定的全部时间后移,如 PT1H。")] = "PT0S",
    rain_factor: Annotated[str, typer.Option(help="雨量乘以几,如 0.3。")] = "1",
    *,
    as_json: Json = False,
) -> int:
    """Play a scenario apart, or into the running node."""
    options = {"speed": speed, "shift": shift, "rain_factor": rain_factor, "as_json": as_json}
    if speed != "max":
        with node(home.absolute()):
            return _play(scenario, **options)
    with tempfile.TemporaryDirectory(prefix="liandong-play-") as place:
        return _play_apart(Path(place), scenario, **options)


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
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not is_founded(place):
        with (
            hold(place),
            Cluster(place) as cluster,
            printing.counting("建立示例县", quiet=as_json),
        ):
            cluster.ensure_database()
            _prepare(place)
    arguments = command("play", scenario, "--speed", speed, "--home", str(place))
    supervise(
        Plan(home=place, host=host, port=port, besides={"play": arguments}), as_json=as_json
    )


def demo_home() -> Path:
    """The checkout's var/ where the database's account can reach it; the system's place else."""
    if os.getuid() == 0 and not _is_open(CHECKOUT):
        return Path("/var/lib/liandong-demo")
    return CHECKOUT / "var" / "demo"


def _is_open(folder: Path) -> bool:
    return all(path.stat().st_mode & 0o001 for path in (folder, *folder.parents))


def _play_apart(place: Path, scenario: str, **options: str | bool) -> int:
    place.chmod(0o711)
    with Cluster(place, throwaway=True) as cluster:
        cluster.ensure_database()
        _prepare(place)
        return _play(scenario, **options)


def _prepare(home: Path) -> None:
    """Migrate and found a node marked as a sample; the scenario brings its county."""
    migrate_apart(home)
    wake_django(home)
    found_node(home, SAMPLE)


def _play(scenario: str, **options: str | bool) -> int:
    from liandong.demo.player import play as run  # noqa: PLC0415 -- Django woke up only now

    return int(run(scenario, **options))
