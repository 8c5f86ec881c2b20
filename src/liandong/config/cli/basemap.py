"""``basemap load|show``: the map that every page draws on."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from liandong.config.cli import printing
from liandong.config.cli.options import Home, Json
from liandong.config.cli.wording import Command, Group
from liandong.config.homes import node
from liandong.kernel.problems import Invalid

app = typer.Typer(
    cls=Group, help="底图：装入、查看。地图不连外网，都画在它上面。", no_args_is_help=True
)


class Datum(StrEnum):
    """What the coordinates in the file are; only true ones are taken."""

    WGS84 = "wgs84"
    CGCS2000 = "cgcs2000"
    GCJ02 = "gcj02"
    BD09 = "bd09"


@app.command(
    cls=Command,
    help="检查一个 GeoJSON 或 PMTiles 文件，装入为本县底图，记入流水。运行中也可以，各页随即改用。",
)
def load(
    home: Home,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="底图文件。")],
    datum: Annotated[
        Datum, typer.Option(help="文件的坐标系；偏移过的 gcj02、bd09 不收。")
    ] = Datum.WGS84,
    *,
    as_json: Json = False,
) -> None:
    """Examine a file and draw all maps on it."""
    home, file = home.absolute(), file.absolute()
    if datum in {Datum.GCJ02, Datum.BD09}:
        raise Invalid(
            "这种坐标偏移三百到七百米，不能用作底图。",
            place=str(file),
            remedy="请先把坐标转换为 WGS-84 或 CGCS2000 经纬度。",
        )
    with node(home), printing.counting("装入底图", quiet=as_json):
        from liandong.kernel.actors import ACTUAL, system_actor  # noqa: PLC0415 -- Django woke up only now
        from liandong.kernel.basemaps.actions import load_basemap  # noqa: PLC0415 -- as above
        from liandong.kernel.basemaps.permissions import Permission  # noqa: PLC0415 -- as above
        from liandong.kernel.files.permissions import Permission as Files  # noqa: PLC0415 -- as above

        actor = system_actor(
            "node", "命令行装入底图", ACTUAL, Permission.LOAD_BASEMAP, Files.STORE_FILE
        )
        with file.open("rb") as content:
            told = _told(load_basemap(actor, name=file.name, content=content))
    if as_json:
        printing.show_json({"ok": True, **told})
        return
    printing.good(f"底图已装入：{told['name']}")
    _show(told)


@app.command(cls=Command, help="列出正在用的底图：文件、范围、内容、摘要。")
def show(home: Home, *, as_json: Json = False) -> None:
    """Tell which base maps are in use."""
    home = home.absolute()
    with node(home):
        from liandong.kernel.basemaps.reading import in_use  # noqa: PLC0415 -- Django woke up only now

        maps = [_told(one) for one in in_use()]
    if as_json:
        printing.show_json({"ok": True, "basemaps": maps})
        return
    for told in maps:
        printing.line(f"{told['name']}")
        _show(told)
    if not maps:
        printing.line("还没有底图。装入：liandong basemap load 文件")


def _told(row: Any) -> dict[str, Any]:
    return {
        "name": row.file.name,
        "kind": row.kind,
        "size": row.file.size,
        "digest": row.file.digest,
        "bounds": [str(one) for one in (row.west, row.south, row.east, row.north)],
        "counts": row.counts,
        "at": row.at.isoformat(),
    }


def _show(told: dict[str, Any]) -> None:
    west, south, east, north = told["bounds"]
    printing.line(f"  格式  {told['kind']}，{told['size'] / 1024:.0f} KB")
    printing.line(f"  范围  东经 {west}–{east}，北纬 {south}–{north}")
    counted = "，".join(f"{name} {count}" for name, count in told["counts"].items())
    printing.line(f"  内容  {counted}")
    printing.line(f"  摘要  {told['digest']}")
