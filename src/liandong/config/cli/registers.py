"""``import|export KIND FILE``: registers from files and to files."""

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from liandong.config import registering
from liandong.config.cli import printing
from liandong.config.cli.options import Home, Json
from liandong.config.cli.wording import enter
from liandong.config.homes import node
from liandong.kernel.problems import Invalid

MOST_SHOWN = 50
KINDS = (
    "登记簿：risk_source 风险源、team 队伍、expert 专家、equipment 物资装备、shelter 避难场所、"
    "protected_object 防护目标、enterprise 企业、experience 经验、plan_paper 预案文本；或 body 机构。"
)
Kind = Annotated[str, typer.Argument(metavar="KIND", help=KINDS)]
ABOUT_IMPORT = (
    "把表格（.xlsx、.csv）或图层（GeoJSON、KML、KMZ、Shapefile 的 .zip）导入登记簿："
    "全部写入，或一条不写。可达 20 万行、100 MB。"
)
ABOUT_EXPORT = "把登记簿导出为 .xlsx、.csv 或 .geojson；再导入时无变化。"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    enter(app, take_in, about=ABOUT_IMPORT, name="import")
    enter(app, hand_out, about=ABOUT_EXPORT, name="export")


def take_in(  # noqa: PLR0913, PLR0917 -- a command has the options it has
    home: Home,
    kind: Kind,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="文件。")],
    crs: Annotated[
        str, typer.Option(help="经纬度的坐标系：wgs84、cgcs2000、gcj02、bd09、epsg:4544 等。")
    ] = "wgs84",
    body: Annotated[str, typer.Option(help="表里没写责任单位的，算哪个单位的。")] = "",
    named_by: Annotated[str, typer.Option(help="哪一列是名称。")] = "",
    column: Annotated[
        list[str] | None,
        typer.Option(help="表里的列是登记簿的哪一项，可写几次：--column 产品=主要产品。"),
    ] = None,
    fill: Annotated[
        list[str] | None,
        typer.Option(help="空着的一项都填什么，可写几次：--fill 类型=水库。"),
    ] = None,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只核对，不写入。")] = False,
    again: Annotated[
        bool, typer.Option("--again", help="这份文件导入过，仍要再导入一次。")
    ] = False,
    as_json: Json = False,
) -> int:
    """Take a file in, or say what that would do."""
    home, file = home.absolute(), file.absolute()
    asked = registering.Asked(
        kind=kind,
        file=file,
        crs=crs,
        body=body,
        named_by=named_by,
        called=column or (),
        filled=fill or (),
        again=again,
    )
    with node(home), printing.counting("导入", quiet=as_json) as step:
        told = registering.take_in(asked, dry_run=dry_run, step=step)
    if as_json:
        printing.show_json({"ok": not told.findings, "dry_run": dry_run, **asdict(told)})
        return 1 if told.findings else 0
    for one in told.findings[:MOST_SHOWN]:
        printing.bad(f"{one['place']}：{one['text']}")
    if told.findings:
        printing.line(f"共 {len(told.findings)} 处要改，没有导入。")
        return 1
    said = f"新增 {told.new}，变更 {told.changed}，不变 {told.same}，撤销 {told.withdrawn}"
    printing.good(f"{'核对' if dry_run else '已导入'}：{said}")
    for text in told.notes:
        printing.line(f"  {text}")
    return 0


def hand_out(
    home: Home,
    kind: Kind,
    file: Annotated[Path, typer.Argument(dir_okay=False, help="要写的文件。")],
    *,
    is_open: Annotated[
        bool, typer.Option("--open", help="不含姓名电话等敏感项，也不含限知的登记。")
    ] = False,
    as_json: Json = False,
) -> None:
    """Write a register to a file."""
    home, file = home.absolute(), file.absolute()
    if file.suffix.lower() not in registering.WRITERS:
        raise Invalid(
            f"不能导出为“{file.suffix}”。",
            place=str(file),
            remedy=f"文件名请以 {_listed(registering.WRITERS)} 结尾。",
        )
    with node(home), printing.counting("导出", quiet=as_json):
        count = registering.hand_out(kind, file, is_open=is_open)
    if as_json:
        printing.show_json({"ok": True, "kind": kind, "file": str(file), "records": count})
        return
    printing.good(f"已导出 {count} 条：{file}")


def _listed(some: Iterable[Any]) -> str:
    return "、".join(str(one) for one in some)
